"""What the endpoint offers: SPARQL, questions, search, entities, descriptions."""
