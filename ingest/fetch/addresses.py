"""Web addresses in one form, and which internet addresses are public."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx

from ingest.fetch.errors import AddressError

LONGEST = 2_000  # characters of an address
_SHOWN = 120  # characters of a bad address in a message
_METADATA = frozenset({IPv4Address("168.63.129.16"), IPv4Address("192.0.0.192")})
"""Addresses at which clouds serve credentials and that are not in a private range (Azure, Oracle)."""
_EMBEDDED = IPv6Network("64:ff9b::/96")  # NAT64: the last 32 bits are an IPv4 address


def parse(address: str, base: str | None = None) -> str:
    """Return an address in its one form: absolute, encoded, without fragment and default port.

    Raises AddressError for what is no http or https address.

    >>> parse("../附件/1.pdf#page=2", "HTTP://WWW.Yunzhou.example:80/a/b.html")
    'http://www.yunzhou.example/%E9%99%84%E4%BB%B6/1.pdf'
    """
    shown = address.strip()[:_SHOWN]
    if len(address) > LONGEST:
        raise AddressError(shown, f"an address of {len(address)} characters; {LONGEST} is the limit")
    try:
        url = httpx.URL(address.strip())
        if base is not None:
            url = httpx.URL(base).join(url)
        url = url.copy_with(fragment=None)
        if url.path == "/":  # a host alone is the same as with a slash
            url = url.copy_with(path="/")
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise AddressError(shown, f"not an address: {error}") from error
    if url.scheme not in ("http", "https"):
        raise AddressError(shown, "only http and https addresses are fetched")
    if not url.host:
        raise AddressError(shown, "an address without a host")
    if url.userinfo:
        raise AddressError(shown, "an address with a user name or password")
    if len(str(url)) > LONGEST:
        raise AddressError(shown, f"an encoded address of more than {LONGEST} characters")
    return str(url)


def host_of(address: str) -> str:
    """Return the host of an address, in ASCII.

    >>> host_of("https://www.yunzhou.example:8080/a")
    'www.yunzhou.example'
    """
    return httpx.URL(address).raw_host.decode("ascii")


def origin_of(address: str) -> str:
    """Return scheme, host and port: what a robots.txt holds for.

    >>> origin_of("http://www.yunzhou.example:8080/a")
    'http://www.yunzhou.example:8080'
    """
    url = httpx.URL(address)
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def same_site(host: str, other: str) -> bool:
    """Whether two hosts are one site: the same, apart from www. in front.

    >>> same_site("www.yunzhou.example", "yunzhou.example"), same_site("a.example", "b.example")
    (True, False)
    """
    return host.removeprefix("www.") == other.removeprefix("www.")


def is_public(address: str) -> bool:
    """Whether an internet address is one of the open internet, also where it is wrapped into IPv6.

    >>> [is_public(one) for one in ("8.8.8.8", "127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a9fe:a9fe")]
    [True, False, False, False]
    """
    found = ip_address(address.partition("%")[0])
    return all(map(_is_open, (found, *_wrapped(found))))


def _wrapped(address: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, IPv4Address):
        return ()
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _EMBEDDED or int(address) >> 32 == 0:  # the second: IPv4-compatible, long given up
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(one for one in found if one is not None)


def _is_open(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return True  # what it stands for decides; newer Pythons call the range itself private
    if isinstance(address, IPv6Address) and address.is_site_local:
        return False  # Python's is_global knows the range only as given up
    return address.is_global and not address.is_multicast and address not in _METADATA
