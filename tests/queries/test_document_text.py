"""Questions about one document's text: clauses, facts with their characters, who does what, citations."""

from __future__ import annotations

from pathlib import Path

from ingest.confidence import measured
from ingest.pattern import books
from ingest.store import current
from tests.queries.conftest import StoreOf, archive, put

PATENTS = "云知发〔2022〕6号"
PLAN = "云政办发〔2021〕15号"
DOCUMENTS = (PATENTS, PLAN, "云科创发〔2023〕8号", "云州市人民政府令第61号")


def test_marks_are_the_characters_of_the_text(samples_store: Path) -> None:
    version = current(samples_store)
    for document in DOCUMENTS:
        rows = put(samples_store, "document/marks", "quote", "text", "begin", "end", document=document)
        assert rows
        for quote, text, begin, end in rows:
            source = version.source(str(text).rpartition("/")[2])
            assert source[int(str(begin)) : int(str(end))] == quote


def test_marks_of_a_document(samples_store: Path) -> None:
    columns = ("quote", "kind", "number", "rule", "confidence")
    rows = put(samples_store, "document/marks", *columns, document=PATENTS)
    assert len(rows) == 46
    versions = {pattern.id: pattern.version for book in books() for pattern in book}
    sure = f"{measured('reference.title', versions['reference.title']).confidence}"
    assert rows[0] == ("《云州市高价值专利培育管理办法》", "reference", None, "reference.title", sure)
    assert ("市财政局", "responsible", "第三条", "prose.judge") in [row[:4] for row in rows]
    judged = {float(row[4] or 0) for row in rows if row[3] == "prose.judge"}
    assert judged == {measured("prose.judge", versions["prose.judge"]).confidence}
    assert {kind for _, kind, *_ in rows} == {
        *("lead", "responsible", "cooperate", "deadline", "reference", "internal reference"),
        *("obligation", "prohibition", "permission"),
    }
    assert "target" in {row[1] for row in put(samples_store, "document/marks", *columns, document=PLAN)}


def test_marks_are_the_facts_of_the_outline(samples_store: Path) -> None:
    for document in DOCUMENTS:
        outlined = put(samples_store, "document/outline", "fact", "kind", "text", document=document)
        marked = put(samples_store, "document/marks", "fact", "kind", "quote", document=document)
        assert sorted(row for row in outlined if row[0] and row[1] != "task") == sorted(marked)


def test_clauses_of_a_document(samples_store: Path) -> None:
    rows = put(
        samples_store, "document/clauses", "number", "heading", "depth", "begin", "end", document=PATENTS
    )
    assert len(rows) == 35
    assert rows[:3] == [
        (None, None, "1", "102", "177"),
        ("第一章", "总则", "1", "240", "245"),
        ("第一条", None, "2", "246", "339"),
    ]
    version = current(samples_store)
    for number, text, begin, end in put(
        samples_store, "document/clauses", "number", "text", "begin", "end", document=PATENTS
    ):
        source = version.source(str(text).rpartition("/")[2])
        assert source[int(str(begin)) : int(str(end))].startswith(number or "")


def test_a_policy_and_its_circular_have_the_same_marks(samples_store: Path) -> None:
    circular = put(samples_store, "document/marks", "fact", document=PATENTS)
    title = put(samples_store, "document/marks", "fact", document="云州市高价值专利培育管理办法")
    assert circular == title


def test_duties_of_a_document(samples_store: Path) -> None:
    columns = ("task_label", "kind", "quote", "body_name", "value", "number")
    rows = put(samples_store, "document/duties", *columns, document=PATENTS)
    assert rows[0] == (
        *(
            "市知识产权局负责培育项目的组织实施",
            "responsible",
            "市知识产权局",
            "云州市知识产权局",
            None,
            "第三条",
        ),
    )
    assert (None, "deadline", "每年3月31日前", None, "R/P1Y", "第六条") in rows
    kinds = ("lead", "responsible", "cooperate", "target", "deadline")
    for document in DOCUMENTS:
        facts = {
            fact
            for fact, kind in put(samples_store, "document/marks", "fact", "kind", document=document)
            if kind in kinds
        }
        assert facts == {row[0] for row in put(samples_store, "document/duties", "fact", document=document)}


def test_targets_have_their_unit_and_task(store_of: StoreOf) -> None:
    store = store_of(
        archive(
            1,
            "做好归档工作",
            "一、加快整理。2030年底前，完成整理案卷300件以上。（责任单位：县档案办）",
            "二、提高比例。合格率达到95%。",
        )
    )
    rows = put(store, "document/duties", "task_label", "kind", "value", document="青档发〔2030〕1号")
    assert ("加快整理", "target", "300件") in rows
    assert (None, "target", "95%") in rows


def test_what_a_document_cites(samples_store: Path) -> None:
    columns = ("quote", "relation", "cited", "in_store", "clause_number")
    assert put(samples_store, "document/cites", *columns, document="云科创发〔2023〕8号") == [
        ("《云州市科技专家库管理办法》", "amends", "云科发-2021-3", "true", None),
        ("《宁江省科技评审专家管理规定》", "basis", "宁科规-2020-4", "false", "第一条"),
        ("《云州市公共数据管理办法》", "basis", "t-edffac8409e62e7a", "true", "第一条"),
        (
            "《云州市科学技术局关于印发〈云州市科技专家库管理办法〉的通知》",
            *("repeals", "云科发-2021-3", "true", "第十六条"),
        ),
    ]


def test_what_cites_a_document(samples_store: Path) -> None:
    columns = ("document", "day", "relation", "clause_number")
    assert put(samples_store, "document/cited-by", *columns, document=PLAN) == [
        ("云数发-2024-2", "2024-02-20", "cites", None),
        ("云政办发-2023-12", "2023-03-20", "cites", "(二)"),
        ("云知发-2022-6", "2022-03-31", "basis", "第一条"),
    ]
    assert put(samples_store, "document/cited-by", "document", document="宁科规〔2020〕4号")


def test_each_citation_is_found_from_both_sides(samples_store: Path) -> None:
    """What cites a document that is in no file: the same references as from the citing documents."""
    cited = put(samples_store, "document/cited-by", "document", "reference", document="宁科规〔2020〕4号")
    for citing, reference in cited:
        base = "https://w3id.org/gongbao/id/doc/"
        rows = put(samples_store, "document/cites", "reference", "cited", document=f"{base}{citing}")
        assert (reference, "宁科规-2020-4") in rows


def test_the_list_by_type_year_and_words(samples_store: Path) -> None:
    def numbers(**values: str) -> list[str | None]:
        return [row[0] for row in put(samples_store, "document/list", "number", **values)]

    assert numbers(document_type="通知") == ["云政办发〔2023〕14号"]
    assert numbers(year="2022") == ["云政办发〔2022〕21号", "云政发〔2022〕9号", "云知发〔2022〕6号"]
    assert numbers(words="知发〔2022〕") == [PATENTS]
    assert numbers(words="专利", year="2023") == []
