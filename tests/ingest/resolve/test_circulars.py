"""What names mean in circulars of many issuers: pairs that are one body, and pairs that are not."""

from __future__ import annotations

from ingest.extract import extract
from ingest.resolve.resolver import builtin_resolver
from tests.cases import Case, cases, name
from tests.for_each import for_each
from tests.ingest.extract.conftest import DocumentsOf


def _text(case: Case) -> str:
    head = case["head"]
    return "\n".join(
        [
            f"{head['issuer']}关于示例夜市工作的通知",
            head["number"],
            f"{head.get('to', '各有关单位')}：",
            f"一、任务。做好夜市工作。（责任单位：{case['units']}）",
            f"二、管理。{case.get('text', '夜市应当整洁。')}",
            head["issuer"],
            head["date"],
            "",
        ]
    )


@for_each(cases("circulars"), name)
def test_what_names_mean(case: Case, documents_of: DocumentsOf) -> None:
    (document,) = documents_of(_text(case))
    (resolution,) = builtin_resolver().bodies([(document, extract(document))])
    found: dict[str, list[str | None]] = {}
    for mention in resolution.mentions():
        found.setdefault(mention.name, []).append(mention.agency.name if mention.agency else None)
    for mention_name, means in case["means"].items():
        expected = means if isinstance(means, list) else [means] * len(found.get(mention_name, [means]))
        assert found.get(mention_name) == expected, mention_name
    assert not set(case.get("without", ())) & set(found)
