"""No private address is connected to, whatever a name means and wherever a redirect leads."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import httpx
import pytest

from ingest.fetch.network import CheckedNetwork, CheckedTransport, NotPublicError
from tests.fetch.conftest import HOST, LOOPBACK, Fetcher, Routed, Site, page, reasons, redirect

PUBLIC = "93.184.216.34"
PRIVATE = [
    *("127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "100.64.0.1", "[::ffff:127.0.0.1]", "[fe80::1]"),
    *("2130706433", "0x7f.1", "127.1", "0", "localhost"),
]


class Names:
    """A resolver that gives out, for each question, the next of its answers; the last for good."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, _port: int) -> list[str]:
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def routed(fetcher: Fetcher) -> Routed:
    """Fetches see the site on this machine under a public address."""
    routed = Routed()
    fetcher.allow_private, fetcher.inner = False, routed
    fetcher.resolver = Names([PUBLIC])
    return routed


@pytest.mark.parametrize("host", PRIVATE)
def test_private_addresses_are_refused(host: str, site: Site, fetcher: Fetcher) -> None:
    from ingest.fetch.network import resolve  # noqa: PLC0415 - the system's own, as the command has it

    fetcher.allow_private, fetcher.resolver = False, resolve
    site.routes = {"/a.html": page("secret")}
    report = fetcher([site.at("/a.html", host)])
    assert len(report.failed) == 1
    assert "is no public address" in reasons(report)[0]
    assert site.asked == []


def test_a_name_that_means_a_private_address_is_refused(site: Site, fetcher: Fetcher, routed: Routed) -> None:
    site.routes = {"/a.html": page("secret")}
    for addresses in (["10.0.0.1"], [PUBLIC, "10.0.0.1"], ["::ffff:192.168.0.1"]):
        fetcher.resolver = Names(addresses)
        assert "is no public address" in reasons(fetcher([site.at("/a.html")]))[0]
    assert (site.asked, routed.connected) == ([], [])


def test_a_redirect_to_a_private_address_is_refused(site: Site, fetcher: Fetcher, routed: Routed) -> None:
    def names(host: str, _port: int) -> list[str]:
        return [PUBLIC] if host == HOST else [host.strip("[]")]

    fetcher.resolver = names
    aims = [f"http://{host}:{site.port}/secret.html" for host in ("127.0.0.1", "[::1]", "169.254.169.254")]
    site.routes = {f"/{n}.html": redirect(aim) for n, aim in enumerate(aims)}
    site.routes["/secret.html"] = page("secret")
    report = fetcher([site.at(f"/{n}.html") for n in range(3)])
    assert all("is no public address" in reason for reason in reasons(report))
    assert len(report.failed) == 3
    assert "/secret.html" not in site.asked
    assert set(routed.connected) == {PUBLIC}


@pytest.mark.parametrize("location", ["file:///etc/passwd", "gopher://a.example/", "http://u:p@a.example/"])
def test_a_redirect_to_what_is_no_web_address(location: str, site: Site, fetcher: Fetcher) -> None:
    site.routes = {"/a.html": redirect(location)}
    assert "it is redirected to" in reasons(fetcher([site.at("/a.html")]))[0]


def test_a_name_that_changes_its_meaning_gains_nothing(site: Site, fetcher: Fetcher, routed: Routed) -> None:
    """The first answer is public, all later ones are this machine: only what was checked is connected to."""
    site.routes = {
        "/a.html": page("一", Connection="close"),
        "/b.html": page("secret"),
        "/robots.txt": page("", Connection="close"),
    }
    names = Names([PUBLIC], [PUBLIC], [LOOPBACK])
    fetcher.resolver = names
    report = fetcher([site.at("/a.html"), site.at("/b.html")])
    assert report.fetched == [site.at("/a.html")]
    assert reasons(report) == [f"refused: {HOST} is {LOOPBACK}, which is no public address"]
    assert routed.connected == [PUBLIC, PUBLIC]
    assert names.asked == [HOST] * 3  # one question a connection: the answer checked is the one used
    assert "/b.html" not in site.asked


def test_the_host_header_keeps_the_name(site: Site, fetcher: Fetcher, routed: Routed) -> None:
    site.routes = {"/a.html": page("一")}
    fetcher([site.at("/a.html")])
    assert {headers["host"] for headers in site.headers} == {f"{HOST}:{site.port}"}
    assert set(routed.connected) == {PUBLIC}


def test_the_next_address_of_a_host_is_tried(site: Site, fetcher: Fetcher) -> None:
    site.routes = {"/a.html": page("一")}
    fetcher.resolver = Names(["127.0.0.2", LOOPBACK])
    assert len(fetcher([site.at("/a.html")]).fetched) == 1


def test_proxies_of_the_environment_are_not_used(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    site.routes = {"/a.html": page("一")}
    assert len(fetcher([site.at("/a.html")]).fetched) == 1


@pytest.fixture
def secure(site: Site, tmp_path: Path) -> Iterator[Path]:
    """The site over TLS, with a certificate for its name that the file given here vouches for."""
    openssl = which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    subject = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    out = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([openssl, "req", "-x509", *curve, *subject, *out], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    site.wrap(context)
    yield certificate


def test_tls_is_for_the_name_and_not_for_the_address(site: Site, secure: Path) -> None:
    site.routes = {"/a.html": page("一")}
    context = ssl.create_default_context(cafile=secure)
    routed = Routed()
    transport = CheckedTransport(CheckedNetwork(Names([PUBLIC]), inner=routed), context)
    with httpx.Client(transport=transport) as client:
        assert client.get(f"https://{HOST}:{site.port}/a.html").status_code == 200
        assert routed.connected == [PUBLIC]
        with pytest.raises(Exception, match="Hostname mismatch"):
            client.get(f"https://other.example:{site.port}/a.html")
    private = CheckedTransport(CheckedNetwork(Names([LOOPBACK])), context)
    with httpx.Client(transport=private) as client, pytest.raises(NotPublicError):
        client.get(f"https://{HOST}:{site.port}/a.html")
