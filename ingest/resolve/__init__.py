"""Resolving: mentions to public bodies, citations to documents, internal references to clauses."""
