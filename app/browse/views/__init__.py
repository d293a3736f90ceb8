"""The views, one a module; each has ``show``."""
