"""What the view of a document is made of."""
