"""IRIs say what a thing is, and are IRIs whatever it is called."""

import doctest
import re
from urllib.parse import unquote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyoxigraph import NamedNode
from rdflib import URIRef

from ontology import iris
from ontology.errors import IriError
from ontology.iris import Iris, encode, number_slug

IRIS = Iris()
BASE = "https://w3id.org/gongbao/id/"
SHA = "0123456789abcdef" * 4

# Everything that may come out of a file, lone surrogates and private use included.
ANY = st.text(st.characters())
NAME = ANY.filter(lambda name: bool("".join(name.split())))
NUMBERISH = st.text(st.sampled_from("某科发令第号〔〕[]【】（）() 　20310-tx年一二十、#?/%"), min_size=1)


def accept(iri: str) -> None:
    """Fails where pyoxigraph or rdflib does not take the IRI, or resolving would change it."""
    assert NamedNode(iri).value == iri
    assert URIRef(iri).n3() == f"<{iri}>"
    assert not re.search(r"/\.{1,2}(/|$)", iri)


@pytest.mark.parametrize(
    ("number", "slug"),
    [
        ("京科发〔2020〕1号", "京科发-2020-1"),
        ("京科发[2020]1号", "京科发-2020-1"),
        ("京科发【2020】1号", "京科发-2020-1"),
        ("京科发（2020）1号", "京科发-2020-1"),
        ("京科发 〔２０２０〕 １ 号", "京科发-2020-1"),
        ("京科发〔2020〕第1号", "京科发-2020-1"),
        ("北京市人民政府第300号令", "北京市人民政府-令-300"),
        ("北京市人民政府令第300号", "北京市人民政府-令-300"),
        ("北京市人民政府令（第300号）", "北京市人民政府-令-300"),
        ("国务院令第七十六号", "国务院-令-七十六"),
        ("第300号令", "令-300"),
        ("京令发〔2031〕1号", "京令发-2031-1"),
        ("某市公告2031年第5号", "某市公告2031年-5"),
        ("t-1", "n-t-1"),
        ("号", ""),
    ],
)
def test_a_document_number_as_a_name(number: str, slug: str) -> None:
    assert number_slug(number) == slug


def test_a_document_is_known_by_its_number() -> None:
    iri = IRIS.document("京科发〔2020〕1号", "某办法", ["某局"], "x")
    assert iri == f"{BASE}doc/京科发-2020-1"
    assert iri == IRIS.document("京科发[2020]1号", None, [], "y")


def test_a_document_without_number_is_known_by_title_and_issuers() -> None:
    iri = IRIS.document(None, "某市〈创新〉办法", ["甲局", "乙局"], "x")
    assert re.fullmatch(rf"{BASE}doc/t-[0-9a-f]{{16}}", iri)
    assert iri == IRIS.document("", "《某市“创新” 办法》", ["乙局", " 甲局", "甲局"], "y")
    assert iri != IRIS.document(None, "某市创新办法", ["甲局"], "x")
    assert iri != IRIS.document(None, "某市创新办法（试行）", ["甲局", "乙局"], "x")


def test_title_and_issuers_do_not_run_together() -> None:
    assert IRIS.document(None, "甲", ["乙丙"], "") != IRIS.document(None, "甲", ["乙", "丙"], "")
    assert IRIS.document(None, "甲乙", [], "") != IRIS.document(None, "甲", ["乙"], "")


def test_a_document_with_nothing_has_its_fallback() -> None:
    iri = IRIS.document(None, " 《》", ["某局"], "place")
    assert re.fullmatch(rf"{BASE}doc/x-[0-9a-f]{{16}}", iri)
    assert iri == IRIS.document("号", None, [], "place")
    assert iri != IRIS.document(None, None, [], "other place")


def test_the_other_things() -> None:
    text = IRIS.text(SHA)
    assert text == f"{BASE}text/{SHA}"
    assert IRIS.place(text, 10, 20) == f"{text}#char=10,20"
    assert IRIS.graph(SHA) == f"{BASE}graph/{SHA}"
    assert IRIS.vocabulary_graph() == f"{BASE}graph/vocabulary"
    assert IRIS.rules_graph() == f"{BASE}graph/rules"
    clause = IRIS.clause(f"{BASE}doc/某科发-2031-1", "c1/a3/i2")
    assert clause == f"{BASE}doc/某科发-2031-1/c1/a3/i2"
    assert IRIS.task(clause) == f"{clause}/task"
    assert IRIS.body("市 科委") == f"{BASE}body/市科委"
    assert IRIS.party("列入目录的机构（含分支）") == f"{BASE}party/列入目录的机构（含分支）"
    assert IRIS.body('a/b#c?d%e "f"') == f"{BASE}body/a%2Fb%23c%3Fd%25e%22f%22"
    assert IRIS.rule("deadline.by", "2") == f"{BASE}rule/deadline.by/2"


def test_a_fact_is_its_kind_and_parts() -> None:
    iri = IRIS.fact("deadline", "a", "b")
    assert re.fullmatch(rf"{BASE}fact/[0-9a-f]{{32}}", iri)
    assert iri == IRIS.fact("deadline", "a", "b")
    others = {IRIS.fact("deadline", "ab"), IRIS.fact("target", "a", "b"), IRIS.fact("deadline", "b", "a")}
    assert iri not in others
    assert len(others) == 3


def test_hashes_do_not_change_from_release_to_release() -> None:
    assert IRIS.fact("deadline", "a") == f"{BASE}fact/9803b3ec00fb61f14c222e5efe4b5e20"


def test_the_base_can_be_another() -> None:
    assert Iris("http://localhost:8000/").body("市科委") == "http://localhost:8000/body/市科委"


@pytest.mark.parametrize(
    "base", ["", "id/", "https://example.org/id", "https://example.org/a b/", "http://e/<>/"]
)
def test_a_base_that_cannot_be_one_is_refused(base: str) -> None:
    with pytest.raises(IriError, match="base"):
        Iris(base)


@pytest.mark.parametrize("name", ["", " ", "\u3000\n"])
def test_nothing_has_no_iri(name: str) -> None:
    with pytest.raises(IriError, match="body"):
        IRIS.body(name)


@given(NAME)
def test_any_name_gives_an_iri_that_says_it(name: str) -> None:
    for mint in (IRIS.body, IRIS.party, IRIS.text, IRIS.graph):
        accept(mint(name))
    segment = IRIS.body(name).removeprefix(f"{BASE}body/")
    assert unquote(segment, errors="surrogatepass") == "".join(name.split())
    assert not re.search(r"[\s/?#<>\"{}|\\^`\x00-\x20\x7f-\xa0\u200b-\u200f\ue000-\uf8ff]", segment)


@given(NAME, NAME)
def test_different_names_give_different_iris(one: str, other: str) -> None:
    assume("".join(one.split()) != "".join(other.split()))
    assert IRIS.body(one) != IRIS.body(other)


@given(st.none() | ANY | NUMBERISH, st.none() | ANY, st.lists(ANY, max_size=3), ANY)
def test_any_document_gives_an_iri(
    number: str | None, title: str | None, issuers: list[str], fallback: str
) -> None:
    iri = IRIS.document(number, title, issuers, fallback)
    accept(iri)
    assert iri == IRIS.document(number, title, list(reversed(issuers)), fallback)
    assert re.fullmatch(r"[^/#?]+", iri.removeprefix(f"{BASE}doc/"))
    accept(IRIS.task(IRIS.clause(iri, "c1/a3/i2")))


@given(NUMBERISH)
def test_a_number_never_looks_like_a_hash(number: str) -> None:
    assert not number_slug(number).startswith(("t-", "x-"))


@given(NUMBERISH)
def test_a_slug_is_the_same_with_other_spaces_and_brackets(number: str) -> None:
    other = " ".join(number).translate(str.maketrans("〔〕（）", "[]()"))
    assert number_slug(other) == number_slug(number)


@given(NAME, NAME, st.lists(ANY, max_size=4))
def test_any_rule_clause_and_fact_gives_an_iri(identifier: str, version: str, parts: list[str]) -> None:
    accept(IRIS.rule(identifier, version))
    accept(IRIS.fact(identifier, *parts))
    accept(IRIS.clause(f"{BASE}doc/x", identifier))


@pytest.mark.parametrize("name", [".", ".."])
def test_dots_are_not_resolved_away(name: str) -> None:
    assert encode(name) == "%2E" * len(name)


def test_the_examples_in_the_module_hold() -> None:
    result = doctest.testmod(iris)
    assert result.attempted > 0
    assert result.failed == 0
