"""A fact together with the text that states it: its kind, its quote, its line, and its record.

The facts of ``ingest.model`` know offsets only. What ``extract`` gives to a notebook must stand by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.confidence import measurements
from ingest.model import (
    Deadline,
    Document,
    DocumentFields,
    Fact,
    Facts,
    InternalReference,
    Norm,
    Reference,
    Responsibility,
    Span,
    Target,
    Text,
)
from ontology.normal import without_space

TextFactValue = str | int | float | bool | None | list[str] | dict[str, str]
TextFactRecord = dict[str, TextFactValue]
Content = Fact | DocumentFields

_NORM_TEXT = 30  # characters of a norm's sentence that stand in its record
_QUOTE_SHOWN = 30  # characters of a quote in a repr
_KINDS: dict[type[Content], str] = {
    DocumentFields: "doc",
    Responsibility: "resp",
    Target: "target",
    Deadline: "deadline",
    Reference: "ref",
    InternalReference: "iref",
    Norm: "norm",
}
_ORDER = {kind: place for place, kind in enumerate(_KINDS.values())}


@dataclass(frozen=True, slots=True, repr=False)
class QuotedFact:
    """One fact with the text that states it; ``text.text[start:end] == quote`` always.

    ``content`` is the fact in its own class (``Responsibility``, ``Target`` …; for the head of a document its
    ``DocumentFields``), for those who want its fields typed.
    """

    text: Text
    span: Span
    content: Content

    @property
    def kind(self) -> str:
        """What it is: doc, resp, target, deadline, ref, iref or norm."""
        return _KINDS[type(self.content)]

    @property
    def start(self) -> int:
        """Offset of its first character in the normalised text, in Unicode code points."""
        return self.span.start

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.span.end

    @property
    def quote(self) -> str:
        """The characters that state it; of kind ``doc`` the whole document."""
        return self.text.quote(self.span)

    @property
    def line(self) -> int:
        """The line of the file on which it begins, from 1."""
        return self.text.offsets.line(self.span.start)

    @property
    def rule(self) -> str | None:
        """The id of the pattern that found it; None for the head of a document."""
        return None if isinstance(self.content, DocumentFields) else self.content.rule

    @property
    def confidence(self) -> float | None:
        """How sure its rule is, from 0 to 1; None where that was not measured."""
        found = measurements().get(self.rule or "")
        return found.confidence if found else None

    def to_dict(self) -> TextFactRecord:
        """Return its record: ``kind file line``, its own fields, ``start end rule confidence quote``.

        It is the line that ``gongbao facts`` prints, as far as one text alone tells it. Not in it is what
        only a store knows: ``iri``, ``place``, ``task``, ``cited``, and which body a name means (``agency``
        and all that begins so, ``holder``, ``resolved_by``, ``issuers_canonical``). Only here is ``quote``;
        a record of kind ``doc`` has none, as that would be the whole document.
        """
        record: TextFactRecord = {"kind": self.kind, "file": self.text.name, "line": self.line}
        record |= _own_fields(self.content, self.text, self.quote)
        record |= {"start": self.start, "end": self.end}
        if self.rule is not None:
            record |= {"rule": self.rule, "confidence": self.confidence, "quote": self.quote}
        if self.text.recognised if self.kind == "doc" else self.text.is_recognised(self.start):
            record["recognised"] = True
        if isinstance(self.content, DocumentFields) and self.content.also:
            record["also"] = sorted(title.value for title in self.content.also)
        return record

    def __repr__(self) -> str:
        quote = self.quote[: _QUOTE_SHOWN + 1]
        if len(quote) > _QUOTE_SHOWN:
            quote = f"{quote[:_QUOTE_SHOWN]}…"
        return f"<{self.kind} {quote!r} {self.text.name}:{self.line}>"


def quoted_facts(text: Text, documents: Iterable[tuple[Document, Facts]]) -> tuple[QuotedFact, ...]:
    """Return all facts of a text in its order; the head of a document comes before what stands in it."""
    found = [
        QuotedFact(text, span, content)
        for document, facts in documents
        for span, content in (
            (document.span, document.fields),
            *((fact.span, fact) for fact in facts.all()),
        )
    ]
    return tuple(sorted(found, key=lambda fact: (fact.start, _ORDER[fact.kind], fact.end)))


def _own_fields(content: Content, text: Text, quote: str) -> TextFactRecord:
    """Return the fields that only facts of this kind have."""
    match content:
        case DocumentFields():
            return _head(content)
        case Responsibility():
            return {"role": content.role.value, "unit": content.unit, "explicit": content.explicit}
        case Target():
            return {
                "text": without_space(quote),
                "value": content.value,
                "unit": content.unit,
                "cmp": content.comparator.value,
                "by": content.by,
                "indicator": content.indicator or None,
            }
        case Deadline():
            return {"text": without_space(quote), "type": content.kind.value, "norm": content.norm}
        case Reference():
            return {"title": content.title, "number": content.number, "rel": content.relation.value}
        case InternalReference():
            return {"text": without_space(quote), "target": content.target}
        case Norm():
            bearer = without_space(text.quote(content.bearer)) if content.bearer else None
            return {
                "modality": content.modality.value,
                "bearer": bearer,
                "text": without_space(quote)[:_NORM_TEXT],
            }


def _head(fields: DocumentFields) -> TextFactRecord:
    """Return the head of a document; dates that the text does not state are left out.

    ``said_by`` names the fields that the text does not say itself and who says them: page, manifest, sidecar.
    """
    beside: TextFactRecord = {"published": fields.published.value} if fields.published else {}
    if said_by := fields.said_by():
        beside["said_by"] = said_by
    title = fields.title.value if fields.title else None
    own = fields.circular_title.value if fields.circular_title else None
    return {
        "title": title,
        "circular_title": own if own != title else None,
        "number": fields.number.value if fields.number else None,
        "issuers": [issuer.value for issuer in fields.issuers],
        "date": fields.date.value if fields.date else None,
        "effective": fields.effective.value if fields.effective and fields.effective.span else None,
        "expires": fields.expires.value if fields.expires and fields.expires.span else None,
        "addressees": fields.addressees.value if fields.addressees else None,
        **beside,
    }
