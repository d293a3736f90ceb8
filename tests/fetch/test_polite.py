"""robots.txt, pace, retries, redirects, slow, large and broken answers; a fetch that breaks off."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import time
from http.server import BaseHTTPRequestHandler

import pytest

from ingest.fetch.errors import FetchError
from ingest.fetch.folder import open_folder
from ingest.fetch.limits import Clock, FetchLimits
from tests.conftest import COMMAND
from tests.fetch.conftest import HOST, Fetcher, Reply, Site, page, reasons, redirect


def robots(text: str) -> Reply:
    return Reply(text.encode(), headers={"Content-Type": "text/plain"})


def test_what_robots_txt_does_not_allow_is_left(site: Site, fetcher: Fetcher) -> None:
    site.routes = {
        "/robots.txt": robots(
            "User-agent: *\nDisallow: /\n\nUser-agent: gongbao\nDisallow: /inner/\nAllow: /"
        ),
        "/a.html": page('<a href="/inner/1.pdf">1</a>'),
        "/to.html": redirect("/inner/b.html"),
        "/inner/b.html": page("二"),
    }
    report = fetcher([site.at("/a.html"), site.at("/inner/b.html"), site.at("/to.html")])
    assert report.fetched == [site.at("/a.html")]
    assert sorted(map(str, report.failed)) == [
        f"{site.at('/inner/1.pdf')}: robots.txt does not allow it",
        f"{site.at('/inner/b.html')}: robots.txt does not allow it",
        f"{site.at('/to.html')}: it is redirected to {site.at('/inner/b.html')}: "
        "robots.txt does not allow it",
    ]
    assert site.asked == ["/robots.txt", "/a.html", "/to.html"]
    assert site.headers[0]["user-agent"].startswith("gongbao/")
    assert fetcher([site.at("/a.html")], agent="other").failed


@pytest.mark.parametrize(
    ("reply", "fetched"),
    [
        (Reply(status=404), 1),
        (Reply(status=403), 1),
        (Reply(status=500), 0),
        (Reply(status=503), 0),
        (robots("<html>not found</html>"), 1),
        (robots("\ufeffUser-agent: *\nDisallow: /"), 0),
        (Reply(b"\xff\xfe\x00" * 9), 1),
        (robots("# " + "x" * 1_000_001), 0),
        (redirect("/robots.txt"), 0),
    ],
)
def test_a_robots_txt_that_is_missing_or_broken(
    reply: Reply, fetched: int, site: Site, fetcher: Fetcher
) -> None:
    site.routes = {"/robots.txt": reply, "/a.html": page("一")}
    assert len(fetcher([site.at("/a.html")]).fetched) == fetched


def pace(site: Site, fetcher: Fetcher, hosts: list[str]) -> list[tuple[str, float]]:
    """Fetch two pages of each host; when each request came, in seconds from the first."""
    came: list[tuple[str, float]] = []

    def note(handler: BaseHTTPRequestHandler) -> Reply:
        came.append((handler.headers["Host"].partition(":")[0], fetcher.time.seconds))
        return page("一")

    site.routes |= {"/1.html": note, "/2.html": note}
    fetcher([site.at(f"/{n}.html", host) for host in hosts for n in (1, 2)])
    return [(host, round(at - came[0][1], 1)) for host, at in came]


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("", 1.0),
        ("User-agent: *\nCrawl-delay: 7", 7.0),
        ("User-agent: *\nCrawl-delay: 0.2", 1.0),
        ("User-agent: *\nRequest-rate: 1/9s", 9.0),
    ],
)
def test_a_host_is_asked_no_more_often_than_it_wishes(
    text: str, gap: float, site: Site, fetcher: Fetcher
) -> None:
    site.routes = {"/robots.txt": robots(text)}
    came = pace(site, fetcher, [HOST])
    assert came[1][1] == gap
    assert fetcher.time.pauses[0] >= min(gap, 0.9)  # between robots.txt and the first page too


def test_one_hosts_pause_is_anothers_turn(site: Site, fetcher: Fetcher) -> None:
    came = pace(site, fetcher, ["a.example", "b.example"])
    assert [host for host, _ in came] == ["a.example", "b.example", "a.example", "b.example"]


@pytest.mark.parametrize("delay", ["1e9", "86400"])
def test_a_host_that_wants_no_requests_gets_none(delay: str, site: Site, fetcher: Fetcher) -> None:
    site.routes = {"/robots.txt": robots(f"User-agent: *\nCrawl-delay: {delay}"), "/a.html": page("一")}
    report = fetcher([site.at("/a.html"), site.at("/b.html")])
    assert site.documents() == []
    assert "seconds between two requests" in reasons(report)[0]


@pytest.mark.parametrize(
    ("asked", "pause"),
    [("7", 7.0), ("Mon, 06 May 2030 00:17:00 GMT", 20.0), ("soon", None), ("-5", None), (None, None)],
)
def test_retry_after_is_kept(asked: str | None, pause: float | None, site: Site, fetcher: Fetcher) -> None:
    headers = {} if asked is None else {"Retry-After": asked}
    site.routes = {"/a.html": [Reply(status=429, headers=headers), page("一")]}
    assert fetcher([site.at("/a.html")]).summary() == "1 fetched, 0 unchanged, 0 failed"
    waited = fetcher.time.pauses[-1]
    assert 1 <= waited <= 3 if pause is None else abs(waited - pause) < 3


def test_a_host_that_asks_for_a_long_rest_is_asked_no_more(site: Site, fetcher: Fetcher) -> None:
    site.routes = {"/a.html": Reply(status=503, headers={"Retry-After": "3600"}), "/b.html": page("二")}
    report = fetcher([site.at("/a.html"), site.at("/b.html")])
    assert reasons(report) == [
        "status 503; it asks to come back in 3,600 seconds",
        f"{HOST} is asked no more: it asks to come back in 3,600 seconds",
    ]
    assert site.documents() == ["/a.html"]


def test_errors_of_a_server_are_tried_again_with_growing_pauses(site: Site, fetcher: Fetcher) -> None:
    site.routes = {"/a.html": Reply(status=502), "/b.html": Reply(status=400)}
    report = fetcher([site.at("/a.html"), site.at("/b.html")])
    assert reasons(report) == ["status 502, 4 times", "status 400"]
    assert site.documents() == ["/a.html"] * 4 + ["/b.html"]
    first, second, third = fetcher.time.pauses[1:4]
    assert first < second < third


def test_a_connection_that_breaks_is_tried_again(site: Site, fetcher: Fetcher) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> Reply:
        handler.close_connection = True
        return Reply(b"half", headers={"Content-Length": "9"}, parts=[b"half"])

    site.routes = {"/a.html": [cut, page("一")], "/b.html": cut}
    report = fetcher([site.at("/a.html"), site.at("/b.html")])
    assert report.fetched == [site.at("/a.html")]
    assert "the connection failed" in reasons(report)[0]
    assert len(fetcher.files()) == 2


def test_nobody_is_there(fetcher: Fetcher) -> None:
    report = fetcher(["http://127.0.0.1:9/a.html"])
    assert "the robots.txt of the host cannot be read: the connection failed" in reasons(report)[0]


@pytest.mark.parametrize(
    ("routes", "said"),
    [
        ({"/a.html": redirect("/b.html"), "/b.html": redirect("/a.html")}, "redirected in a circle"),
        ({"/a.html": redirect("a.html")}, "redirected in a circle"),
        ({"/a.html": redirect("/1"), **{f"/{n}": redirect(f"/{n + 1}") for n in range(9)}}, "more than 5"),
        ({"/a.html": Reply(status=302)}, "status 302"),
        ({"/a.html": Reply(status=204)}, "status 204"),
        ({"/a.html": Reply(b"")}, "an empty answer"),
        ({"/a.html": Reply(status=304)}, "status 304 though nothing was known"),
        ({"/a.html": Reply(b"no gzip", headers={"Content-Encoding": "gzip"})}, "cannot be unpacked"),
    ],
)
def test_answers_without_a_document(
    routes: dict[str, Reply], said: str, site: Site, fetcher: Fetcher
) -> None:
    site.routes = dict(routes)
    assert said in reasons(fetcher([site.at("/a.html")]))[0]
    assert fetcher.files() == []


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"x" * 100_001),
        Reply(parts=[b"x" * 60_000] * 3, headers={"Connection": "close"}),
        Reply(gzip.compress(b"x" * 9_000_000), headers={"Content-Encoding": "gzip"}),
    ],
    ids=["told", "untold", "packed"],
)
def test_an_answer_that_is_too_large(reply: Reply, site: Site, fetcher: Fetcher) -> None:
    fetcher.limits = FetchLimits(size=100_000)
    site.routes = {"/a.html": reply, "/b.html": page("二")}
    report = fetcher([site.at("/a.html"), site.at("/b.html")])
    assert [str(error) for error in report.failed] == [f"{site.at('/a.html')}: more than 100,000 bytes"]
    assert len(report.fetched) == 1


@pytest.mark.parametrize("where", ["body", "head"])
def test_an_answer_that_drips(where: str, site: Site, fetcher: Fetcher) -> None:
    """Each byte comes in time, the whole does not."""

    def drip(handler: BaseHTTPRequestHandler) -> Reply:
        handler.close_connection = True
        if where == "head":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
            for _ in range(100):
                handler.wfile.write(b"x")
                time.sleep(0.02)
        return Reply(parts=[b"x"] * 100, pause=0.02)

    fetcher.limits = FetchLimits(seconds=0.2, silence=0.15)
    site.routes = {"/a.html": drip}
    begun = time.monotonic()
    report = fetcher([site.at("/a.html")])
    assert reasons(report) == ["the whole answer takes more than 0.2 seconds"]
    assert time.monotonic() - begun < 1.5


def test_an_answer_that_never_comes(site: Site, fetcher: Fetcher) -> None:
    fetcher.limits = FetchLimits(silence=0.05, attempts=2)
    site.routes = {"/a.html": Reply(parts=[b"x", b"x"], pause=1)}
    assert reasons(fetcher([site.at("/a.html")])) == ["no answer for 0.05 seconds, 2 times"]


def test_a_fetch_that_breaks_off_goes_on_where_it_was(site: Site, fetcher: Fetcher) -> None:
    def interrupt(_: BaseHTTPRequestHandler) -> Reply:
        os.kill(os.getpid(), signal.SIGINT)
        return Reply(parts=[b"x", b"x"], pause=2)

    site.routes = {
        "/1.html": page('<a href="late.pdf">附件</a>'),
        "/2.html": [interrupt, page("二")],
        "/late.pdf": Reply(b"%PDF-"),
    }
    sources = [site.at("/1.html"), site.at("/2.html")]
    report = fetcher(sources)
    assert (report.interrupted, report.fetched) == (True, [site.at("/1.html")])
    assert ".unfinished.json" in fetcher.files()
    assert not [name for name in fetcher.files() if name.endswith(".part")]
    manifest = fetcher.into / "fetched.jsonl"
    manifest.write_bytes(manifest.read_bytes() + b'{"file": "half')  # killed while it was writing
    site.asked.clear()
    report = fetcher(sources)
    assert site.documents() == ["/2.html", "/late.pdf"]
    assert report.resumed == [site.at("/1.html")]
    assert report.summary() == "2 fetched, 0 unchanged, 1 from before the interruption, 0 failed"
    assert len(fetcher.records()) == 3
    site.asked.clear()
    assert len(fetcher(sources).unchanged) == 3  # the next fetch is a new one
    assert len(site.documents()) == 3


def test_a_folder_that_another_fetch_has(site: Site, fetcher: Fetcher) -> None:
    with (
        open_folder(fetcher.into, Clock()),
        pytest.raises(FetchError, match="another fetch is writing into it"),
    ):
        fetcher([site.at("/a.html")])


def test_a_folder_that_cannot_be_written(site: Site, fetcher: Fetcher) -> None:
    site.routes = {"/a.html": page("一")}
    fetcher.into.write_text("a file", "utf8")
    with pytest.raises(FetchError, match="cannot be written: "):
        fetcher([site.at("/a.html")])
    fetcher.into.unlink()
    fetcher.into.mkdir()
    (fetcher.into / f"{HOST}-{site.port}").write_text("a file", "utf8")
    with pytest.raises(FetchError, match="cannot be written: "):
        fetcher([site.at("/a.html")])
    assert not (fetcher.into / "fetched.jsonl").exists()


@pytest.mark.check
def test_the_command_killed_and_run_again(site: Site, fetcher: Fetcher) -> None:
    site.routes = {"/1.html": page("一"), "/2.html": [Reply(parts=[b"x"] * 9, pause=5), page("二")]}
    (fetcher.folder / "list.txt").write_text("\n".join(site.at(f"/{n}.html", "127.0.0.1") for n in (1, 2)))
    source, into = str(fetcher.folder / "list.txt"), str(fetcher.into)
    command = [str(COMMAND), "fetch", source, "--into", into, "--interval", "0.1"]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "127.0.0.1 is no public address" in refused.stderr
    assert "0 fetched, 0 unchanged, 2 failed" in refused.stderr
    running = subprocess.Popen([*command, "--allow-private"], stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 30
    while "/2.html" not in site.asked and time.monotonic() < until:
        time.sleep(0.05)
    running.kill()
    running.communicate()
    site.asked.clear()
    done = subprocess.run([*command, "--allow-private"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "1 fetched, 0 unchanged, 1 from before the interruption, 0 failed" in done.stderr
    assert site.documents() == ["/2.html"]
