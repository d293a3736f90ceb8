"""The store folder: reading its versions and writing new ones."""
