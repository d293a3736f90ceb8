"""What the views of deadlines and targets draw, and what their addresses say."""
