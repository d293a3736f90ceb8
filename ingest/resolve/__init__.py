"""Who and what a document means: mentions to bodies, citations to documents, places to clauses."""
