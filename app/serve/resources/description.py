"""The endpoint describes itself: SPARQL 1.1 Service Description and VoID."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize
from starlette.requests import Request
from starlette.responses import Response

from app.serve.http.errors import NotAcceptableError
from app.serve.http.etags import etag, not_modified
from app.serve.http.links import sparql_address
from app.serve.http.media_types import GRAPHS, best_match, content_type
from app.serve.isolation.version_cache import load_dataset_info
from app.serve.isolation.versions import Versions
from app.serve.isolation.worker import QueryJob
from ontology.terms import PREFIXES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_VOID = "http://rdfs.org/ns/void#"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_TERMS = "http://purl.org/dc/terms/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_IN = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_OUT = ("Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD")
_PARTITIONS = f"""PREFIX void: <{_VOID}>
CONSTRUCT {{
  <urn:x-dataset> void:triples ?triples ; void:classPartition ?kind ; void:propertyPartition ?link .
  ?kind void:class ?class ; void:entities ?entities .
  ?link void:property ?property ; void:triples ?links .
}} WHERE {{
  {{ SELECT (COUNT(*) AS ?triples) WHERE {{ ?a ?b ?c }} }}
  UNION {{ SELECT ?class (COUNT(*) AS ?entities) WHERE {{ ?thing a ?class }} GROUP BY ?class }}
  UNION {{ SELECT ?property (COUNT(*) AS ?links) WHERE {{ ?d ?property ?e }} GROUP BY ?property }}
  BIND (IRI(CONCAT("urn:x-dataset-", MD5(STR(?class)))) AS ?kind)
  BIND (IRI(CONCAT("urn:x-dataset-", MD5(STR(?property)))) AS ?link)
}}"""
_NAMESPACES = {"sd": _SD, "void": _VOID, "dcterms": _TERMS, "formats": _FORMATS}


async def service(request: Request, media_type: str) -> Response:
    """The service description, in an RDF format."""
    return await _response(request, [*_service(request), *await _dataset(request)], media_type)


async def void(request: Request) -> Response:
    """What the dataset holds: /.well-known/void."""
    media_type = best_match(request.headers.get("accept"), tuple(GRAPHS))
    if media_type is None:
        raise NotAcceptableError(f"VoID can be given as {', '.join(GRAPHS)}")
    return await _response(request, [*await _dataset(request), *await _partitions(request)], media_type)


def _service(request: Request) -> Iterator[Triple]:
    def triple(subject: str, predicate: str, value: NamedNode | Literal) -> Triple:
        return Triple(NamedNode(subject), NamedNode(predicate), value)

    address = sparql_address(request)
    default = f"{address}#default-graph"
    yield Triple(NamedNode(address), _TYPE, NamedNode(f"{_SD}Service"))
    yield triple(address, f"{_SD}endpoint", NamedNode(address))
    yield triple(address, f"{_SD}supportedLanguage", NamedNode(f"{_SD}SPARQL11Query"))
    for name in (*_IN, *_OUT):
        yield triple(address, f"{_SD}resultFormat", NamedNode(_FORMATS + name))
    yield triple(address, f"{_SD}defaultDataset", NamedNode(_dataset_iri(request)))
    yield Triple(NamedNode(_dataset_iri(request)), _TYPE, NamedNode(f"{_SD}Dataset"))
    yield triple(_dataset_iri(request), f"{_SD}defaultGraph", NamedNode(default))
    yield Triple(NamedNode(default), _TYPE, NamedNode(f"{_SD}Graph"))


async def _dataset(request: Request) -> list[Triple]:
    dataset = NamedNode(_dataset_iri(request))
    known = await load_dataset_info(request.app.state.versions.version)

    def triple(predicate: str, value: NamedNode | Literal) -> Triple:
        return Triple(dataset, NamedNode(predicate), value)

    return [
        Triple(dataset, _TYPE, NamedNode(f"{_VOID}Dataset")),
        triple(f"{_TERMS}title", Literal("gongbao")),
        triple(f"{_VOID}sparqlEndpoint", NamedNode(sparql_address(request))),
        triple(f"{_VOID}uriSpace", Literal(known.base)),
        triple(f"{_VOID}documents", _number(known.counts["documents"])),
        *(triple(f"{_VOID}vocabulary", NamedNode(iri)) for iri in sorted(set(PREFIXES.values()))),
    ]


async def _partitions(request: Request) -> list[Triple]:
    """Count all triples, the things of each class and the triples of each property."""
    versions: Versions = request.app.state.versions
    dataset = _dataset_iri(request)
    answer = await versions.pool.run(
        QueryJob(_PARTITIONS.replace("urn:x-dataset", dataset), "application/n-triples", dataset)
    )
    triples = [quad.triple for quad in parse(answer.content, RdfFormat.N_TRIPLES)]
    return sorted(triples, key=str)  # the graph has no order, and the same answer has the same ETag


async def _response(request: Request, triples: list[Triple], media_type: str) -> Response:
    versions: Versions = request.app.state.versions
    prefixes = {**PREFIXES, **_NAMESPACES}
    content = serialize(triples, format=GRAPHS[media_type], prefixes=prefixes) or b""
    tag = etag(versions.version.id, media_type, *map(str, triples))
    headers = {"ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache"}
    if (same := not_modified(request, headers)) is not None:
        return same
    return Response(content, headers=headers | {"Content-Type": content_type(media_type)})


def _dataset_iri(request: Request) -> str:
    return f"{request.url_for('void')}#dataset"


def _number(value: object) -> Literal:
    return Literal(str(value), datatype=NamedNode(f"{_XSD}integer"))
