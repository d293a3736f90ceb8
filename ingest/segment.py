"""Cut a file's text into documents, and each document into its parts.

A circular and the policy that it issues are one segment; so are a decision and the text that it
publishes again. A document begins with a title (over several lines, or glued to the end of the last
paragraph of the one before), a number or a salutation standing alone, or numbering that starts again.
"""

from __future__ import annotations

from ingest import mastheads, titles
from ingest.clause_labels import match_label
from ingest.errors import InputError
from ingest.model import ClauseKind, ParagraphKind, Part, Segment, Text
from ingest.numerals import parse_integer
from ingest.official import is_official
from ingest.open_document import FIRST, TITLES, OpenDocument
from ingest.pattern import book
from ingest.run_together import cut_head, cut_signature
from ingest.title_taker import FIRST_WORDS, TitleTaker

_ARTICLE = book("titles").regex("text.article")
_SHORTEST_COPY = 100  # code points
_HEAD_PARTS = TITLES | {Part.NUMBER, Part.ADDRESSEES}
_BELOW_TITLE = frozenset({Part.TITLE, Part.REPUBLISHED_TITLE, Part.HISTORY, Part.SIGNATURE})
_NAMES = 60  # code points of a line of issuers' names


class _Segmenter(TitleTaker):
    """Takes the paragraphs of a text one after the other into the document that is open."""

    def cut(self) -> tuple[Segment, ...]:
        index = 0
        others = iter([p for p in self.paragraphs if p.kind is not ParagraphKind.BODY])
        other = next(others, None)
        while index < len(self.bodies):
            while other is not None and other.start < self.bodies[index].start:
                if self.current is not None and other.kind is not ParagraphKind.CONTENTS:
                    self.current.add(other, Part.ANNEX if self.current.annex else Part.BODY)
                other = next(others, None)
            index += self.place_paragraph(index)
        while other is not None:
            if self.current is not None:
                self.current.add(other, Part.BODY)
            other = next(others, None)
        self.close()
        return tuple(self.done)

    def place_paragraph(self, index: int) -> int:
        """Place the paragraph at ``index`` (and those that go with it); gives how many were placed."""
        self.cut_apart(index)
        line = self.lines[index]
        if self.current is None and titles.DATE.match(line):
            return 1  # the day of an issue, on its cover
        ahead = self.title_lines(index)
        if index + 1 < len(self.lines) and (
            (self.at_top and mastheads.is_masthead(line))
            or (self.current is not None and self.current.state == "head" and mastheads.FIELD.match(line))
        ):
            self.current = self.current or OpenDocument()
            self.take(index, 1, Part.MASTHEAD)
            return 1
        looks_like_title = titles.can_be_title_line(line)
        if looks_like_title:
            taken = self.take_title(index, ahead)
            if taken:
                return taken
        if len(line) <= 2000 and self.take_head_line(index, line):
            return 1
        self.take_text(index, line)
        return 1

    def cut_apart(self, index: int) -> None:
        """Put the lines of a document that one paragraph holds in its place."""
        paragraph, line = self.bodies[index], self.lines[index]
        pieces = [paragraph]
        if self.current is None or self.current.state in ("head", "signed"):
            pieces = cut_head(paragraph, line)
        if len(pieces) == 1:
            pieces = cut_signature(paragraph, line)
        if len(pieces) > 1:
            self.bodies[index : index + 1] = pieces
            self.lines[index : index + 1] = [self.text.folded[p.start : p.end] for p in pieces]

    def take_head_line(self, index: int, line: str) -> bool:
        """Number, addressees, history, signature and date: lines of a document's head and foot."""
        ordered = (
            self.current is not None and self.current.state == "head" and titles.ORDER_NUMBER.match(line)
        )
        if titles.NUMBER.match(line) or ordered:
            return self.take_number(index, line)
        if line[-1] == ":" and titles.ADDRESSEES.match(line):
            return self.take_salutation(index)
        current, paragraph = self.current, self.bodies[index]
        if current is None:
            return False
        if current.blocks[-1].part in _BELOW_TITLE and self.take_below_title(index, line, current):
            return True
        if titles.DATE.match(line) and current.state in ("notice", "signed", "body", "head"):
            current.add(paragraph, Part.SIGNATURE)
            if current.state == "notice":
                current.state = "signed"
            return True
        if len(line) <= 60 and titles.SIGNATURE.match(line) and self.is_signature(index):
            current.add(paragraph, Part.SIGNATURE)
            return True
        if titles.ANNEX.match(line) and current.state != "head":
            current.annex = True
            current.add(paragraph, Part.ANNEX)
            return True
        return False

    def take_number(self, index: int, line: str) -> bool:
        """A document's number; it opens a document unless the title stands above it."""
        current, following = self.current, self.line_after(index)
        near = current is not None and current.state == "body" and current.is_near_title()
        if current is None or (current.state in ("signed", "body") and not near):
            if current is not None and not (
                titles.ADDRESSEES.match(following) or titles.can_be_title_line(following)
            ):
                return False
            current = self.begin()
            current.circular = True
        again = any(
            block.part is Part.NUMBER and self.text.folded[block.start : block.end] == line
            for block in current.blocks[:FIRST]
        )
        current.add(self.bodies[index], Part.MASTHEAD if again else Part.NUMBER)
        return True

    def take_salutation(self, index: int) -> bool:
        """To whom a document is addressed; without a title above it opens one."""
        current, following = self.current, self.line_after(index)
        if current is not None and current.state == "body":
            if current.annex or (current.blocks[-1].part is Part.TITLE and current.addressed):
                return False  # a report that a circular forwards is addressed to whom it was made
            if current.is_near_title() and not current.addressed:
                current.state = "head"
        if current is None or (current.state in ("signed", "body") and FIRST_WORDS.match(following)):
            current = self.begin()
            current.circular = True
        elif (
            current.state != "head"
            or current.addressed
            or not (current.blocks[-1].part in _HEAD_PARTS or current.is_near_title())
        ):
            return False
        current.add(self.bodies[index], Part.ADDRESSEES)
        current.addressed, current.state = True, "notice"
        return True

    def take_below_title(self, index: int, line: str, current: OpenDocument) -> bool:
        """What stands below a title: the acts that made the text, its day, the mark of a draft."""
        if titles.HISTORY.match(line) or titles.NOTE.match(line):
            part = Part.HISTORY
        elif line[0] == "(" and titles.date_alone(line):
            part = Part.SIGNATURE
        elif titles.DRAFT.match(line):
            part = Part.MASTHEAD
        elif len(line) <= _NAMES and titles.SIGNATURE.match(line) and current.state == "head":
            part = Part.SIGNATURE
        else:
            return False
        current.add(self.bodies[index], part)
        return True

    def is_signature(self, index: int) -> bool:
        """Whether a body's name at ``index`` is a signature: only names and a date follow it."""
        for line in self.lines[index + 1 : index + 20]:
            if titles.DATE.match(line):
                return True
            if not titles.SIGNATURE.match(line):
                return False
        return index + 1 >= len(self.lines)

    def take_text(self, index: int, line: str) -> None:
        """Running text; it may hide the next document's title at its end."""
        current, paragraph = self.current, self.bodies[index]
        label = match_label(self.text.folded, paragraph.start, paragraph.end, paragraph.breaks)
        article = label is not None and label[0].attributes.kind is ClauseKind.ARTICLE
        first = article and label is not None and parse_integer(label[1]["number"]) == 1
        restarts = titles.is_opening(line) or first
        if current is None or (restarts and current.articles >= 2 and not current.annex):
            current = self.begin()
        if article:
            current.articles += 1
        if current.state == "head":
            notice = current.circular and (current.addressed or bool(current.expected) or not current.titled)
            current.state = "notice" if notice and not article else "body"
        elif current.state == "notice" and not current.expected and titles.LABEL.match(line):
            current.state, current.issues = "body", False  # the notice is itself the text
        elif current.state == "signed" and not titles.ANNEX_LIST.match(line) and not line.startswith("("):
            current.state = "body"
        part = Part.ANNEX if current.annex else Part.NOTICE if current.state == "notice" else Part.BODY
        glued = titles.find_glued_title(line) if len(line) > 2 else None
        if glued is not None and self.begins_at(index, 1, circular=True):
            start = paragraph.start + glued
            current.add(paragraph, part, end=start)
            started = self.begin()
            if titles.is_opening(line[glued:]):
                started.state = "body"
                started.add(paragraph, Part.BODY, start=start)
            else:
                started.titled = True
                started.add(paragraph, Part.TITLE, start=start)
            return
        salutation = titles.find_glued_addressees(line)
        if salutation is not None and FIRST_WORDS.match(self.line_after(index)):
            start = paragraph.start + salutation
            current.add(paragraph, part, end=start)
            started = self.begin()
            started.circular = started.addressed = True
            started.state = "notice"
            started.add(paragraph, Part.ADDRESSEES, start=start)
            return
        current.add(paragraph, part)
        if current.state == "notice":
            self.note_issued_titles(line, current)

    def note_issued_titles(self, line: str, current: OpenDocument) -> None:
        """Titles that the notice's own text says it issues."""
        current.issues = current.issues or titles.says_it_issues(line)
        for title in titles.find_issued_titles(line):
            if titles.normalise_title(title) not in map(titles.normalise_title, current.expected):
                current.expected.append(title)


def segment(text: Text) -> tuple[Segment, ...]:
    """The documents of a file, in its order.

    Raises InputError where nothing in the file shows that it is a circular: no title, number,
    salutation or article.
    """
    segments = _drop_copies(text, _Segmenter(text).cut())
    if not segments or not is_official(text, segments):
        raise InputError(text.name, "no circular found: no title, document number, addressees or articles")
    return segments


def _drop_copies(text: Text, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The documents without those that are an earlier one again, as pages for print repeat them."""
    kept: dict[str, Segment] = {}
    before = ""
    for place, found in enumerate(segments):
        quote = "".join(text.folded[slice(*found.span)].split())
        long = len(quote) >= _SHORTEST_COPY
        if not (long and quote in before):  # the text of the one before, without its head
            kept.setdefault(quote if long else f"{place}", found)
            before = quote
    return tuple(kept.values())
