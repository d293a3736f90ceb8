"""References inside a document, to their clauses and annexes."""

from __future__ import annotations

from ingest.extract.internal import extract
from ingest.model import Document
from ingest.resolve.annexes import annex, annexes
from ingest.resolve.clauses import ClauseFinder, find_clauses
from tests.cases import Case, cases, name
from tests.for_each import for_each
from tests.ingest.extract.conftest import DocumentOf

_PAGE = """云州市示例夜市管理办法
第一章 总则
第一条 为了示例，制定本办法。
第二条 摊主应当具备下列条件：
（一）有固定住所；
（二）有健康证明；
（三）有下列器具：
1.遮阳棚；
2.垃圾桶。
第三条 夜市由街道设置。
夜市分为下列种类：
（一）常设的；
（二）临时的。
夜市的名称由市商务局公布。
第二章 摊位
第四条 摊位统一编号。
第四条之一 摊位号不得转让。
第五条 摊位每年抽签。
第六条 摊主{a6}应当亮证。
摊主{a6/p2}应当缴费。
摊主{a6/p3}应当清扫。
第七条 摊主申请时应当提交下列材料：
（一）申请书，{a7/i1}由街道接收；
（二）证明，{a7/i2}由街道接收；
（三）照片，{a7/i3}由街道接收。
街道{a7/p2}应当答复。
"""
_PLACES = ("a6", "a6/p2", "a6/p3", "a7/i1", "a7/i2", "a7/i3", "a7/p2")


def _page(at: str, text: str) -> str:
    page = _PAGE
    for place in _PLACES:
        page = page.replace("{" + place + "}", f"{text}，" if place == at else "")
    return page


def _targets(document: Document) -> list[list[str]]:
    """The paths to which each reference of a document leads."""
    return [
        [document.clauses[index].path for index in find_clauses(document, reference)]
        for reference in extract(document)
    ]


@for_each(cases("clause"), name)
def test_the_clause_that_a_reference_names(case: Case, document_of: DocumentOf) -> None:
    assert _targets(document_of(_page(case["at"], case["text"]))) == [case["to"]]


def test_one_index_serves_all_references(document_of: DocumentOf) -> None:
    document = document_of(_page("a6", "依照本办法第三条、第四条和第二条第（一）项"))
    finder = ClauseFinder(document)
    found = [finder.find(reference) for reference in extract(document)]
    assert found == [find_clauses(document, reference) for reference in extract(document)]
    assert [[document.clauses[i].path for i in each] for each in found] == [
        ["c1/a3"],
        ["c2/a4"],
        ["c1/a2/i1"],
    ]


def test_a_decision_means_the_text_that_it_publishes_again(document_of: DocumentOf) -> None:
    document = document_of(
        "云州市人民政府关于修改《云州市示例夜市办法》的决定\n"
        "云州市人民政府决定对《云州市示例夜市办法》作如下修改：\n"
        "一、将第三条修改为：“符合本办法第二条规定的，准予设摊。”\n"
        "二、删去第四条。\n"
        "本决定自公布之日起施行。\n附\n云州市示例夜市办法\n"
        "（2019年5月6日云州市人民政府令第48号公布 根据2023年5月6日云州市人民政府令第61号修改）\n"
        "第一条 为了示例，制定本办法。\n第二条 摊主应当持证。\n"
        "第三条 符合本办法第二条规定的，准予设摊。\n"
    )
    assert _targets(document) == [["a2"], ["a2"]]


def test_paragraphs_under_headings_without_articles(document_of: DocumentOf) -> None:
    document = document_of(
        "云州市商务局关于举办示例夜市的通知\n各区商务局：\n现将有关事项通知如下。\n"
        "一、组织工作\n夜市由街道举办。\n前款所称街道包括镇。\n二、经费\n前款以外的经费由区财政承担。\n"
    )
    assert _targets(document) == [["h1/p1"], []]


_NOTICE = (
    "云州市商务局关于举办示例夜市的通知\n各区商务局：\n现将有关事项通知如下。\n"
    "一、报名表见附件1，摊位图和名单见附件{rest}。\n云州市商务局\n2023年5月6日\n"
)


def _annexes(document: Document) -> list[list[str]]:
    return [
        [document.text.quote(span) for span in annexes(document, reference)]
        for reference in extract(document)
    ]


def test_annexes_run_from_mark_to_mark(document_of: DocumentOf) -> None:
    page = (
        _NOTICE.format(rest="2、3")
        + "附件1\n报名表正文如下。\n附件2\n摊位图正文如下。\n附件3\n名单正文如下。\n"
    )
    document = document_of(page)
    assert _annexes(document) == [
        ["附件1\n报名表正文如下。"],
        ["附件2\n摊位图正文如下。", "附件3\n名单正文如下。"],
    ]
    assert [find_clauses(document, reference) for reference in extract(document)] == [(), ()]


def test_an_annex_that_is_not_in_the_text_is_not_resolved(document_of: DocumentOf) -> None:
    document = document_of(_NOTICE.format(rest="2、3") + "附件1\n报名表正文如下。\n附件2\n摊位图正文如下。\n")
    assert _annexes(document) == [["附件1\n报名表正文如下。"], []]
    assert annex(document, 9) is None
    assert annex(document, None) is None


def test_the_only_annex_needs_no_number(document_of: DocumentOf) -> None:
    document = document_of(_NOTICE.format(rest="1") + "附件\n报名表正文如下。\n")
    span = annex(document, None)
    assert span is not None
    assert document.text.quote(span) == "附件\n报名表正文如下。"
    assert annex(document, 1) == span
    assert annex(document, 2) is None


def test_two_annexes_of_one_number_are_ambiguous(document_of: DocumentOf) -> None:
    document = document_of(_NOTICE.format(rest="1") + "附件1\n报名表正文如下。\n附件1\n摊位图正文如下。\n")
    assert annex(document, 1) is None


def test_a_list_of_annexes_is_none(document_of: DocumentOf) -> None:
    document = document_of(
        _NOTICE.format(rest="1").replace("云州市商务局\n2023", "附件：1.报名表\n云州市商务局\n2023")
    )
    assert annex(document, 1) is None
