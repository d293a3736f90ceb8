"""What the shapes and gongbao check find: planted violations, quotes that are not there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from ingest.store import current, open_draft, prepare, publish
from ingest.validate import validate
from ontology.terms import (
    GB,
    NIF,
    SKOS,
    source,
)
from tests.conftest import SAMPLES, Gongbao, circular
from tests.ingest.graph.conftest import IRIS, Graph, plain, processed, subject


def planted(folder: Path, old: str, new: str) -> tuple[str, ...]:
    """The quads of a good circular with one thing changed."""
    lines = processed(circular(), folder).lines
    changed = tuple(line.replace(old, new) for line in lines)
    assert changed != lines
    return changed


PLANTED = [
    (f"<{GB.modal}>", f"<{GB.heading}>", 11, "modal"),  # a property that a norm may not have
    (f"<{GB.AtLeast}>", f"<{GB.RoleLead}>", 9, "comparator"),
    ('"2030-12-31"', '"soon"', 9, "norm"),
]


@pytest.mark.parametrize(("old", "new", "line", "about"), PLANTED, ids=[item[3] for item in PLANTED])
def test_validate_finds_what_is_planted(old: str, new: str, line: int, about: str, tmp_path: Path) -> None:
    assert validate(processed(circular(), tmp_path).lines, "own.txt") == []
    found = validate(planted(tmp_path, old, new), "own.txt")
    assert found
    assert {(violation.file, violation.line) for violation in found} == {("own.txt", line)}
    assert about in " ".join(violation.message for violation in found)
    assert str(found[0]).startswith(f"own.txt:{line}: ")


def stored(folder: Path, lines: tuple[str, ...]) -> Path:
    """A store of these quads, written as a build writes it."""
    store = folder / "store"
    prepare(store)
    text = processed(circular(), folder).text
    with open_draft(store) as writing:
        writing.add_turtle(source(), IRIS.vocabulary_graph())
        writing.add(lines)
        writing.add_source(text.sha256, text.text)
        publish(store, writing, writing.finish({"files": ["own.txt"]}), keep=0)
    return store


def test_check_finds_what_is_planted(tmp_path: Path, gongbao: Gongbao) -> None:
    store = stored(tmp_path, planted(tmp_path, f"<{GB.AtLeast}>", f"<{GB.RoleLead}>"))
    ran = gongbao("check", "--store", store)
    assert ran.status == 2
    (line,) = ran.out.splitlines()
    assert line.startswith("own.txt:9: ")
    assert "gb:comparator: exactly one, a concept of gb:Comparator." in line  # never the Chinese message
    assert ran.err == f"1 violations in version {current(store).id}\n"


def test_check_finds_a_quote_that_is_not_there(tmp_path: Path, gongbao: Gongbao) -> None:
    store = stored(
        tmp_path, planted(tmp_path, f'<{NIF.anchorOf}> "县财政局"', f'<{NIF.anchorOf}> "县林业局"')
    )
    ran = gongbao("check", "--store", store)
    assert ran.status == 2
    (line,) = ran.out.splitlines()
    assert line.startswith("own.txt:9: the place ")
    assert "does not hold its quote '县林业局'" in line


def test_check_finds_a_text_that_was_changed(tmp_path: Path, gongbao: Gongbao) -> None:
    store = stored(tmp_path, processed(circular(), tmp_path).lines)
    assert gongbao("check", "--store", store).status == 0
    (text,) = (current(store).folder / "sources").iterdir()
    text.write_text(text.read_text("utf8").replace("不得涂改", "可以涂改"), "utf8")
    ran = gongbao("check", "--store", store)
    assert ran.status == 2
    assert "own.txt:11: the place " in ran.out
    assert "'不得'" in ran.out or "不得涂改档案" in ran.out


def test_check_says_when_a_text_is_missing(tmp_path: Path, gongbao: Gongbao) -> None:
    store = stored(tmp_path, processed(circular(), tmp_path).lines)
    (text,) = (current(store).folder / "sources").iterdir()
    text.unlink()
    try:
        ran = gongbao("check", "--store", store)
    except OSError as error:
        pytest.fail(f"a traceback instead of a message: {error!r}")
    assert ran.status == 2
    assert text.name in ran.err + ran.out


def calling(city: str, code: str) -> str:
    """A circular of a city that names classes of bodies."""
    return "\n".join(
        [
            f"{city}人民政府办公厅关于做好示例夜市工作的通知",
            f"{code}〔2020〕5号",
            "各开发区管委会：",
            "一、办好夜市。（责任单位：各开发区管委会、各级政务服务中心、联席会议成员单位）",
            f"{city}人民政府办公厅",
            "2020年5月6日",
            "",
        ]
    )


def test_classes_of_two_cities_are_two_nodes(tmp_path: Path, gongbao: Gongbao) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    folder.mkdir()
    for city, code in (("北京市", "京政办发"), ("上海市", "沪府办发")):
        (folder / f"{code}.txt").write_text(calling(city, code), "utf8")
    assert gongbao("build", folder, "--store", store).status == 0
    graph = current(store).open()
    called = {f"{city}各开发区管理委员会" for city in ("北京市", "上海市")}
    kind = NamedNode(GB.CollectiveBody)
    classes = {quad.subject for quad in graph.quads_for_pattern(None, None, kind, None)}
    labels = {
        plain(quad)
        for node in classes
        for quad in graph.quads_for_pattern(node, NamedNode(SKOS.prefLabel), None, None)
    }
    assert called <= labels
    assert len(labels) == 6
    assert gongbao("check", "--store", store).status == 0


def test_check_finds_one_body_of_two_areas(tmp_path: Path, gongbao: Gongbao) -> None:
    body = "<https://w3id.org/gongbao/id/class/%E5%90%84%E5%8C%BA>"
    lines = [
        f"{body} {what} <https://w3id.org/gongbao/id/graph/{graph}> .\n"
        for graph, area in (("a", "%E5%8C%97"), ("b", "%E6%B2%AA"))
        for what in (
            f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{GB.CollectiveBody}>",
            f"<{GB.area}> <https://w3id.org/gongbao/id/area/{area}>",
        )
    ]
    store = stored(tmp_path, (*processed(circular(), tmp_path).lines, *lines))
    ran = gongbao("check", "--store", store)
    assert ran.status == 2
    assert ran.out == "store: area: both 北 and 沪 (各区)\n"


def test_the_samples_have_no_violations(samples_store: Path, gongbao: Gongbao) -> None:
    ran = gongbao("check", "--store", samples_store)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == f"0 violations in version {current(samples_store).id}\n"


def test_every_character_of_a_text_is_one_of_its_file(samples_store: Path) -> None:
    version = current(samples_store)
    store = Graph(version.open())
    for quad in store.quads(None, GB.fileName):
        kept = version.source(store.value(subject(quad), GB.textSha256))
        file = (SAMPLES / plain(quad)).read_text("utf8")
        assert Counter("".join(kept.split())) - Counter("".join(file.split())) == Counter()
        assert 0.7 * len(file) < len(kept) < len(file)
