"""HTTP itself: media types, negotiation, the SPARQL protocol, limits, links, pages."""
