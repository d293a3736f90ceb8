"""What the view of links is made of: the graph that is explored, and its drawing."""
