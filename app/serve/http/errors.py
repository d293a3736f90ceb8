"""Errors of requests, each with its HTTP status; ``application`` turns them into responses."""

from __future__ import annotations

from typing import ClassVar

from ontology.errors import GongbaoError


class RequestError(GongbaoError):
    """A request that is not answered; the text says why, and what would be accepted."""

    status: ClassVar[int] = 400
    headers: ClassVar[dict[str, str]] = {}


class UnauthorizedError(RequestError):
    """No bearer token, or a wrong one."""

    status = 401
    headers: ClassVar[dict[str, str]] = {"WWW-Authenticate": 'Bearer realm="gongbao"'}


class ForbiddenError(RequestError):
    """Something that this endpoint never does: updates, SERVICE."""

    status = 403


class NotFoundError(RequestError):
    """Nothing has this name."""

    status = 404


class NotAcceptableError(RequestError):
    """None of the formats that are asked for can be given."""

    status = 406


class RequestTimeoutError(RequestError):
    """A body that does not arrive in time."""

    status = 408


class GoneError(RequestError):
    """Something that a store could keep, but that this version does not have, or not whole."""

    status = 410


class TooLongError(RequestError):
    """A query or body beyond the limit."""

    status = 413


class MediaTypeError(RequestError):
    """A body of a type or in an encoding that the protocol does not know."""

    status = 415


class UnprocessableError(RequestError):
    """A file that is there and cannot be shown in the way that is asked for."""

    status = 422


class LimitError(RequestError):
    """A limit of the endpoint ended the evaluation: time, memory or number of requests."""

    status = 503
    headers: ClassVar[dict[str, str]] = {"Retry-After": "5"}


class TimeLimitError(LimitError):
    """The evaluation took longer than a query may take."""


class MemoryLimitError(LimitError):
    """The worker died of the evaluation: it needed more memory, or went deeper, than a query may."""


class OverloadedError(LimitError):
    """All places for requests are taken."""

    headers: ClassVar[dict[str, str]] = {"Retry-After": "1"}
