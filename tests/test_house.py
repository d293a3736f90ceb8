"""The house itself: small modules, and class names that mean one thing in the whole project."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT
from tests.for_each import for_each

PACKAGES = [name for name in ("gongbao", "app", "ingest", "queries", "ontology") if (ROOT / name).is_dir()]
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LONGEST = 300
HAN = re.compile("[一-鿿]")
ANY_HAN = re.compile(r"[一-鿿]-[一-鿿]")  # a range of characters says nothing of words
REGEX_CALLS = frozenset({"compile", "match", "fullmatch", "search", "sub", "split", "finditer", "findall"})
MOST_WORDS = 2
CHINESE_ALLOWED = {
    "ontology/iris.py": "the IRI of a number never changes, whatever the patterns do",
    "ontology/registry/import_divisions.py": "a script for one outside file, run by hand",
}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@for_each(MODULES, relative)
def test_modules_are_small_and_say_what_they_are(module: Path) -> None:
    source = module.read_text("utf8")
    assert len(source.splitlines()) <= LONGEST
    assert ast.get_docstring(ast.parse(source))


def test_a_class_name_means_one_thing() -> None:
    places = defaultdict(list)
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(relative(module))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def _has_words(node: ast.AST) -> bool:
    """Whether a piece of code has Chinese characters in a string, or in a part of one."""
    return any(
        isinstance(each, ast.Constant)
        and isinstance(each.value, str)
        and HAN.search(ANY_HAN.sub("", each.value)) is not None
        for each in ast.walk(node)
    )


def _written_words(node: ast.AST) -> list[ast.expr]:
    """The Chinese words that a list, set, tuple or dictionary spells."""
    members: list[ast.expr | None] = []
    if isinstance(node, ast.List | ast.Set | ast.Tuple):
        members = [*node.elts]
    elif isinstance(node, ast.Dict):
        members = [*node.keys]
    return [each for each in members if isinstance(each, ast.Constant) and _has_words(each)]


def knowledge_in_code(source: str) -> Iterator[int]:
    """Lines of code with an expression over Chinese text, a list of Chinese words, or a set of characters."""
    for node in ast.walk(ast.parse(source)):
        if len(_written_words(node)) > MOST_WORDS:
            yield node.lineno  # type: ignore[attr-defined]
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        module = (
            function.value.id
            if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
            else ""
        )
        arguments = [each for each in node.args if not isinstance(each, ast.Call)]
        expression = name == "compile" or (module == "re" and name in REGEX_CALLS)
        if (expression or name in ("frozenset", "set")) and any(map(_has_words, arguments)):
            yield node.lineno


KNOWLEDGE = (
    're.compile("第[0-9]+条")',
    '_BOOK.compile("{number}条")',
    're.compile(rf"{x}市")',
    're.sub("号", "", x)',
    'WORDS = ("市", "区", "县")',
    'LEVELS = {"市": 1, "区": 2, "县": 3}',
    'MARKS = frozenset("市区县")',
)
NO_KNOWLEDGE = ('re.compile("[一-鿿]{2,4}")', 'name.removesuffix("号")', 'PAIR = ("市", "区")')


@for_each(KNOWLEDGE)
def test_knowledge_in_code_is_found(code: str) -> None:
    assert [*knowledge_in_code(code)] == [1]


@for_each(NO_KNOWLEDGE)
def test_a_single_word_and_a_range_of_characters_are_none(code: str) -> None:
    assert [*knowledge_in_code(code)] == []


def test_words_and_expressions_over_chinese_text_are_data() -> None:
    """They stand in patterns, the lexicon and the registry's files, not in modules."""
    found = {
        relative(module): lines
        for module in MODULES
        if (lines := sorted(knowledge_in_code(module.read_text("utf8"))))
    }
    assert {module: lines for module, lines in found.items() if module not in CHINESE_ALLOWED} == {}
    assert set(CHINESE_ALLOWED) <= set(found)
