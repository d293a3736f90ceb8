"""The command line: one module a command; ``root`` puts them together."""
