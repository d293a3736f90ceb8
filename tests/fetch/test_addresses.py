"""One form of addresses; which internet addresses are public; names of files."""

from __future__ import annotations

import pytest

from ingest.fetch.addresses import is_public, parse
from ingest.fetch.errors import AddressError
from ingest.fetch.names import file_name

LONG = "文" * 300


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("HTTP://WWW.Yunzhou.example:80", "http://www.yunzhou.example/"),
        (" https://www.yunzhou.example/a b#c ", "https://www.yunzhou.example/a%20b"),
        ("http://云州.example/附件.pdf?名=一", None),
        ("//other.example/a", "https://other.example/a"),
        ("?page=2", "https://www.yunzhou.example/zw/list.html?page=2"),
    ],
)
def test_an_address_has_one_form(address: str, form: str | None) -> None:
    found = parse(address, "https://www.yunzhou.example/zw/list.html")
    assert found.isascii()
    assert parse(found) == found
    assert form in (None, found)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("javascript:void(0)", "only http and https"),
        ("ftp://www.yunzhou.example/a", "only http and https"),
        ("www.yunzhou.example/a", "only http and https"),
        ("http://", "without a host"),
        ("http:///a", "without a host"),
        ("http://user:secret@www.yunzhou.example/", "a user name or password"),
        ("http://[::1", "not an address"),
        ("http://a.example:port/", "not an address"),
        ("http://a\n.example/", "not an address"),
        ("http://a.example/" + "x" * 2_000, "2000 is the limit"),
        ("http://a.example/" + LONG, "an encoded address of more than"),
    ],
)
def test_what_is_no_web_address_is_refused(address: str, reason: str) -> None:
    with pytest.raises(AddressError, match=reason):
        parse(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "224.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::a00:1"),
        *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::1", "2001:db8::1"),
        "2001:0:4136:e378:8000:63bf:80ff:fffe",  # Teredo for 127.0.0.1
    ],
)
def test_what_is_not_of_the_open_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2400:3200::1", "::ffff:8.8.8.8"])
def test_what_is_of_the_open_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("address", "media_type", "body", "begins", "ends"),
    [
        ("http://a.example/x/t1.html", "text/html", b"", "a.example/t1-", ".html"),
        ("http://a.example/", "text/html", b"", "a.example/index-", ".html"),
        ("http://a.example:81/c?id=3", "text/html", b"", "a.example-81/c-", ".html"),
        ("http://a.example/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "", b"%PDF-1.7", "a.example/passwd-", ".pdf"),
        ("http://a.example/..%5c..%5cboot.ini", "", b"", "a.example/boot.ini-", ".bin"),
        ("http://a.example/%00a%0Ab.pdf", "", b"", "a.example/ab-", ".pdf"),
        ("http://a.example/关于节水.docx", "", b"", "a.example/关于节水-", ".docx"),
        ("http://a.example/.htaccess", "text/plain", b"", "a.example/htaccess-", ".txt"),
        ("http://a.example/~%20.", "text/html", b"", "a.example/~-", ".html"),
        ("http://xn--fiqs8s.example/a.pdf", "", b"", "xn--fiqs8s.example/a-", ".pdf"),
        ("http://a.example/" + "x" * 300 + ".pdf", "", b"", "a.example/" + "x" * 60 + "-", ".pdf"),
    ],
)
def test_a_file_name_stays_in_its_folder(
    address: str, media_type: str, body: bytes, begins: str, ends: str
) -> None:
    name = file_name(parse(address), media_type, body)
    assert name.startswith(begins)
    assert name.endswith(ends)
    host, _, last = name.partition("/")
    assert "/" not in last
    assert ".." not in name
    assert max(len(part.encode()) for part in (host, last)) <= 250


def test_the_longest_chinese_name_fits_a_file_system() -> None:
    name = file_name("http://a.example/" + LONG + ".docx", "", b"")
    assert len(name.partition("/")[2].encode()) <= 250


def test_two_addresses_have_two_names() -> None:
    paths = (
        "/a/t.html",
        "/b/t.html",
        "/b/T.html",
        "/b/t.html?x=1",
        "/b/t",
        "/b/t/",
        "/b/t.htm",
        "//b/t.html",
    )
    names = {file_name(f"http://a.example{path}", "text/html", b"").lower() for path in paths}
    assert len(names) == len(paths)
