"""docs/cli.md and docs/http.md say what the code says."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.commands.root import application
from queries.library import questions
from tests.regenerate import DOCS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_the_code_makes_of_it(name: str, samples_store: Path) -> None:
    made = PAGES[name](samples_store)
    assert (DOCS / name).read_text("utf8") == made, f"docs/{name} is stale: run python -m tests.regenerate"


def test_every_command_has_a_section_and_a_row() -> None:
    page = (DOCS / "cli.md").read_text("utf8")
    names = [command.callback.__name__ for command in application.registered_commands if command.callback]
    assert len(names) == 16
    for name in names:
        assert page.count(f"\n## `gongbao {name}`\n") == 1
        assert page.count(f"[`gongbao {name}`](#gongbao-{name})") == 1


def test_every_question_has_an_address() -> None:
    page = (DOCS / "http.md").read_text("utf8")
    assert [page.count(f"| `/q/{question.name}` |") for question in questions()] == [1] * len(questions())
