"""The tree of clauses and the sentences (cases in tests/cases/structure.yaml)."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import ingest
from ingest.clause_labels import match_label
from ingest.model import Clause, ClauseKind, Document, Part
from ingest.pipeline import documents
from ingest.read import read, read_bytes
from tests.cases import Case, cases, name
from tests.for_each import for_each

TITLE = "云州市水务工作办法\n云水发〔2024〕6号\n"
CASES = cases("structure")
SEGMENTED = [case for case in cases("segment") if "short sentence" not in case["name"]]
SAMPLES = sorted((Path(ingest.__file__).parent / "samples").glob("*-*.*"))

CIRCULAR = """云州市水务局关于印发《云州市换表办法》的通知
云水发〔2024〕6号
各供水单位：
换表关系千家万户。现将《云州市换表办法》印发给你们：
一、请认真执行；
云州市水务局
2024年5月6日
云州市换表办法
（2019年3月1日云州市人民政府令第8号公布）
第一条　水表应当每六年更换一次！谁来更换？供水单位更换；费用由其承担。
附件1
换表清单
一、水表
"""


def documents_of(source: str) -> tuple[Document, ...]:
    return documents(read_bytes(source.encode(), "case.txt"))


def described(document: Document, clause: Clause) -> list[str]:
    """A clause as the cases tell it."""
    return [clause.path, clause.label, document.text.quote(clause.heading) if clause.heading else ""]


@for_each(CASES, name)
def test_a_text_has_these_clauses(case: Case) -> None:
    (document,) = documents_of(TITLE + case["text"])
    assert [described(document, clause) for clause in document.clauses] == case["clauses"]


def test_each_part_has_a_tree_of_its_own() -> None:
    (document,) = documents_of(CIRCULAR)
    assert [(clause.path, clause.part) for clause in document.clauses] == [
        ("notice/p1", Part.NOTICE),
        ("notice/h1", Part.NOTICE),
        ("history/p1", Part.HISTORY),
        ("a1", Part.BODY),
        ("annex/p1", Part.ANNEX),
        ("annex/p2", Part.ANNEX),
        ("annex/h1", Part.ANNEX),
    ]


def test_a_clause_knows_its_kind_number_and_parent() -> None:
    (document,) = documents_of(
        TITLE + "第二章　供水\n第二节　管网\n第十二条　做到：\n（三）检漏：\n4.补漏：\n⑤换管。\n费用均摊。"
    )
    found = [
        (
            clause.kind,
            clause.number,
            None if clause.parent is None else document.clauses[clause.parent].kind,
        )
        for clause in document.clauses
    ]
    assert found == [
        (ClauseKind.CHAPTER, 2, None),
        (ClauseKind.SECTION, 2, ClauseKind.CHAPTER),
        (ClauseKind.ARTICLE, 12, ClauseKind.SECTION),
        (ClauseKind.ITEM, 3, ClauseKind.ARTICLE),
        (ClauseKind.SUBITEM, 4, ClauseKind.ITEM),
        (ClauseKind.POINT, 5, ClauseKind.SUBITEM),
        (ClauseKind.PARAGRAPH, 2, ClauseKind.ARTICLE),
    ]


def test_a_label_that_no_count_gives_is_still_a_label() -> None:
    (document,) = documents_of(TITLE + "第〇十一条　水表应当防冻。\n第二条　水表应当防尘。")
    assert [clause.label for clause in document.clauses] == ["第〇十一条", "第二条"]


def test_sentences_end_at_their_marks_and_with_their_paragraph() -> None:
    (document,) = documents_of(CIRCULAR)
    text = document.text.text
    found = [(document.clauses[s.clause].part, text[s.start : s.end]) for s in document.sentences]
    assert found == [
        (Part.NOTICE, "换表关系千家万户"),
        (Part.NOTICE, "现将《云州市换表办法》印发给你们："),
        (Part.NOTICE, "一、请认真执行"),
        (Part.HISTORY, "（2019年3月1日云州市人民政府令第8号公布）"),
        (Part.BODY, "第一条水表应当每六年更换一次"),
        (Part.BODY, "谁来更换"),
        (Part.BODY, "供水单位更换"),
        (Part.BODY, "费用由其承担"),
        (Part.ANNEX, "附件1"),
        (Part.ANNEX, "换表清单"),
        (Part.ANNEX, "一、水表"),
    ]


def test_the_text_of_a_sentence_begins_behind_its_label() -> None:
    (document,) = documents_of(TITLE + "第一条　水表应当防冻。水表应当防尘。\n（一）室外：\n费用均摊")
    text = document.text.text
    assert [text[s.body : s.end] for s in document.sentences] == [
        "水表应当防冻",
        "水表应当防尘",
        "室外：",
        "费用均摊",
    ]


def test_half_width_marks_end_a_sentence_too() -> None:
    (document,) = documents_of(TITLE + "第一条　甲表防冻;乙表防尘!丙表防潮?？丁表防锈")
    text = document.text.text
    assert [text[s.body : s.end] for s in document.sentences] == [
        "甲表防冻",
        "乙表防尘",
        "丙表防潮",
        "丁表防锈",
    ]


@cache
def every_document() -> list[Document]:
    found = [document for case in CASES for document in documents_of(TITLE + case["text"])]
    found += [document for case in SEGMENTED for document in documents_of(case["text"])]
    return found + [document for path in SAMPLES for document in documents(read(path))]


def place(document: Document) -> str:
    return f"{document.text.name}-{document.span.start}"


@for_each(every_document, place)
def test_every_piece_that_can_carry_facts_is_one_clause(document: Document) -> None:
    rows = {row for table in document.tables() for row in table}
    spans = [clause.span for clause in document.clauses]
    assert spans == sorted(set(spans))
    assert [span for span in spans if span not in rows] == list(document.bodies())


@for_each(every_document, place)
def test_a_path_is_unique_and_goes_on_from_its_parents(document: Document) -> None:
    paths = [clause.path for clause in document.clauses]
    assert len(set(paths)) == len(paths)
    for index, clause in enumerate(document.clauses):
        if clause.parent is not None:
            assert clause.parent < index
            parent = document.clauses[clause.parent]
            assert clause.path.rpartition("/")[0] == parent.path
            assert clause.part is parent.part


@for_each(every_document, place)
def test_sentences_are_all_of_the_text_but_its_marks(document: Document) -> None:
    folded, rest = document.text.folded, list(document.bodies())
    by_piece = {span: [s for s in document.sentences if span.start <= s.start < span.end] for span in rest}
    assert sum(map(len, by_piece.values())) == len(document.sentences)
    for span, found in by_piece.items():
        edges = [span.start, *(edge for s in found for edge in (s.start, s.end)), span.end]
        assert edges == sorted(edges)
        gaps = "".join(folded[a:b] for a, b in list(pairwise(edges))[::2])
        assert set(gaps) <= set("。;!?")
        for sentence in found:
            assert sentence.start <= sentence.body <= sentence.end
            assert sentence.start < sentence.end
            assert not set("。;!?") & set(folded[sentence.start : sentence.end])
            assert document.clauses[sentence.clause].span == span


@for_each(every_document, place)
def test_a_sentence_is_found_by_any_of_its_offsets(document: Document) -> None:
    assert document.sentence_at(document.clauses[0].span.start - 1) is None
    for sentence in document.sentences:
        middle = (sentence.start + sentence.end) // 2
        for offset in (sentence.start, sentence.body, middle):
            assert document.sentence_at(offset) == sentence
        at_end = document.sentence_at(sentence.end)  # a piece of a paragraph can begin where it ends
        assert at_end == sentence or (at_end is not None and at_end.start == sentence.end)


def test_white_space_right_behind_it_makes_an_article_of_a_reference() -> None:
    assert match_label("第五条规划应当公示", 0, 9, (3,)) is not None
    assert match_label("第五条规定的事项", 0, 8) == match_label("第五条规定的事项", 0, 8, (6,))
