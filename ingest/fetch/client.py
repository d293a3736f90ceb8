"""One polite request: allowed by robots.txt, in its time, within limits, tried again where that may help."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

import httpcore
import httpx
from protego import Protego
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)

from ingest.fetch.addresses import host_of, origin_of, parse
from ingest.fetch.errors import AddressError
from ingest.fetch.hosts import LONGEST_ROBOTS, Hosts, Robots
from ingest.fetch.limits import Clock, FetchLimits
from ingest.fetch.network import CheckedNetwork, CheckedTransport, NotPublicError, OutOfTimeError

AGENT = "gongbao"  # the name to which robots.txt files speak
_AGAIN = frozenset({429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_SECONDS = re.compile(r"\d{1,9}")
Allowed = Callable[[str], bool]
"""Whether an address may be followed to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came from an address; ``body`` is None where it has not changed since."""

    address: str  # after redirects
    body: bytes | None
    media_type: str = ""
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the bytes of an address when they were fetched last."""

    address: str
    etag: str | None
    last_modified: str | None

    def headers(self, address: str) -> dict[str, str]:
        """The headers that ask for the bytes only where they have changed."""
        if address != self.address:
            return {}
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}


class _TryAgainError(Exception):
    """A request that may well succeed later; ``after`` is what the server asked for."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        self.after = after
        super().__init__(reason)


class Client:
    """Asks for one address after the other. To be closed."""

    def __init__(
        self, network: CheckedNetwork, limits: FetchLimits, clock: Clock, agent: str, version: str
    ) -> None:
        self.hosts = Hosts(limits.interval, clock)
        self._network = network
        self._limits = limits
        self._clock = clock
        self._robots: dict[str, Robots] = {}
        self._agent = agent
        self._http = httpx.Client(
            transport=CheckedTransport(network),
            headers={"User-Agent": f"{agent}/{version}", "Accept": "*/*"},
            timeout=limits.silence,
            trust_env=False,
        )

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def get(self, address: str, known: Validators | None = None, allowed: Allowed | None = None) -> Answer:
        """Fetch an address. Raises AddressError."""
        return self._follow(address, known, allowed, self._check_robots, self._limits.size)

    def _check_robots(self, address: str) -> None:
        origin = origin_of(address)
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(origin)
            self.hosts.slow_down(address, self._robots[origin].delay())
        refusal = self._robots[origin].refusal(address)
        if refusal:
            raise AddressError(address, refusal)

    def _read_robots(self, origin: str) -> Robots:
        """Read a robots.txt: rules without any where there is none, no rules where that cannot be known."""
        try:
            answer = self._follow(f"{origin}/robots.txt", None, None, lambda _: None, LONGEST_ROBOTS)
        except _StatusError as error:
            if error.status >= 500:
                return Robots(None, self._agent, error.reason)
            return Robots(Protego.parse(""), self._agent)
        except _NotPublicAddressError:
            raise
        except AddressError as error:
            return Robots(None, self._agent, error.reason)
        text = (answer.body or b"").decode("utf8", "replace").removeprefix("\ufeff")
        return Robots(Protego.parse(text), self._agent)

    def _follow(
        self,
        address: str,
        known: Validators | None,
        allowed: Allowed | None,
        check: Callable[[str], None],
        largest: int,
    ) -> Answer:
        at, seen = address, {address}
        for _ in range(self._limits.redirects + 1):
            self._refuse_closed(address, at)
            self._call(address, check, at)
            self._refuse_closed(address, at)  # what its robots.txt says may close a host
            headers = known.headers(at) if known else {}
            answer = self._send_until_it_works(address, at, headers, largest)
            if isinstance(answer, Answer):
                return answer
            at = self._redirected(address, at, answer)
            if at in seen:
                raise AddressError(address, f"it is redirected in a circle, to {at} again")
            if allowed is not None and not allowed(at):
                raise AddressError(address, f"it is redirected to another site, {at}")
            seen.add(at)
        raise AddressError(address, f"more than {self._limits.redirects} redirects")

    def _refuse_closed(self, address: str, at: str) -> None:
        closed = self.hosts.closed(at)
        if closed:
            raise AddressError(address, f"{host_of(at)} is asked no more: {closed}")

    def _call(self, address: str, check: Callable[[str], None], at: str) -> None:
        """Check the robots.txt for a step of the way; what it refuses is said of where the way began."""
        try:
            check(at)
        except AddressError as error:
            where = "" if at == address else f"it is redirected to {at}: "
            raise AddressError(address, f"{where}{error.reason}") from error

    def _redirected(self, address: str, at: str, location: str) -> str:
        try:
            return parse(location, at)
        except AddressError as error:
            raise AddressError(address, f"it is redirected to {error}") from error

    def _send_until_it_works(
        self, address: str, at: str, headers: dict[str, str], largest: int
    ) -> Answer | str:
        backing_off = wait_exponential_jitter(initial=1, max=30)

        def wait(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            after = error.after if isinstance(error, _TryAgainError) else None
            return backing_off(state) if after is None else after

        def sleep(seconds: float) -> None:
            self.hosts.rest(at, seconds)

        tries = Retrying(
            stop=stop_after_attempt(self._limits.attempts),
            wait=wait,
            retry=retry_if_exception_type(_TryAgainError),
            sleep=sleep,
            reraise=True,
        )
        try:
            return tries(self._send, address, at, headers, largest)
        except _TryAgainError as error:
            raise AddressError(address, f"{error}, {self._limits.attempts} times") from error

    def _send(self, address: str, at: str, headers: dict[str, str], largest: int) -> Answer | str:
        """Ask once. Gives the answer, or where it is redirected to."""
        self.hosts.wait(at)
        self._network.allow(self._limits.seconds)
        try:
            with self._http.stream("GET", at, headers=headers) as response:
                return self._take(address, at, response, largest)
        except NotPublicError as error:
            raise _NotPublicAddressError(address, f"refused: {error}") from error
        except OutOfTimeError as error:
            raise AddressError(address, self._too_slow()) from error
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            if self._network.is_over():
                raise AddressError(address, self._too_slow()) from error
            raise _TryAgainError(f"no answer for {self._limits.silence:g} seconds") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.TransportError) as error:
            raise _TryAgainError(f"the connection failed ({error or type(error).__name__})") from error
        except (httpx.DecodingError, httpx.InvalidURL) as error:
            raise AddressError(address, f"an answer that cannot be unpacked: {error}") from error

    def _too_slow(self) -> str:
        return f"the whole answer takes more than {self._limits.seconds:g} seconds"

    def _take(self, address: str, at: str, response: httpx.Response, largest: int) -> Answer | str:
        status, headers = response.status_code, response.headers
        if status in _REDIRECTS and headers.get("location"):
            return headers["location"]
        if status == _NOT_MODIFIED:
            return Answer(at, None, "", headers.get("etag"), headers.get("last-modified"))
        if status in _AGAIN:
            raise self._later(address, at, status, headers.get("retry-after"))
        if status != 200:
            raise _StatusError(address, status)
        return Answer(
            at,
            self._body(address, response, largest),
            headers.get("content-type", "").partition(";")[0].strip().lower(),
            headers.get("etag"),
            headers.get("last-modified"),
        )

    def _body(self, address: str, response: httpx.Response, largest: int) -> bytes:
        told = response.headers.get("content-length", "")
        body = bytearray()
        if not (_SECONDS.fullmatch(told) and int(told) > largest):
            for part in response.iter_bytes():
                body += part
                if len(body) > largest:
                    break
            else:
                return bytes(body)
        raise AddressError(address, f"more than {largest:,} bytes")

    def _later(self, address: str, at: str, status: int, asked: str | None) -> Exception:
        """What to do after an answer that says: not now."""
        after = self._seconds(asked)
        if after is not None and after > self._limits.longest_wait:
            reason = f"it asks to come back in {after:,.0f} seconds"
            self.hosts.close(at, reason)
            return AddressError(address, f"status {status}; {reason}")
        return _TryAgainError(f"status {status}", after)

    def _seconds(self, asked: str | None) -> float | None:
        """What Retry-After says: seconds, or a date; None where it says neither."""
        if asked is None:
            return None
        if _SECONDS.fullmatch(asked.strip()):
            return float(asked)
        try:
            until = parsedate_to_datetime(asked)
        except ValueError:
            return None
        if until.tzinfo is None:
            until = until.replace(tzinfo=UTC)
        return max(0.0, (until - self._clock.today()).total_seconds())


class _StatusError(AddressError):
    """An address whose server has no document for it."""

    def __init__(self, address: str, status: int) -> None:
        self.status = status
        super().__init__(address, f"status {status}")


class _NotPublicAddressError(AddressError):
    """An address on a host that is not public."""
