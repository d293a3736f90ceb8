"""Web pages: what is text of the document, what the page says of it, and what is neither."""

from __future__ import annotations

import pytest

from ingest.errors import InputError
from ingest.model import Source, Text
from ingest.pipeline import documents
from ingest.read import read_bytes
from ingest.readers.html import LARGEST, claims, read

BODY = """<p style="text-align:center">关于加强节水管理的通知</p>
<p>各镇人民政府：</p><p style="text-indent:2em">为做好节水工作，现将有关事项通知如下。</p>
<p style="text-indent:2em">一、县水务局牵头做好管网检漏，2031年底前漏损率降到9%以下。</p>
<p style="text-align:right">云州县人民政府<br>2030年5月6日</p>"""
INFORMATION = """<table><tr><td>索 引 号：</td><td>0001/2030-7</td><td>主题分类</td><td>水利</td></tr>
<tr><td>发文机关</td><td>云州县人民政府</td><td>成文日期</td><td>2030年05月06日</td></tr>
<tr><td>标　　题</td><td colspan="3">关于加强节水管理的通知</td></tr>
<tr><td>发文字号</td><td>云政发〔2030〕7号</td><td>发布日期</td><td>2030-05-08 09:00</td></tr>
<tr><td>有效性</td><td>有效</td><td>备注</td><td></td></tr></table>"""


def page(body: str, head: str = "") -> Source:
    html = f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    (source,) = read(html.encode(), "page.html")
    assert isinstance(source, Source)
    return source


def text_of(body: str) -> Text:
    return read_bytes(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "page.html")


def known(source: Source) -> dict[str, str]:
    assert {field.said_by for field in source.metadata.values()} <= {"page"}
    return {name: field.value for name, field in source.metadata.items()}


@pytest.mark.parametrize(
    "around",
    [
        '<div class="nav"><a href=/>首页</a><a href=/b>云政发〔2029〕9号</a></div>{}',
        "<ul><li><a href=/1>云政发〔2029〕9号</a></li><li><a href=/2>通知公告</a></li></ul>{}",
        "<!-- 云政发〔2029〕9号 -->{}",
        '<p style="display: none">云政发〔2029〕9号</p>{}',
        '<meta name="keywords" content="云政发〔2029〕9号"><script>"云政发〔2029〕9号"</script>{}',
        "{}<p>上一篇：<a href=/3>云政发〔2029〕9号</a></p><p>下一篇：没有了</p>",
        '{}<div class="bdsharebuttonbox">分享到：<a title="云政发〔2029〕9号">微博</a></div>',
        '<input value="云政发〔2029〕9号"><select><option>云政发〔2029〕9号</option></select>{}',
        '{}<div class="footer">主办单位：云州县人民政府　版权所有　云政发〔2029〕9号</div>',
    ],
)
def test_navigation_and_hidden_words_are_no_text(around: str) -> None:
    source = page(around.format(INFORMATION + BODY))
    assert "2029" not in source.text
    assert source.text.startswith("关于加强节水管理的通知\n")
    assert source.text.endswith("2030年5月6日\n")
    assert known(source)["number"] == "云政发〔2030〕7号"


def test_an_information_table_is_what_the_page_says() -> None:
    assert known(page(INFORMATION + BODY)) == {
        "index": "0001/2030-7",
        "topic": "水利",
        "issuer": "云州县人民政府",
        "date": "2030-05-06",
        "title": "关于加强节水管理的通知",
        "number": "云政发〔2030〕7号",
        "published": "2030-05-08",
        "validity": "有效",
    }


@pytest.mark.parametrize(
    "information",
    [
        "<ul><li>索引号：0001/2030-7</li><li>发文字号：云政发〔2030〕7号</li><li>发布日期：2030-05-08</li></ul>",
        "<p>索引号：0001/2030-7　　发文字号：云政发〔2030〕7号　　发布日期：2030-05-08 点击数：12</p>",
        "<dl><dt>索引号：</dt><dd>0001/2030-7</dd><dt>发文字号：</dt><dd>云政发〔2030〕7号</dd>"
        "<dt>发布日期：</dt><dd>2030年5月8日</dd></dl>",
    ],
)
def test_information_in_lists_and_lines(information: str) -> None:
    source = page(information + BODY)
    assert known(source) == {"index": "0001/2030-7", "number": "云政发〔2030〕7号", "published": "2030-05-08"}
    assert source.text.startswith("关于加强节水管理的通知")


def test_an_empty_cell_says_nothing() -> None:
    first = "<tr><td>索引号</td><td>1/2030</td></tr>"
    second = "<tr><td>文号</td><td></td><td>公开日期</td><td>2030-1-2</td></tr>"
    assert known(page(f"<table>{first}{second}</table>{BODY}")) == {
        "index": "1/2030",
        "published": "2030-01-02",
    }


def test_what_the_page_says_wins_and_a_contradiction_is_told() -> None:
    (document,) = documents(text_of(INFORMATION + BODY.replace("5月6日", "5月7日")))
    fields = document.fields
    assert fields.number is not None and (fields.number.value, fields.number.said_by) == (
        "云政发〔2030〕7号",
        "page",
    )
    assert fields.title is not None and fields.title.said_by is None and fields.title.span is not None
    assert fields.date is not None and fields.date.value == "2030-05-06"
    assert fields.published is not None and fields.published.value == "2030-05-08"
    assert fields.contradictions == ("date: the text says 2030-05-07, the page 2030-05-06",)


def test_the_heading_of_the_page_is_not_read_twice() -> None:
    assert page(f"<h1>关于加强节水管理的通知</h1>{BODY}").text.count("关于加强节水管理的通知") == 1


def test_a_page_whose_body_lies_in_a_table_for_layout() -> None:
    assert page(f"<table><tr><td>{BODY}</td></tr></table>").text == page(BODY).text


def test_a_table_of_tasks_is_a_table_with_merged_cells() -> None:
    source = page(
        BODY + "<table><tr><th>任务</th><th>牵头单位</th><th>时限</th></tr>"
        "<tr><td rowspan=2>检漏</td><td>县水务局</td><td>2031年</td></tr>"
        "<tr><td>县住建局</td><td>2032年</td></tr></table>"
    )
    (table,) = source.tables
    assert table.rows == (
        ("任务", "牵头单位", "时限"),
        ("检漏", "县水务局", "2031年"),
        ("检漏", "县住建局", "2032年"),
    )
    for row, spans in zip(table.rows, table.spans, strict=True):
        assert [source.text[start:end] for start, end in spans] == list(row)
    assert source.text[table.start : table.end].splitlines()[0] == "任务\t牵头单位\t时限"


def test_attachments_are_kept_as_links() -> None:
    source = page(BODY + '<p>附件：<a href="/f/1.docx">任务分工表</a></p><p><a href="/x.html">首页</a></p>')
    assert source.links == (("/f/1.docx", "任务分工表"),)
    assert source.text.endswith("附件：任务分工表\n")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "iso-8859-1"])
def test_bytes_count_for_more_than_the_charset_that_a_page_declares(encoding: str, declared: str) -> None:
    html = f"<html><head><meta charset={declared}></head><body>{BODY}</body></html>"
    text = read_bytes(html.encode(encoding), "page.html")
    assert text.text == text_of(BODY).text
    assert text.encoding == {"utf-8": None, "utf-16": "utf-16-le"}.get(encoding, encoding)


def test_a_page_of_pictures_is_known_by_its_title() -> None:
    source = page("<p><img src=1.png></p>", "<title>关于加强节水管理的通知</title>")
    assert source.text == "关于加强节水管理的通知\n"
    assert "1 pictures" in source.notices[0]


@pytest.mark.parametrize(
    "html", ["<html><body></body></html>", "<html><body><script>1</script></body></html>"]
)
def test_a_page_without_text_is_refused(html: str) -> None:
    with pytest.raises(InputError, match="no text on this page"):
        read_bytes(html.encode(), "page.html")


@pytest.mark.check
def test_large_and_deep_pages_are_bounded() -> None:
    with pytest.raises(InputError, match="is the limit"):
        read_bytes(b"<html><body>" + b"<p>1</p>" * (LARGEST // 8), "large.html")
    assert "节水" in read_bytes(b"<html><body>" + b"<div>" * 10_000 + BODY.encode(), "deep.html").text


def test_markdown_with_a_tag_in_it_is_no_page() -> None:
    assert not claims("# 标题\n\n正文<br>正文<sup>1</sup>".encode(), "a.md")
