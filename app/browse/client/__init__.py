"""How the store is asked: an endpoint over HTTP, its errors and its answers."""
