"""What of a query is looked at before it is parsed."""

from __future__ import annotations

import pytest

from app.serve.http.errors import ForbiddenError, RequestError, TooLongError
from app.serve.http.limits import Limits
from app.serve.http.query_guard import check_query

LIMITS = Limits(query=200, depth=5)


def nested(depth: int) -> str:
    """A query with so many brackets within brackets, and one pair behind them."""
    return f"SELECT * WHERE {'{' * depth}{'}' * depth} VALUES ?x {{}}"


def test_just_so_many_brackets_within_brackets() -> None:
    check_query(nested(5), LIMITS)
    with pytest.raises(RequestError, match="5 brackets are allowed"):
        check_query(nested(6), LIMITS)


def test_brackets_beside_one_another_are_not_counted_together() -> None:
    check_query("ASK " + "{}" * 50, LIMITS)


def test_just_so_many_characters() -> None:
    check_query("ASK {}".ljust(200), LIMITS)
    with pytest.raises(TooLongError, match="200 are allowed"):
        check_query("ASK {}".ljust(201), LIMITS)


def test_service_is_refused_and_a_variable_of_the_name_is_not() -> None:
    check_query("SELECT ?service WHERE { ?service ?b 'SERVICE' }", LIMITS)
    with pytest.raises(ForbiddenError):
        check_query("ASK { SERVICE <http://localhost/> { ?a ?b ?c } }", LIMITS)
