"""What can go wrong between the browser and the endpoint that it reads."""

from __future__ import annotations

from ontology.errors import GongbaoError


class BrowseError(GongbaoError):
    """The browser cannot be started as asked."""


class SourceError(GongbaoError):
    """The endpoint did not answer as hoped; ``detail`` is what it said itself.

    ``key`` is the part of the name of the words that tell people what happened and what to do:
    ``error.KEY`` and ``error.KEY.help``.
    """

    key = "source"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class UnreachableError(SourceError):
    """Nobody listens there."""

    key = "unreachable"


class SlowError(SourceError):
    """No answer came in time, or the endpoint gave up on it."""

    key = "slow"


class BusyError(SourceError):
    """The endpoint has no room now, or its store is being replaced."""

    key = "busy"


class RefusedError(SourceError):
    """The endpoint does not accept the request: the query has an error, or a token is missing."""

    key = "refused"


class NotAnEndpointError(SourceError):
    """What answers is no SPARQL endpoint."""

    key = "not-an-endpoint"
