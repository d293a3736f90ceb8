"""Profiles: their own examples, and what is wrong in a file with its line."""

from __future__ import annotations

import re

import pytest

from ingest.fetch.pages import find_attachments, read_list
from ingest.fetch.profile import ListExample, PageExample, builtin_profiles, choose_profile, read_profile
from ontology.errors import FileFormatError
from tests.conftest import ROOT

LISTS = [
    (name, example) for name, profile in builtin_profiles().items() for example in profile.examples.lists
]
PAGES = [
    (name, example) for name, profile in builtin_profiles().items() for example in profile.examples.pages
]
GOOD = """\
about: 一
source: 二
hosts: [www.yunzhou.example, .cloud.example]
links:
  select: "ul a"
paging:
  count: 共(\\d+)页
  address: list_{n}.html
  first: 2
examples:
  lists: [{address: "https://www.yunzhou.example/", html: <p>, links: []}]
  pages: [{address: "https://www.yunzhou.example/", html: <p>, attachments: []}]
"""


@pytest.mark.parametrize(("name", "example"), LISTS)
def test_examples_of_list_pages(name: str, example: ListExample) -> None:
    found = read_list(example.html.encode(), example.address, builtin_profiles()[name])
    assert tuple(link.address for link in found.documents) == example.links
    assert found.more == example.more


@pytest.mark.parametrize(("name", "example"), PAGES)
def test_examples_of_attachments(name: str, example: PageExample) -> None:
    found = find_attachments(example.html.encode(), example.address, builtin_profiles()[name])
    assert tuple(link.address for link in found) == example.attachments


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  select:", "  selekt:", "p.yaml:5: .*unknown field `selekt`"),
        ("hosts: [www.yunzhou.example, .cloud.example]", "hosts: []", "p.yaml:3: "),
        ("hosts: [www.yunzhou.example, .cloud.example]\n", "", "p.yaml:1: .*`hosts`"),
        ('"ul a"', '"ul >> [a"', "p.yaml:5: not a CSS selector"),
        ("共(\\d+)页", "共(\\d+页", "p.yaml:7: not an expression"),
        ("共(\\d+)页", "共\\d+页", "p.yaml:7: the expression needs a group"),
        ("list_{n}.html", "list.html", "p.yaml:8: the address of a list page needs {n}"),
        ("  count: 共(\\d+)页\n", "", "p.yaml:7: paging has either"),
        ("  first: 2\n", "  next: a\n", "p.yaml:7: paging has either"),
        ("about: 一", "about: [", "p.yaml:.*not YAML"),
    ],
)
def test_what_is_wrong_in_a_profile_is_said_with_its_line(old: str, new: str, said: str) -> None:
    assert read_profile(GOOD, "p.yaml").paging
    assert old in GOOD
    with pytest.raises(FileFormatError, match=said):
        read_profile(GOOD.replace(old, new), "p.yaml")


@pytest.mark.parametrize("page", ["docs/fetch.md", "docs/zh/fetch.md"])
def test_the_profile_that_the_pages_show_is_one(page: str) -> None:
    (shown,) = re.findall(r"```yaml\n(.*?)```", (ROOT / page).read_text("utf8"), re.DOTALL)
    profile = read_profile(shown, page)
    assert (profile.links.raw, profile.paging and profile.paging.address) == (None, "index_{n}.html")


def test_a_profile_is_chosen_by_name_or_host() -> None:
    assert choose_profile(None, "www.gov.cn") is choose_profile("gov-cn", "")
    profile = read_profile(GOOD, "p.yaml")
    hosts = ("www.yunzhou.example", "x.cloud.example", "cloud.example", "xwww.yunzhou.example")
    assert [profile.covers(host) for host in hosts] == [True, True, False, False]


def test_a_base_address_holds_for_links_and_one_that_is_none_does_not() -> None:
    profile = read_profile(GOOD, "p.yaml")
    listed = '<base href="{}"><ul><a href=1.html>一</a></ul> 共3页'
    found = read_list(listed.format("/other/").encode(), "https://a.example/x/", profile)
    assert [link.address for link in found.documents] == ["https://a.example/other/1.html"]
    assert found.more == ("https://a.example/x/list_2.html", "https://a.example/x/list_3.html")
    found = read_list(listed.format("file:///etc/").encode(), "https://a.example/x/", profile)
    assert [link.address for link in found.documents] == ["https://a.example/x/1.html"]


@pytest.mark.parametrize(("count", "pages"), [("0", 0), ("1", 0), ("2", 1), ("99999999999999", 0)])
def test_the_number_of_list_pages_is_bounded(count: str, pages: int) -> None:
    html = f"<ul><a href=1.html>一</a></ul> 共{count}页"
    assert len(read_list(html.encode(), "https://a.example/x/", read_profile(GOOD, "p.yaml")).more) == pages
