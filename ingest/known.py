"""What is known of a document beside its text wins over what was guessed from it, and is compared with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

from pyoxigraph import NamedNode

from ingest import titles
from ingest.folding import fold
from ingest.lexicon import values
from ingest.model import (
    Block,
    DocumentFields,
    Field,
    HeadField,
    ParagraphKind,
    Part,
    Segment,
    Span,
    Text,
)
from ingest.pattern import book
from ontology.normal import plain
from ontology.words import registry_words

_BETWEEN_NAMES = re.compile(r"[、,;/|\s]+")
_MARKS = book("citation").regex("citation.marks")
_WEB_ADDRESS = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
_NOT_IN_IRIS = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\xa0]")
_ABOUT = "关于"
_OF = "的"
_SAME_KIND = (*registry_words().shorter.items(), *values("short_form").items())


def override(fields: DocumentFields, known: Mapping[str, Field]) -> DocumentFields:
    """Return the head of a document with what is known beside its text.

    A field that the text tells as well keeps its place there; one that contradicts is noted in
    ``contradictions``. The day of publication is never taken for the day of the document.
    """
    notes: list[str] = []
    changed = _override_title(fields, known.get("title"), notes)
    changed = replace(
        changed,
        number=_override(fields.number, known.get("number"), "number", notes),
        issuers=_override_issuers(fields, known, notes),
        date=_override(fields.date, known.get("date"), "date", notes),
        effective=_override(fields.effective, known.get("effective"), "effective", notes),
        expires=_override(fields.expires, known.get("expires"), "expires", notes),
        published=_override(None, known.get("published"), "published", notes),
    )
    return replace(changed, contradictions=tuple(notes))


def choose_document(found: tuple[DocumentFields, ...], known: Mapping[str, Field]) -> int:
    """Return which of a text's documents is meant: the one with the number or title known, else the first."""
    for name in ("number", "title"):
        field = known.get(name)
        for place, fields in enumerate(found):
            own = (fields.number,) if name == "number" else (fields.circular_title, fields.title)
            if field and any(value and _same(name, value.value, field.value) for value in own):
                return place
    return 0


def with_address(fields: DocumentFields, known: Mapping[str, Field]) -> DocumentFields:
    """Return the head of a document with the address its text was got from, where that is a web address."""
    field = known.get("address")
    address = _web_address(field.value) if field else None
    return replace(fields, address=HeadField(address, None, field.said_by)) if field and address else fields


def whole_text(text: Text) -> Segment:
    """Return a text of which only the metadata says that it is a document, as one segment without a head."""
    blocks = tuple(
        Block(paragraph.start, paragraph.end, Part.BODY, paragraph.heading, paragraph.kind, paragraph.breaks)
        for paragraph in text.paragraphs
        if paragraph.kind not in (ParagraphKind.FURNITURE, ParagraphKind.CONTENTS)
    )
    return Segment(Span(0, len(text.text)), blocks)


def _web_address(value: str) -> str | None:
    """Return an http or https address as an IRI; None for anything else.

    >>> _web_address("https://www.yunzhou.example/a b.html"), _web_address("见附件"), _web_address("http://[")
    ('https://www.yunzhou.example/a%20b.html', None, None)
    """
    if not _WEB_ADDRESS.match(value):
        return None
    iri = _NOT_IN_IRIS.sub(lambda found: quote(found[0], safe=""), value)
    try:
        return NamedNode(iri).value
    except ValueError:
        return None


def _override(own: HeadField | None, field: Field | None, name: str, notes: list[str]) -> HeadField | None:
    if field is None:
        return own
    if own is not None and _same(name, own.value, field.value):
        return own
    if own is not None:
        notes.append(f"{name}: the text says {own.value}, the {field.said_by} {field.value}")
    return HeadField(field.value, None, field.said_by)


def _same(name: str, one: str, other: str) -> bool:
    if name == "title":
        return _title(one) == _title(other)
    if name == "number":
        return _MARKS.sub("", fold(one)) == _MARKS.sub("", fold(other))
    return one == other


def _title(value: str) -> str:
    return titles.normalise_title(plain(value))


def _override_title(fields: DocumentFields, field: Field | None, notes: list[str]) -> DocumentFields:
    """A page is titled by the circular where there is one, else by the policy alone."""
    if field is None:
        return fields
    title, circular = fields.title, fields.circular_title
    known = _title(field.value)
    if circular and title and known == _title(title.value):
        return fields
    if title and circular is None and not _without_issuer(title.value, field.value):
        issued = _title(title.value).replace(_OF, "")
        if issued in known.replace(_OF, "") and titles.match_circular_title([fold(field.value)]):
            own = HeadField(field.value, None, field.said_by)  # the text is only what the circular issues
            return replace(fields, circular_title=own, circular_type=titles.document_type(field.value))
    own_title = circular or title
    if own_title and _without_issuer(own_title.value, field.value):
        if field.said_by == "page" or _title(own_title.value) == known:
            return fields
        chosen: HeadField | None = replace(own_title, value=field.value, said_by=field.said_by)
    else:
        chosen = _override(own_title, field, "title", notes)
        if own_title and chosen and _title(own_title.value) in known:
            notes.pop()  # the known title is only fuller
            chosen = replace(chosen, span=own_title.span)
    kind = titles.document_type(field.value)
    if circular is not None:
        return replace(fields, circular_title=chosen, circular_type=kind)
    return replace(fields, title=chosen, type=kind)


def _without_issuer(own: str, known: str) -> bool:
    """Whether the known title is the text's own, with or without the issuers in front of it."""
    own, known = _title(own), _title(known)
    if own == known:
        return True
    if not known.startswith(_ABOUT):
        return False
    front = own.removesuffix(known.removeprefix(_ABOUT)).removesuffix(_ABOUT)  # some leave 关于 out as well
    return front != own and _ABOUT not in front


def _override_issuers(
    fields: DocumentFields, known: Mapping[str, Field], notes: list[str]
) -> tuple[HeadField, ...]:
    """Who publishes is mostly the issuer, but a title that names its issuer knows better."""
    own, field = fields.issuers, known.get("issuer") or known.get("publisher")
    if field is None:
        return own
    names = [name for name in _BETWEEN_NAMES.split(fold(field.value)) if name]
    if own and all(any(_same_body(issuer.value, name) for issuer in own) for name in names):
        return tuple(_fuller(issuer, names, field.said_by) for issuer in own)
    if own:
        said = "、".join(issuer.value for issuer in own)
        notes.append(f"issuer: the text says {said}, the {field.said_by} {field.value}")
        title = "".join(value.value for value in (fields.circular_title, fields.title) if value)
        if "issuer" not in known and plain(title).startswith(plain(own[0].value)):
            return own
    return tuple(HeadField(name, None, field.said_by) for name in names)


def _fuller(issuer: HeadField, names: list[str], said_by: str) -> HeadField:
    """The issuer under the known name where that is the longer one (the text has a short form)."""
    name = next((name for name in names if _same_body(issuer.value, name)), "")
    return replace(issuer, value=name, said_by=said_by) if len(name) > len(issuer.value) else issuer


def _same_body(full: str, name: str) -> bool:
    """Whether a name is a body's own, or a short form of it (市政府 for 云州市人民政府)."""
    full, name = plain(full), plain(name)
    for long, short in _SAME_KIND:
        full, name = full.replace(long, short), name.replace(long, short)
    return full.endswith(name)
