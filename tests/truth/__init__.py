"""How right the facts are: precision and recall against gold made by reading, by kind and by issuer."""
