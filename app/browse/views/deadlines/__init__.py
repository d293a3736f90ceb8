"""期限: what is due when."""
