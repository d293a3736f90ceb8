"""/id/…: every minted IRI in four formats, what is said of it, and the characters that say it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import httpx
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Store, Triple, parse

from app.serve.http.links import Links
from app.serve.resources.display_names import DisplayNames
from app.serve.resources.entity_description import EntityDescription
from app.serve.resources.entity_page import group_statements
from ingest.build import build_store
from ingest.store import current
from ontology.terms import GB, RDF, XSD
from queries.model import Language
from queries.present.labels import label
from tests.conftest import circular
from tests.serve.client import client
from tests.serve.conftest import store_of_quads
from tests.serve.pages import Page
from tests.serve.process import serving

XSD_BOOLEAN = NamedNode(XSD.boolean)
_BASE = "https://w3id.org/gongbao/id/"
_HTML = {"Accept": "text/html"}
_FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
}
_EVERY = 40  # one of so many things is asked for, besides those whose names are encoded


@pytest.fixture(scope="module")
def graph(samples_store: Path) -> Iterator[Store]:
    yield current(samples_store).open()


def _link(iri: str) -> str:
    link = Links("").thing(_BASE, iri)
    assert link is not None
    return link


def _about(graph: Store, iri: str) -> tuple[set[Triple], set[Triple]]:
    """What has a thing as subject, and as object."""
    node = NamedNode(iri)
    own = {quad.triple for quad in graph.quads_for_pattern(node, None, None, DefaultGraph())}
    inverse = {quad.triple for quad in graph.quads_for_pattern(None, None, node, DefaultGraph())}
    return own, inverse


def _read(reply: httpx.Response, form: RdfFormat) -> set[Triple]:
    return {quad.triple for quad in parse(reply.content, form)}


def _first(graph: Store, kind: str) -> str:
    found = graph.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(kind), DefaultGraph())
    return min(quad.subject.value for quad in found if isinstance(quad.subject, NamedNode))


def test_every_thing_has_a_page_and_its_statements(samples_server: str, graph: Store) -> None:
    subjects = {quad.subject for quad in graph.quads_for_pattern(None, None, None, DefaultGraph())}
    minted = sorted(
        node.value for node in subjects if isinstance(node, NamedNode) and node.value.startswith(_BASE)
    )
    asked = dict.fromkeys([*minted[::_EVERY], *(iri for iri in minted if "%" in iri)])
    assert len(asked) > 100
    with httpx.Client(base_url=samples_server, timeout=60) as connection:
        for iri in asked:
            own, _ = _about(graph, iri)
            triples = connection.get(_link(iri), headers={"Accept": "application/n-triples"})
            assert triples.status_code == 200, iri
            assert own <= _read(triples, RdfFormat.N_TRIPLES), iri
            reply = connection.get(_link(iri), headers=_HTML)
            assert reply.status_code == 200, iri
            page = Page(reply.text)
            for triple in own:
                _assert_shown(page, triple)


def _assert_shown(page: Page, triple: Triple) -> None:
    assert str(label(triple.predicate.value, "zh")) in page.text
    value = triple.object
    if isinstance(value, Literal):
        words = {"true": "是", "false": "否"} if value.datatype == XSD_BOOLEAN else {}
        assert words.get(value.value, " ".join(value.value.split())) in page.text
    elif isinstance(value, NamedNode) and value.value.startswith(_BASE):
        assert _link(value.value) in page.links
    elif isinstance(value, NamedNode):
        assert (label(value.value, "zh") or value.value) in page.text


@pytest.mark.parametrize(("media_type", "form"), _FORMATS.items())
def test_rdf_says_all_of_it_and_names_the_other_formats(
    samples_server: str, graph: Store, media_type: str, form: RdfFormat
) -> None:
    iri = _first(graph, GB.Task)
    own, inverse = _about(graph, iri)
    reply = client.get(samples_server + _link(iri), headers={"Accept": media_type})
    assert reply.headers["content-type"].startswith(media_type)
    assert _read(reply, form) == own | inverse
    assert inverse
    for other in ({*_FORMATS, "text/html"}) - {media_type}:
        assert f'rel="alternate"; type="{other}"' in reply.headers["link"]
    assert f'type="{media_type}"' not in reply.headers["link"]


def test_a_page_names_its_formats_and_they_answer(samples_server: str, graph: Store) -> None:
    iri = _first(graph, GB.Task)
    reply = client.get(samples_server + _link(iri), headers=_HTML)
    page = Page(reply.text)
    assert set(page.alternates) == set(_FORMATS)
    for media_type, link in page.alternates.items():
        other = client.get(samples_server + link)
        assert other.headers["content-type"].startswith(media_type)
        assert f'<{link}>; rel="alternate"; type="{media_type}"' in reply.headers["link"]


@pytest.mark.parametrize("kind", [GB.Responsibility, GB.Deadline, GB.Target, GB.Obligation, GB.Reference])
def test_a_fact_marks_its_characters_in_its_clause(
    samples_server: str, samples_store: Path, graph: Store, kind: str
) -> None:
    version = current(samples_store)
    iri = _first(graph, kind)
    (clause,) = _values(graph, iri, GB.statedIn)
    page = Page(client.get(samples_server + _link(iri), headers=_HTML).text)
    assert page.marked == [_quote(version.source, _place(graph, iri))]
    assert page.passages == [_quote(version.source, _place(graph, clause))]
    assert page.marked[0] in page.passages[0]


def test_the_passage_of_a_fact_is_its_clause_and_not_its_line(
    samples_server: str, samples_store: Path, graph: Store
) -> None:
    source = current(samples_store).source
    found = 0
    for quad in graph.quads_for_pattern(None, NamedNode(GB.statedIn), None, DefaultGraph()):
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode)
        fact, clause = quad.subject.value, _place(graph, quad.object.value)
        line = _line(source, _place(graph, fact))
        if _quote(source, clause) != line and _inside(_place(graph, fact), clause) and found < 3:
            found += 1
            page = Page(client.get(samples_server + _link(fact), headers=_HTML).text)
            assert page.passages == [_quote(source, clause)]
            assert page.marked == [_quote(source, _place(graph, fact))]
    assert found


def _inside(place: str, other: str) -> bool:
    (start, end), (first, last) = (map(int, iri.partition("=")[2].split(",")) for iri in (place, other))
    return first <= start and end <= last


def _line(source: Callable[[str], str], place: str) -> str:
    text, _, span = place.partition("#char=")
    whole = source(text.rpartition("/")[2])
    start, end = map(int, span.split(","))
    after = whole.find("\n", end)
    return whole[whole.rfind("\n", 0, start) + 1 : after if after >= 0 else len(whole)]


def _values(graph: Store, iri: str, term: str) -> list[str]:
    found = graph.quads_for_pattern(NamedNode(iri), NamedNode(term), None, DefaultGraph())
    return [quad.object.value for quad in found if isinstance(quad.object, NamedNode | Literal)]


def _place(graph: Store, iri: str) -> str:
    (place,) = _values(graph, iri, GB.place)
    return place


def _quote(source: Callable[[str], str], place: str) -> str:
    text, _, span = place.partition("#char=")
    start, end = map(int, span.split(","))
    return source(text.rpartition("/")[2])[start:end]


def test_a_mention_marks_its_characters_in_its_lines(
    samples_server: str, samples_store: Path, graph: Store
) -> None:
    iri = _first(graph, GB.Mention)
    page = Page(client.get(samples_server + _link(iri), headers=_HTML).text)
    assert page.marked == [_quote(current(samples_store).source, _place(graph, iri))]
    assert "\n" not in page.passages[0]


def test_a_clause_marks_the_facts_that_it_states(samples_server: str, samples_store: Path) -> None:
    clause = f"{_BASE}doc/t-7d5b9de5de721455/h1/i2"
    page = Page(client.get(samples_server + _link(clause), headers=_HTML).text)
    assert "2022年10月底前" in page.marked
    assert "市政务服务局" in page.marked
    assert page.passages[0].startswith("（二）推进证照联办。")


def test_a_place_is_asked_for_by_its_characters(samples_server: str, graph: Store) -> None:
    place = _place(graph, _first(graph, GB.Deadline))
    own, inverse = _about(graph, place)
    reply = client.get(samples_server + _link(place), headers={"Accept": "application/n-triples"})
    assert _read(reply, RdfFormat.N_TRIPLES) == own | inverse


def test_a_text_tells_of_its_places(samples_server: str, graph: Store) -> None:
    place = _place(graph, _first(graph, GB.Deadline))
    text = place.partition("#")[0]
    reply = client.get(samples_server + _link(text), headers={"Accept": "application/n-triples"})
    assert _about(graph, place)[0] <= _read(reply, RdfFormat.N_TRIPLES)


def test_a_graph_is_what_a_file_says(samples_server: str, graph: Store) -> None:
    name = next(node for node in graph.named_graphs() if len(str(node)) > 90)
    reply = client.get(samples_server + _link(str(name.value)), headers={"Accept": "application/n-triples"})
    expected = {quad.triple for quad in graph.quads_for_pattern(None, None, None, name)}
    assert _read(reply, RdfFormat.N_TRIPLES) == expected


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("doc/GB%2FT35273-2020", 200),
        ("doc/GB%2fT35273-2020", 200),
        ("doc/%47B%2FT35273-2020", 200),
        ("doc/GB/T35273-2020", 404),
        ("doc/GB%252FT35273-2020", 404),
        ("doc/GB%2FT35273-2020/", 404),
        ("doc/%ff", 404),
        ("", 404),
        ("https://w3id.org/gongbao/ontology", 404),
        ("doc/x?char=1,2", 400),
        ("doc/GB%2FT35273-2020?what=x", 400),
        ("doc/GB%2FT35273-2020?format=xml", 400),
    ],
)
def test_paths_are_exact(samples_server: str, path: str, status: int) -> None:
    assert client.get(f"{samples_server}/id/{path}").status_code == status


_INVENTED = "https://example.org/id/"
_ENCODED = ["org/a%2Fb", "org/a%252Fb", "org/100%25", "org/a%3Fb%23c", "org/%E2%80%8F局", "org/a%2Bb%20"]
_MANY = 10_050


def _triple(subject: str, predicate: str, value: str) -> str:
    return f"<{_INVENTED}{subject}> <{predicate}> {value} .\n"


@pytest.fixture(scope="module")
def invented_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over things whose names are encoded, and one of which very much is said."""
    triples = [_triple(name, GB.agencyName, f'"number {number}"') for number, name in enumerate(_ENCODED)]
    triples += [_triple(f"fact/{n}", GB.agency, f"<{_INVENTED}org/a>") for n in range(_MANY)]
    triples.append(_triple("org/a", GB.agencyName, '"甲局"@zh'))
    quads = [triple.replace(" .\n", f" <{_INVENTED}graph/x> .\n") for triple in triples]
    store = store_of_quads(tmp_path_factory.mktemp("invented") / "store", *quads)
    with serving(store, "--workers", 1) as served:
        yield served.url


def test_what_is_encoded_twice_is_another_thing(invented_server: str) -> None:
    for number, name in enumerate(_ENCODED):
        link = Links("").thing(_INVENTED, _INVENTED + name)
        reply = client.get(f"{invented_server}{link}", headers={"Accept": "application/n-triples"})
        assert reply.text == _triple(name, GB.agencyName, f'"number {number}"')


def test_much_that_is_said_of_a_thing_is_cut_and_announced(invented_server: str) -> None:
    triples = client.get(f"{invented_server}/id/org/a", headers={"Accept": "application/n-triples"})
    assert triples.headers["Gongbao-Cut"] == "10000 triples"
    assert triples.text.count("\n") == 10_000
    assert '"甲局"@zh' in triples.text  # its own statements come first
    reply = client.get(f"{invented_server}/id/org/a", headers=_HTML)
    page = Page(reply.text)
    assert reply.headers["Gongbao-Cut"] == "500 triples"
    assert "截断：500 triples" in page.text
    assert "(499)" in page.text


def test_links_and_names_are_those_of_the_page(samples_server: str, graph: Store) -> None:
    agency = f"{_BASE}org/云州市科技创新局"
    reply = client.get(f"{samples_server}{_link(agency)}", params={"lang": "en"}, headers=_HTML)
    page = Page(reply.text)
    assert str(label(GB.currentBody, "en")) in page.text
    assert all("lang=en" in link for link in page.links if link.startswith("/id/"))
    assert escape(agency) in reply.text


def _text_of(graph: Store) -> tuple[str, str]:
    """A text, and its name in the store."""
    text = _place(graph, _first(graph, GB.Deadline)).partition("#")[0]
    return text, text.rpartition("/")[2]


def test_a_text_is_given_as_it_is(samples_server: str, samples_store: Path, graph: Store) -> None:
    text, name = _text_of(graph)
    for reply in (
        client.get(samples_server + _link(text), params={"format": "txt"}),
        client.get(samples_server + _link(text), headers={"Accept": "text/plain"}),
    ):
        assert reply.status_code == 200
        assert reply.headers["content-type"] == "text/plain; charset=utf-8"
        assert reply.content == current(samples_store).source(name).encode("utf8")


def test_a_place_of_a_text_is_its_code_points(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    # 𠮷 lies above U+FFFF: two units of UTF-16, four bytes of UTF-8, one character
    (corpus / "one.txt").write_text(circular().replace("县财政局", "县𠮷财政局"), "utf8")
    assert build_store([corpus], tmp_path / "store").errors == []
    version = current(tmp_path / "store")
    (name,) = (path.stem for path in (version.folder / "sources").iterdir())
    whole = version.source(name)
    at = whole.index("𠮷")
    with serving(tmp_path / "store", "--workers", 1) as served:
        url = f"{served.url}/id/text/{name}"
        for start, end in ((at, at + 1), (at - 1, at + 3), (0, 0), (0, len(whole) + 9), (at, len(whole))):
            reply = client.get(url, params={"format": "txt", "char": f"{start},{end}"})
            assert reply.text == whole[start:end]
        assert client.get(url, params={"format": "txt"}).text == whole


def test_only_texts_are_given_as_text(samples_server: str, graph: Store) -> None:
    text, _ = _text_of(graph)
    unknown = f"{samples_server}/id/text/{'0' * 64}"
    assert client.get(unknown, params={"format": "txt"}).status_code == 404
    assert client.get(unknown, params={"format": "txt", "char": "0,5"}).status_code == 404
    assert client.get(f"{samples_server}/id/text/x", params={"format": "txt"}).status_code == 404
    assert (
        client.get(samples_server + _link(text), params={"format": "txt", "char": "a,b"}).status_code == 404
    )
    other = samples_server + _link(_first(graph, GB.Task))
    refused = client.get(other, params={"format": "txt"})
    assert (refused.status_code, "txt" in refused.text.partition("known are")[2]) == (400, False)
    assert client.get(other, headers={"Accept": "text/plain"}).status_code == 406


def test_a_text_that_a_client_has_is_not_sent_again(samples_server: str, graph: Store) -> None:
    link = samples_server + _link(_text_of(graph)[0])
    tags = [client.get(link, params={"format": form}).headers["etag"] for form in ("txt", "ttl")]
    assert tags[0] != tags[1]
    again = client.get(link, params={"format": "txt"}, headers={"If-None-Match": tags[0]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("language", "shown"), [("zh", ("推定", "是")), ("en", ("derived", "yes"))])
def test_a_page_says_that_a_body_is_derived(language: Language, shown: tuple[str, str]) -> None:
    body = f"{_BASE}org/岚水市水务局"
    said = Triple(NamedNode(body), NamedNode(GB.derived), Literal("true", datatype=NamedNode(XSD.boolean)))
    description = EntityDescription(body, (said,), None)
    (group,) = group_statements(description, DisplayNames({}, language), Links(""), _BASE)["own"]
    assert (group.label, *(value.text for value in group.values)) == shown
