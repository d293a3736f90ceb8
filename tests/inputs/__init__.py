"""Real files as people have them, measured with labels that others made."""
