"""What can go wrong between the browser and the endpoint that it reads."""

from __future__ import annotations

from ontology.errors import GongbaoError


class ClientError(GongbaoError):
    """The endpoint gave no usable answer; ``detail`` is its own message.

    ``key`` names the messages for people: ``error.KEY`` tells what happened, ``error.KEY.help`` what to do.
    """

    key = "client"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class UnreachableError(ClientError):
    """Nobody listens at the address."""

    key = "unreachable"


class EndpointTimeoutError(ClientError):
    """No answer came in time, or the endpoint stopped the query."""

    key = "slow"


class EndpointBusyError(ClientError):
    """The endpoint has no room now, or its store is being replaced."""

    key = "busy"


class RefusedError(ClientError):
    """The endpoint does not accept the request: the query has an error, or a token is missing."""

    key = "refused"


class NotAnEndpointError(ClientError):
    """The address answers, but not as a SPARQL endpoint."""

    key = "not-an-endpoint"
