"""The library as a whole: every file has a header that holds, and its question can be asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store
from rdflib.plugins.sparql.parser import parseQuery

from ingest.store import current
from queries import library as module
from queries.errors import UnknownQuestionError
from queries.header import parse_question
from queries.library import find, library, question, questions
from queries.model import Question
from queries.parameters import bind
from queries.run import answer
from tests.for_each import for_each

FOLDER = Path(module.__file__).parent
NAMES = sorted(str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.rglob("*.rq"))
PROGRAM = ("task/facets", "browse/", "checks/", "demo/", "facts/", "info/", "suggest/")
# no two samples give one indicator different values, and in none of them nothing was found
NO_ROWS = ("target/conflicts", "quality/silent", "facts/recognised")


def parsed(name: str) -> Question:
    return parse_question(name, question(name))


@for_each(NAMES)
def test_the_header_and_the_columns_hold(name: str) -> None:
    """However it is asked, and on an empty store, where nothing but the form can fail."""
    found = parsed(name)
    assert found.program == name.startswith(PROGRAM)
    required = {parameter.name: parameter.example for parameter in found.parameters if parameter.required}
    ways = [required, {parameter.name: parameter.example for parameter in found.parameters}]
    for parameter in found.parameters:
        ways += [{**required, parameter.name: value} for value in (parameter.example, *parameter.choices)]
    for values in ways:
        solutions = Store().query(bind(found, values))
        assert isinstance(solutions, QuerySolutions)
        if found.columns:
            assert [variable.value for variable in solutions.variables] == [
                column.name for column in found.columns
            ]


@pytest.fixture(scope="module")
def samples(samples_store: Path) -> Store:
    return current(samples_store).open()


@for_each([name for name in NAMES if not name.startswith(PROGRAM)])
def test_each_example_gives_rows_on_the_samples(name: str, samples: Store) -> None:
    """The first parameter's example, and all others that are required."""
    found = parsed(name)
    values = {parameter.name: parameter.example for parameter in found.parameters if parameter.required}
    values.update({parameter.name: parameter.example for parameter in found.parameters[:1]})
    assert (list(answer(samples, found, values)) == []) == (name in NO_ROWS)


@for_each(NAMES)
def test_a_file_runs_as_it_stands_in_any_sparql_tool(name: str, samples: Store) -> None:
    """It is the question with its defaults, and with the examples of what must be given."""
    file = (FOLDER / f"{name}.rq").read_text("utf8")
    found = parsed(name)
    required = {parameter.name: parameter.example for parameter in found.parameters if parameter.required}
    rows = _rows(samples, file)
    assert rows == _rows(samples, bind(found, required))
    of_other_formats = ("browse/pages", "facts/pages", "facts/said-by", "facts/sources")
    empty = (*NO_ROWS, *of_other_formats, "checks/contradictions")  # the samples are plain texts
    assert (rows == []) == (name in empty)


@pytest.mark.check
@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_sparql_for_other_parsers_too(name: str) -> None:
    """rdflib's needs a quarter of a second for the longer ones."""
    assert parseQuery((FOLDER / f"{name}.rq").read_text("utf8"))


def _rows(store: Store, sparql: str) -> list[str]:
    solutions = store.query(sparql)
    assert isinstance(solutions, QuerySolutions)
    return sorted(str(solution) for solution in solutions)  # not all questions have an order


def test_the_library_has_every_file() -> None:
    assert list(library()) == NAMES
    assert [found.name for found in questions()] == [name for name in NAMES if not name.startswith(PROGRAM)]
    assert find("agency/tasks").subject == "agency"


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("tasks", ("agency/tasks",)),
        ("agency/task", ("agency/tasks",)),
        ("facts/resp", ()),
        ("", ()),
        ("../library.py", ()),
    ],
)
def test_an_unknown_name(name: str, nearest: tuple[str, ...]) -> None:
    with pytest.raises(UnknownQuestionError) as raised:
        find(name)
    assert raised.value.nearest[: len(nearest)] == nearest
    assert str(raised.value).startswith(f"there is no question {name}")
