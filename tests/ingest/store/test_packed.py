"""What a version keeps for the next build: nothing but plain classes of gongbao is ever read back."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from ingest.errors import InputError
from ingest.model import ParagraphKind, Span
from ingest.store import pack, unpack
from ingest.store.changes import GraphChanges


@pytest.mark.parametrize(
    "thing", [None, "文", (1, "二", b"3"), {"a": Span(1, 2)}, ParagraphKind.NOTE, frozenset("a")]
)
def test_what_is_packed_comes_back(thing: object) -> None:
    assert unpack(pack(thing)) == thing


def test_an_error_comes_back_with_its_line() -> None:
    assert str(unpack(pack(InputError("a.txt", "no circular", 3)))) == "a.txt:3: no circular"


class Evil:
    def __init__(self, call: Callable[..., object], *arguments: object) -> None:
        self.call, self.arguments = call, arguments

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self.call, self.arguments


@pytest.mark.parametrize(
    "evil", [Evil(eval, "1/0"), Evil(print, "hello"), Evil(Path, "x"), Evil(pack, 1), Evil(getattr, "", "x")]
)
def test_nothing_is_run_that_a_store_says(evil: Evil) -> None:
    data = zlib.compress(pickle.dumps(evil))
    with pytest.raises(ValueError, match="is not kept in a store"):
        unpack(sha256(data).digest() + data)


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: b"", lambda data: data[1:]])
def test_damage_is_noticed(spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ValueError, match="damaged"):
        unpack(spoil(pack("文")))


# graphs that are taken out -----------------------------------------------------------------------


def quad(value: str, graph: str | None) -> Quad:
    name = NamedNode(f"urn:{graph}") if graph else DefaultGraph()
    return Quad(NamedNode("urn:s"), NamedNode("urn:p"), NamedNode(f"urn:{value}"), name)


def objects(quads: Iterable[Quad]) -> set[str]:
    return {str(each.object) for each in quads}


def test_a_triple_leaves_the_merge_with_the_last_graph_that_has_it() -> None:
    store = Store()
    for value, graph in (("both", "a"), ("both", "b"), ("old", "a"), ("only", "b")):
        store.add(quad(value, graph))
        store.add(quad(value, None))
    changes = GraphChanges(store)
    changes.keep_only("urn:a", f"{quad('both', 'a')} .\n{quad('new', 'a')} .\n".encode())
    changes.merge()
    assert objects(store.quads_for_pattern(None, None, None, DefaultGraph())) == {"<urn:both>", "<urn:only>"}
    changes.remove("urn:b")
    changes.merge()
    assert changes.count == 3
    assert list(map(str, store.named_graphs())) == ["<urn:a>"]
    assert objects(store) == {"<urn:both>"}
