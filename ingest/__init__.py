"""Text to graph: read, segment, structure, extract, build, validate, load."""
