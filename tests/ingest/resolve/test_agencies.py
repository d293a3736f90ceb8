"""Which bodies a circular names, with what the registry, its date, its place and its own words say."""

from __future__ import annotations

from ingest.extract import extract
from ingest.resolve.model import AgencyMention, Resolution
from ingest.resolve.resolver import builtin_resolver
from tests.cases import Case, cases, name
from tests.for_each import for_each
from tests.ingest.extract.conftest import DocumentsOf


def _text(case: Case) -> str:
    head = case["head"]
    return "\n".join(
        [
            f"{head['issuer']}关于做好示例夜市工作的通知",
            f"{head['code']}〔{head['date'][:4]}〕5号",
            f"{head.get('to', '有关单位')}：",
            *case["text"],
            head["issuer"],
            head["date"],
            "",
        ]
    )


def _mentions(resolution: Resolution, *, addressees: bool) -> list[AgencyMention]:
    """What is named, each place once, in the order of the text."""
    found = [*(resolution.addressees if addressees else ()), *resolution.responsibilities]
    found += [mention for bearers in resolution.bearers for mention in bearers]
    places = {mention.span: mention for mention in found}
    assert all(places[mention.span] == mention for mention in found)
    return sorted(places.values(), key=lambda mention: mention.span.start)


def _row(mention: AgencyMention) -> list[str]:
    if mention.agency is None:
        assert mention.step is None
        return [mention.name]
    assert mention.step is not None
    holder = [mention.agency.holder] if mention.agency.holder else []
    return [mention.name, mention.step, mention.agency.name, *holder]


@for_each(cases("agency"), name)
def test_the_bodies_that_a_circular_names(case: Case, documents_of: DocumentsOf) -> None:
    (document,) = documents_of(_text(case))
    (resolution,) = builtin_resolver().bodies([(document, extract(document))])
    assert [mention.agency.name for mention in resolution.issuers if mention.agency] == [
        case["head"]["issuer"]
    ]
    assert list(map(_row, _mentions(resolution, addressees="to" in case["head"]))) == case["means"]
