"""What the views of bodies and of the whole are made of."""
