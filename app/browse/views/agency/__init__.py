"""机构: one body."""
