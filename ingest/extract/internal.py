from ingest.model import Document, InternalReference
def extract(document: Document) -> list[InternalReference]:
    return []
