"""Readers of file formats: one module a format, each from a file's bytes to texts (``readers.model``)."""
