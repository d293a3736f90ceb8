"""关系图: the graph that one explores."""
