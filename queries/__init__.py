"""Questions put to the graph."""
