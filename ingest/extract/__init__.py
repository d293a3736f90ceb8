"""One module a kind of fact; each has ``extract(document)``."""
