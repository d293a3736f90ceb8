"""Whole fetches from a site on this machine."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from ingest.fetch.errors import FetchError
from ingest.fetch.limits import FetchLimits
from tests.conftest import Gongbao, circular
from tests.fetch.conftest import HOST, Fetcher, Reply, Site, page, reasons, redirect

PAGE = page("<p>" + circular().replace("\n\n", "</p><p>") + "</p>").body.decode()
PDF = b"%PDF-1.7 invented"


def test_a_list_of_addresses(site: Site, fetcher: Fetcher) -> None:
    site.routes = {
        "/a/t1.html": page("<p>一</p>", ETag='"1"', **{"Last-Modified": "Mon, 06 May 2030 00:00:00 GMT"}),
        "/b/t1.html": page("<p>二</p>"),
    }
    report = fetcher(
        ["# 云州", "", site.at("/a/t1.html"), f" {site.at('/b/t1.html')} ", site.at("/a/t1.html")]
    )
    assert report.summary() == "2 fetched, 0 unchanged, 0 failed"
    assert site.asked == ["/robots.txt", "/a/t1.html", "/b/t1.html"]
    first, second = sorted(fetcher.records(), key=lambda record: record["address"])
    body = page("<p>一</p>").body
    assert first["sha256"] == hashlib.sha256(body).hexdigest()
    assert (fetcher.into / first["file"]).read_bytes() == body
    assert first | {"file": "", "sha256": "", "retrieved": "", "checked": ""} == {
        "file": "",
        "address": site.at("/a/t1.html"),
        "requested": site.at("/a/t1.html"),
        "sha256": "",
        "bytes": len(body),
        "media_type": "text/html",
        "retrieved": "",
        "checked": "",
        "etag": '"1"',
        "last_modified": "Mon, 06 May 2030 00:00:00 GMT",
    }
    assert first["retrieved"].startswith("2030-05-06T")
    assert fetcher.files() == sorted(["fetched.jsonl", first["file"], second["file"]])


def test_bad_lines_of_a_list_are_named_and_the_others_fetched(site: Site, fetcher: Fetcher) -> None:
    site.routes = {"/a.html": page("一")}
    report = fetcher([site.at("/a.html"), "见附件", "file:///etc/passwd"])
    assert len(report.fetched) == 1
    source = fetcher.folder / "list.txt"
    assert [str(error) for error in report.failed] == [
        f"{source}:2: 见附件: only http and https addresses are fetched",
        f"{source}:3: file:///etc/passwd: only http and https addresses are fetched",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_list_in_any_encoding(encoding: str, site: Site, fetcher: Fetcher) -> None:
    site.routes = {"/a.html": page("一")}
    source = fetcher.folder / "list.txt"
    source.write_bytes(f"# 市人民政府的通知和各部门的意见\r\n{site.at('/a.html')}\r\n".encode(encoding))
    assert len(fetcher(str(source)).fetched) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "neither an address (http://, https://) nor a file"), (b"a\0b", "NUL byte"), (b"", "empty")],
)
def test_a_source_that_cannot_be_read(content: bytes | None, said: str, fetcher: Fetcher) -> None:
    source = fetcher.folder / "list.txt"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(FetchError) as failed:
        fetcher(str(source))
    assert said in str(failed.value)


def test_a_page_that_changes_and_one_that_does_not(site: Site, fetcher: Fetcher) -> None:
    def tagged(body: str, tag: str) -> Reply:
        return page(body, ETag=tag)

    site.routes = {
        "/same.html": [tagged("一", '"1"'), Reply(status=304)],
        "/again.html": page("the same bytes, no tag"),
        "/new.html": [tagged("旧", '"1"'), tagged("新", '"2"')],
        "/gone.html": [page("曾有"), Reply(status=404)],
    }
    sources = [site.at(path) for path in site.routes]
    fetcher(sources)
    before = {record["requested"]: record for record in fetcher.records()}
    kept = fetcher.into / before[site.at("/same.html")]["file"]
    written = kept.stat().st_mtime_ns
    asked = len(site.asked)
    report = fetcher(sources)
    assert report.summary() == "0 fetched, 1 changed, 2 unchanged, 1 failed"
    assert report.changed == [site.at("/new.html")]
    assert reasons(report) == ["status 404"]
    sent = dict(zip(site.asked[asked:], site.headers[asked:], strict=True))
    assert sent["/same.html"]["if-none-match"] == '"1"'
    assert "if-none-match" not in sent["/again.html"]
    after = {record["requested"]: record for record in fetcher.records()}
    assert len(after) == 4
    assert kept.stat().st_mtime_ns == written
    for path, moved in (("/same.html", False), ("/again.html", False), ("/new.html", True)):
        old, new = before[site.at(path)], after[site.at(path)]
        assert (old["retrieved"] != new["retrieved"], old["checked"] < new["checked"]) == (moved, True)
    new = after[site.at("/new.html")]
    assert "新" in (fetcher.into / new["file"]).read_text("utf8")
    assert (fetcher.into / after[site.at("/gone.html")]["file"]).exists()


def test_a_stored_file_that_was_tampered_with_is_fetched_anew(site: Site, fetcher: Fetcher) -> None:
    site.routes = {"/a.html": page("一", ETag='"1"')}
    fetcher([site.at("/a.html")])
    file = fetcher.into / fetcher.records()[0]["file"]
    file.write_text("other", "utf8")
    fetcher([site.at("/a.html")])
    assert "if-none-match" not in site.headers[-1]
    assert "一" in file.read_text("utf8")


def test_attachments_are_tied_to_their_page(site: Site, fetcher: Fetcher) -> None:
    links = (
        '<a href="files/1.pdf">附件1</a><a href="/files/%E8%A1%A8.xlsx?v=1#x"> 附件 2 </a>'
        '<a href="b.html">x</a>'
        '<a href="http://cdn.example/3.pdf">3</a><a href="javascript:open(\'4.pdf\')">4</a>'
        '<a href="files/1.pdf">again</a><a href="mailto:a@b.pdf">5</a><a>6</a><a href="files/7.rar">7</a>'
    )
    site.routes = {
        "/zw/a.html": page(links),
        "/zw/files/1.pdf": Reply(PDF, headers={"Content-Type": "application/octet-stream"}),
        "/files/%E8%A1%A8.xlsx?v=1": Reply(b"PK..", headers={"Content-Type": "application/zip"}),
    }
    report = fetcher([site.at("/zw/a.html")])
    assert report.summary() == "3 fetched, 0 unchanged, 0 failed"
    assert report.notices == ["1 left out: attachments on other sites (--host HOST allows one)"]
    own = next(record for record in fetcher.records() if "page" not in record)
    tied = {record["requested"]: record for record in fetcher.records() if "page" in record}
    assert {record["page"] for record in tied.values()} == {own["file"]}
    assert {address: record["words"] for address, record in tied.items()} == {
        site.at("/zw/files/1.pdf"): "附件1",
        site.at("/files/%E8%A1%A8.xlsx?v=1"): "附件 2",
    }
    assert all(record["file"].startswith(f"{HOST}-{site.port}/") for record in tied.values())
    # a page that has not changed still has its attachments looked after
    site.routes["/zw/files/1.pdf"] = Reply(PDF + b"2")
    assert fetcher([site.at("/zw/a.html")]).changed == [site.at("/zw/files/1.pdf")]


def test_a_page_in_gbk_that_says_it_is_utf_8(site: Site, fetcher: Fetcher) -> None:
    text = f'<html><meta charset="utf-8"><p>{circular()}</p><a href="附件.pdf">附件</a></html>'
    site.routes = {
        "/a.html": Reply(text.encode("gbk"), headers={"Content-Type": "text/html; charset=utf-8"}),
        "/%E9%99%84%E4%BB%B6.pdf": Reply(PDF),
    }
    report = fetcher([site.at("/a.html")])
    assert report.fetched == [site.at("/a.html"), site.at("/%E9%99%84%E4%BB%B6.pdf")]
    record = next(record for record in fetcher.records() if "page" not in record)
    assert (fetcher.into / record["file"]).read_bytes() == text.encode("gbk")


SITEMAP = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'


def urls(*addresses: str, tag: str = "url") -> str:
    return "".join(f"<{tag}><loc> {address} </loc></{tag}>" for address in addresses)


def test_a_sitemap_of_sitemaps(site: Site, fetcher: Fetcher) -> None:
    packed = gzip.compress(SITEMAP.format(urls(site.at("/b.html"))).encode())
    deeper = [site.at(f"/deep{depth}.xml") for depth in range(1, 5)]
    site.routes = {
        "/sitemap.xml": Reply(
            INDEX.format(urls(site.at("/1.xml"), site.at("/2.xml.gz"), deeper[0], tag="sitemap")).encode()
        ),
        "/1.xml": Reply(
            SITEMAP.format(
                urls(site.at("/a.html"), "/c.html", "见附件x://", "http://other.example/d.html")
            ).encode()
        ),
        "/2.xml.gz": Reply(packed),
        "/a.html": page("一"),
        "/b.html": page("二"),
        "/c.html": page("三"),
    }
    for depth in range(1, 5):
        site.routes[f"/deep{depth}.xml"] = Reply(
            INDEX.format(urls(site.at(f"/deep{depth + 1}.xml"), tag="sitemap")).encode()
        )
    report = fetcher(site.at("/sitemap.xml"))
    assert sorted(report.fetched) == [site.at(f"/{name}.html") for name in "abc"]
    assert "/deep2.xml" in site.asked
    assert "/deep3.xml" not in site.asked
    assert sorted(report.notices) == [
        "1 left out: on other sites (--host HOST allows one)",
        "1 left out: sitemaps are followed 3 deep",
    ]
    assert len(report.failed) == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<urlset><url><loc>", "not a sitemap"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><urlset><url><loc>&b;</loc></url></urlset>', "a document type"),
        (gzip.compress(b"<urlset>" + b" " * 51_000_000 + b"</urlset>"), "more than 50,000,000 bytes"),
        (gzip.compress(SITEMAP.format("").encode() + b" " * 9_000)[:-4], "broken"),
        (b"hello", "neither a sitemap nor a web page"),
    ],
    ids=["broken", "entities", "bomb", "cut", "text"],
)
def test_a_sitemap_that_is_none(body: bytes, reason: str, site: Site, fetcher: Fetcher) -> None:
    site.routes = {"/sitemap.xml": Reply(body)}
    report = fetcher(site.at("/sitemap.xml"), profile="trs")
    assert [error.address for error in report.failed] == [site.at("/sitemap.xml")]
    assert reason in reasons(report)[0]
    assert fetcher.files() == []


def test_list_pages_read_by_a_profile(site: Site, fetcher: Fetcher) -> None:
    def listed(*numbers: int) -> str:
        return "".join(f'<a href="./203005/t20300506_{number}.html">通知</a>' for number in numbers)

    site.routes = {
        "/zwgk/index.html": page(listed(1, 2) + '<script>createPageHTML(3, 0, "index", "html")</script>'),
        "/zwgk/index_1.html": page(
            listed(2, 3) + '<a href="http://other.example/203005/t20300506_9.html">x</a>'
        ),
        **{
            f"/zwgk/203005/t20300506_{n}.html": page(f"<div class=TRS_Editor><a href=P{n}.pdf>附</a></div>")
            for n in (1, 2, 3)
        },
        **{f"/zwgk/203005/P{n}.pdf": Reply(PDF + b"%d" % n) for n in (1, 2, 3)},
    }
    report = fetcher(site.at("/zwgk/index.html"), profile="trs")
    assert report.summary() == "6 fetched, 0 unchanged, 1 failed"
    assert [error.address for error in report.failed] == [site.at("/zwgk/index_2.html")]
    assert report.notices == ["1 left out: on other sites (--host HOST allows one)"]


def test_a_list_page_without_a_profile_or_links(site: Site, fetcher: Fetcher) -> None:
    site.routes = {"/list.html": page("<a href=a.html>x</a>")}
    with pytest.raises(FetchError, match=f"no profile is for {HOST}; name one with --profile"):
        fetcher(site.at("/list.html"))
    with pytest.raises(
        FetchError, match=r"nothing.yaml: neither a profile \(gov-cn, jpaas, trs\) nor a file"
    ):
        fetcher(site.at("/list.html"), profile="nothing.yaml")
    report = fetcher(site.at("/list.html"), profile="trs")
    assert reasons(report) == ["no links to documents on this list page; another profile?"]


def test_limits_of_pages_lists_and_attachments(site: Site, fetcher: Fetcher) -> None:
    fetcher.limits = FetchLimits(pages=2, attachments=1)
    site.routes = {f"/{n}.html": page("<a href=1.pdf></a><a href=2.pdf></a>") for n in range(5)}
    site.routes |= {"/1.pdf": Reply(PDF)}
    report = fetcher([site.at(f"/{n}.html") for n in range(5)])
    assert report.fetched == [site.at("/0.html"), site.at("/1.html"), site.at("/1.pdf")]
    assert report.notices == [
        "3 left out: the limit of 2 pages",
        "2 left out: the limit of 1 attachments of a page",
    ]


@pytest.mark.check
def test_a_build_knows_where_fetched_files_came_from(
    site: Site, fetcher: Fetcher, tmp_path: Path, gongbao: Gongbao
) -> None:
    other = page("<p>" + circular(2).replace("\n\n", "</p><p>") + "</p>").body
    site.routes = {
        "/old.html": redirect("/new.html"),
        "/new.html": Reply(PAGE.encode() + b'<a href="2.txt">x</a><a href="a.zip">x</a>'),
        "/c?id=2": Reply(other, headers={"Content-Type": "text/html"}),
    }
    assert not fetcher([site.at("/old.html"), site.at("/c?id=2")]).fetched[2:]
    ran = gongbao("build", fetcher.into, "--store", tmp_path / "store")
    assert (ran.status, "2 files, 2 documents" in ran.err) == (0, True), ran.err
    graph = gongbao("export", "--store", tmp_path / "store", "--format", "nq").out
    stated = [line.split() for line in graph.splitlines() if " <http://purl.org/dc/terms/source> " in line]
    sources = {terms[0]: terms[2] for terms in stated if len(terms) == 5}
    assert set(sources.values()) == {f"<{site.at('/new.html')}>", f"<{site.at('/c?id=2')}>"}
    assert len(sources) == 2


def test_the_manifest_holds_one_line_an_address_in_order(site: Site, fetcher: Fetcher) -> None:
    site.routes = {f"/{name}.html": page(name) for name in "cab"}
    sources = [site.at(f"/{name}.html") for name in "cab"]
    fetcher(sources)
    fetcher(sources)
    files = [record["file"] for record in fetcher.records()]
    assert files == sorted(files)
    assert len(files) == 3


def test_a_manifest_that_is_wrong_is_named_with_its_line(site: Site, fetcher: Fetcher) -> None:
    site.routes = {"/a.html": page("一")}
    fetcher([site.at("/a.html")])
    manifest = fetcher.into / "fetched.jsonl"
    line = manifest.read_text("utf8")
    manifest.write_text(line + line.replace(HOST + f"-{site.port}/", "../../"), "utf8")
    with pytest.raises(FetchError, match=r"fetched.jsonl:2: the file .* is outside the folder"):
        fetcher([site.at("/a.html")])
    manifest.write_text(line + json.dumps({"file": 1}) + "\n", "utf8")
    with pytest.raises(FetchError, match=r"fetched.jsonl:2: "):
        fetcher([site.at("/a.html")])
