"""The house itself: small modules, and class names that mean one thing in the whole project."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

from tests.conftest import ROOT
from tests.for_each import for_each

PACKAGES = [name for name in ("gongbao", "app", "ingest", "queries", "ontology") if (ROOT / name).is_dir()]
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LONGEST = 300


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
