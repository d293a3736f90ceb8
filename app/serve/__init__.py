"""The endpoint: SPARQL 1.1 Protocol, named questions, search and pages over one store, read-only."""
