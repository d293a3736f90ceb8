"""What the view of tasks is made of."""
