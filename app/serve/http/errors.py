"""What can go wrong with a request, each with its HTTP status; ``application`` makes the responses."""

from __future__ import annotations

from typing import ClassVar

from ontology.errors import GongbaoError


class RequestError(GongbaoError):
    """A request that is not answered; its text says why and what would do."""

    status: ClassVar[int] = 400
    headers: ClassVar[dict[str, str]] = {}


class UnauthorizedError(RequestError):
    """No bearer token, or a wrong one."""

    status = 401
    headers: ClassVar[dict[str, str]] = {"WWW-Authenticate": 'Bearer realm="gongbao"'}


class ForbiddenError(RequestError):
    """What this endpoint does for nobody: updates, SERVICE."""

    status = 403


class NotFoundError(RequestError):
    """Nothing of this name."""

    status = 404


class NotAcceptableError(RequestError):
    """None of the asked for formats can be given."""

    status = 406


class SlowError(RequestError):
    """A body that does not come."""

    status = 408


class TooLongError(RequestError):
    """A query or body beyond the limit."""

    status = 413


class MediaTypeError(RequestError):
    """A body of a type or in an encoding that the protocol does not know."""

    status = 415


class LimitError(RequestError):
    """A limit of the endpoint ended the evaluation: time, memory, requests at once."""

    status = 503
    headers: ClassVar[dict[str, str]] = {"Retry-After": "5"}


class TimeLimitError(LimitError):
    """The evaluation took longer than a query may take."""


class MemoryLimitError(LimitError):
    """The worker died of the evaluation: it needed more memory, or went deeper, than a query may."""


class BusyError(LimitError):
    """As many requests as may be are being answered."""

    headers: ClassVar[dict[str, str]] = {"Retry-After": "1"}
