"""What the documents of one file tell about one another: their area, and the date of a series."""

from __future__ import annotations

import pytest

from ingest.extract import extract
from ingest.model import Document
from ingest.resolve.model import Resolution
from ingest.resolve.resolver import builtin_resolver
from tests.ingest.extract.conftest import DocumentOf

BEIJING, YUNZHOU = "北京市人民政府办公厅", "云州市人民政府办公室"
PLACELESS = "示例夜市管理办法\n\n第一条 为了管好夜市，制定本办法。\n\n第二条 市财政局应当公布名单。\n"


def circular(issuer: str) -> str:
    return f"{issuer}关于做好示例夜市工作的通知\n\n有关单位：\n\n做好夜市工作。\n\n{issuer}\n\n2022年5月6日\n"


def resolutions(*documents: Document) -> tuple[Resolution, ...]:
    return builtin_resolver().bodies([(document, extract(document)) for document in documents])


def bearers(resolution: Resolution) -> list[str | None]:
    return [
        mention.agency.name if mention.agency else None
        for mentions in resolution.bearers
        for mention in mentions
    ]


@pytest.mark.parametrize(
    ("issuers", "area", "means"),
    [
        ([], None, None),
        ([BEIJING], "北京市", "北京市财政局"),
        ([YUNZHOU], "云州市", "云州市财政局"),
        ([BEIJING, YUNZHOU, YUNZHOU], "云州市", "云州市财政局"),
        ([BEIJING, YUNZHOU, BEIJING], "北京市", "北京市财政局"),
    ],
)
def test_a_document_without_a_place_has_that_of_most_others_in_its_file(
    issuers: list[str], area: str | None, means: str | None, document_of: DocumentOf
) -> None:
    circulars = [document_of(circular(issuer)) for issuer in issuers]
    *others, placeless = resolutions(*circulars, document_of(PLACELESS))
    assert placeless.context.areas[:1] == ((area,) if area else ())
    assert bearers(placeless) == [means]
    assert [one.context.areas[0] for one in others] == [issuer[:3] for issuer in issuers]


def test_what_a_series_issues_has_the_date_of_its_circular(document_of: DocumentOf) -> None:
    """Until a document has a number, an issuer or a date of its own."""
    series = document_of(
        f"{YUNZHOU}关于印发示例夜市系列文件的通知\n\n云政办发〔2022〕5号\n\n有关单位：\n\n"
        f"现印发示例夜市系列文件。\n\n{YUNZHOU}\n\n2022年5月6日\n"
    )
    numbered = document_of("示例夜市公告\n\n云科发〔2023〕5号\n\n夜市照常举行。\n")
    placeless = document_of(PLACELESS)
    first, second, third, fourth = resolutions(series, placeless, numbered, placeless)
    assert (first.earliest, first.latest) == (None, None)  # its date is in its head
    assert first.context.interval == ("2022-05-06", "2022-05-06")
    assert (second.earliest, second.latest) == ("2022-05-06", "2022-05-06")
    assert second.context.interval == ("2022-05-06", "2022-05-06")
    assert (third.earliest, third.latest) == ("2023-01-01", "2023-12-31")
    assert (fourth.earliest, fourth.latest) == (None, None)


def test_a_circular_that_issues_no_series_dates_nothing_but_itself(document_of: DocumentOf) -> None:
    _, placeless = resolutions(document_of(circular(YUNZHOU)), document_of(PLACELESS))
    assert (placeless.earliest, placeless.latest) == (None, None)
