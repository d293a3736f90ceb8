"""Between which days a document was written."""

from __future__ import annotations

from ingest.extract import extract
from ingest.resolve.evidence import bounds
from tests.cases import Case, cases, name
from tests.for_each import for_each
from tests.ingest.extract.conftest import DocumentOf


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


@for_each(cases("evidence"), name)
def test_earliest_and_latest_day(case: Case, document_of: DocumentOf) -> None:
    title, body = case.get("title", "云州市示例夜市办法"), case["body"].replace("\\n", "\n")
    document = document_of(f"{title}\n{body}\n")
    lives = [(_iso(since), _iso(until)) for since, until in case.get("lives", ())]
    found = bounds(document, extract(document), lives=lives)
    assert found == tuple(_iso(day) for day in case["bounds"])


def test_a_date_is_both(document_of: DocumentOf) -> None:
    document = document_of(
        "云州市商务局关于举办示例夜市的通知\n云商发〔2023〕7号\n各区商务局：\n"
        "到2025年，建成夜市20处。\n云州市商务局\n2023年5月6日\n"
    )
    assert bounds(document, extract(document)) == ("2023-05-06", "2023-05-06")


def test_a_number_gives_the_year_of_issue(document_of: DocumentOf) -> None:
    document = document_of(
        "云州市商务局关于举办示例夜市的通知\n云商发〔2023〕7号\n各区商务局：\n"
        "根据《宁江省夜市办法》（宁商发〔2021〕7号），到2025年，建成夜市20处。\n"
    )
    assert bounds(document, extract(document)) == ("2023-01-01", "2023-12-31")
