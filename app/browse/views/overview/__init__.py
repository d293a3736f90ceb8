"""总览: what the store holds."""
