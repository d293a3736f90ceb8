"""What is spoken over HTTP: media types, negotiation, the SPARQL protocol, limits, links, pages."""
