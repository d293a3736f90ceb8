"""Cut a file's text into documents, and each document into its parts.

A circular and the policy that it issues are one segment; so are a decision and the text that it
publishes again. A document begins with a title (over several lines, or glued to the end of the last
paragraph of the one before), a number or a salutation standing alone, or numbering that starts again.
"""

from __future__ import annotations

from itertools import takewhile

from ingest import mastheads, titles
from ingest.clause_labels import match_label
from ingest.errors import InputError
from ingest.model import ClauseKind, ParagraphKind, Part, Segment, Text
from ingest.numerals import parse_integer
from ingest.open_document import OpenDocument
from ingest.pattern import book
from ingest.run_together import cut_head, cut_signature

_FIRST_WORDS = book("titles").regex("text.first-words")
_ARTICLE = book("titles").regex("text.article")
_OFFICIAL = book("titles").regex("text.official")
_OFFICIAL_MARKS = 2  # labels or annotations that make a text without a head a part of a circular
_SHORTEST_PROMINENT = 4  # a title at the top of a file, or marked as one, may be as short as this
_OFFICIAL_WORDS = book("titles").regex("text.official-words")
_OFFICIAL_KINDS = 3  # different words
_SHORTEST_COPY = 100  # code points
_WORDS_REACH = 3_000  # code points
_AHEAD = 8  # paragraphs that a title and its head may take
_SENTENCE = 25  # code points; a paragraph this long that ends in 。 is running text
_TITLES = frozenset({Part.CIRCULAR_TITLE, Part.TITLE})
_OPENING = 10  # the same for the first paragraph below a notice's title
_HEAD_PARTS = _TITLES | {Part.NUMBER, Part.ADDRESSEES}
_ABOVE = frozenset({Part.MASTHEAD, Part.HEADING})


class _Segmenter:
    """Takes the paragraphs of a text one after the other into the document that is open."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.paragraphs = [p for p in text.paragraphs if p.kind is not ParagraphKind.FURNITURE]
        self.bodies = [p for p in self.paragraphs if p.kind is ParagraphKind.BODY]
        self.lines = [text.folded[p.start : p.end] for p in self.bodies]
        self.done: list[Segment] = []
        self.current: OpenDocument | None = None

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

    def close(self) -> None:
        if self.current is not None and self.current.blocks:
            self.done.append(self.current.segment())
        self.current = None

    def begin(self, title: str = "") -> OpenDocument:
        """Open a document. What stood above its head goes with it: a red head, a page's own heading."""
        current = self.current
        if current is not None and self.is_masthead(current, title):
            current.relabel(_TITLES, Part.HEADING)
            self.current = OpenDocument(blocks=current.blocks)
        elif current is not None and current.consists_of(_ABOVE | {Part.NUMBER}) and not current.order:
            self.current = OpenDocument(blocks=current.blocks)  # a number that stands above the title
        else:
            self.close()
            self.current = OpenDocument()
        return self.current

    def is_masthead(self, current: OpenDocument, title: str) -> bool:
        """Whether all that the open document has belongs above the head of one with this title."""
        if current.page_heading or current.consists_of(_ABOVE):
            return current.consists_of(_ABOVE | _TITLES)
        above = "".join(self.text.folded[b.start : b.end] for b in current.blocks if b.part in _TITLES)
        return current.consists_of(_ABOVE | _TITLES) and mastheads.says_the_same(above, title)

    @property
    def at_top(self) -> bool:
        """Whether nothing of a document stands above, or only what belongs above its head."""
        return self.current is None or self.current.consists_of(_ABOVE)

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

    def title_lines(self, index: int) -> list[str]:
        """The paragraphs from ``index`` on that can be one title and its head; a marked heading stands alone."""
        ahead = self.lines[index : index + _AHEAD]
        level = self.bodies[index].heading
        if level == 1:
            marked = takewhile(lambda paragraph: paragraph.heading > 0, self.bodies[index : index + _AHEAD])
            return ahead[: len(list(marked))]
        return ahead

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

    # titles -------------------------------------------------------------------------------------

    def take_title(self, index: int, ahead: list[str]) -> int:
        """A title that begins at ``index``, if one does."""
        current = self.current
        if current is not None and current.expected:
            count = titles.count_expected_title(ahead, current.expected)
            if count and not (current.titled and current.state == "head"):
                return self.take_issued_title(index, count, current)
        if current is not None and current.approved and current.state != "head":
            count = titles.count_expected_title(ahead, current.approved)
            if count:
                current.relabel(frozenset({Part.TITLE}), Part.CIRCULAR_TITLE)
                current.relabel(frozenset({Part.BODY, Part.ANNEX}), Part.NOTICE)
                current.expected, current.approved, current.titled = current.approved, [], False
                return self.take_issued_title(index, count, current)
        circular = titles.match_circular_title(ahead)
        if circular and (
            self.begins_at(index, circular.lines, circular=True)
            or (current is not None and not self.at_top and self.is_masthead(current, circular.text))
        ):
            started = self.begin(circular.text)
            started.circular, started.issues = True, circular.issued is not None
            started.expected = [title for title in (circular.issued, circular.amended) if title]
            started.approved = [circular.approved] if circular.approved else []
            started.decision = circular.amended is not None
            part = Part.CIRCULAR_TITLE if circular.issued else Part.TITLE
            started.titled = circular.issued is None
            self.take(index, circular.lines, part)
            return circular.lines
        order = titles.count_order_lines(ahead)
        if order:
            started = self.begin()
            started.circular = started.order = True
            self.take(index, order, Part.NUMBER)
            return order
        prominent = current is None or self.bodies[index].heading == 1
        count = titles.count_policy_title(ahead, *([_SHORTEST_PROMINENT] if prominent else []))
        if count and self.begins_at(index, count, circular=False):
            if current is not None and current.state in ("notice", "signed") and self.repeats(index, count, current):
                current.relabel(frozenset({Part.TITLE}), Part.HEADING)
                current.state = "body"
            elif (
                current is not None
                and current.circular
                and not current.titled
                and current.state != "body"
                and (current.issues or current.state == "head")
            ):
                current.titled, current.state = True, "body"
            else:
                started = self.begin("".join(ahead[:count]))
                started.titled = True
            self.take(index, count, Part.TITLE)
            return count
        return self.take_untold_title(index, ahead)

    def take_untold_title(self, index: int, ahead: list[str]) -> int:
        """A title that no form tells: the heading of the file, or what stands above a number or a salutation."""
        current, heads = self.current, []
        if self.at_top or (current is not None and current.state == "signed"):
            heads = mastheads.find_untold_head(ahead, top=self.at_top)
        heading = not heads and current is None and self.bodies[index].heading == 1
        if heading:
            heads = [Part.TITLE]
        if heads:
            started = self.begin()
            started.page_heading, started.titled = heading, Part.TITLE in heads
            self.take(index, len(heads), heads[0])
        return len(heads)

    def take_issued_title(self, index: int, count: int, current: OpenDocument) -> int:
        """The title of what the circular issues, or of what the decision publishes again."""
        if current.decision:
            part = Part.REPUBLISHED_TITLE
        else:
            part = Part.TITLE
            if current.titled and current.state in ("notice", "signed") and self.repeats(index, count, current):
                current.relabel(frozenset({Part.TITLE}), Part.HEADING)
            elif current.titled:
                expected = current.expected
                current = self.begin()
                current.expected = expected
            current.titled = True
        current.state, current.annex, current.articles = "body", False, 0
        self.take(index, count, part)
        return count

    def repeats(self, index: int, count: int, current: OpenDocument) -> bool:
        """Whether a title at ``index`` is the one that the open document has as its heading already."""
        above = "".join(self.text.folded[b.start : b.end] for b in current.blocks if b.part is Part.TITLE)
        below = "".join(self.lines[index : index + count])
        return titles.normalise_title(above) == titles.normalise_title(below)

    def take(self, index: int, count: int, part: Part) -> None:
        assert self.current is not None
        for paragraph in self.bodies[index : index + count]:
            self.current.add(paragraph, part)

    def begins_at(self, index: int, count: int, *, circular: bool) -> bool:
        """Whether a title at ``index`` really begins a document here."""
        current = self.current
        if current is not None and circular and not self.at_top:
            last = current.blocks[-1]
            if last.part is Part.ANNEX and titles.ANNEX.match(self.text.folded[last.start : last.end]):
                return titles.NUMBER.match(self.line_after(index + count - 1)) is not None
        if current is not None and not circular and not self.at_top:
            if current.blocks and current.state == "head" and current.titled:
                return False
            last = current.blocks[-1]
            if titles.ANNEX.match(self.text.folded[last.start : last.end]) or (
                current.annex and last.part is Part.TITLE
            ):
                return False
        in_annex = current is not None and current.annex and not circular
        following = self.lines[index + count : index + count + 4]
        for line in following:
            if titles.NUMBER.match(line) or titles.ADDRESSEES.match(line) or titles.HISTORY.match(line):
                return True
            if titles.DRAFT.match(line) or titles.ANNEX_LIST.match(line) or titles.SIGNATURE.match(line) or titles.DATE.match(line):
                continue
            if titles.NOTE.match(line):
                return True
            if titles.ORDER_NUMBER.match(line):
                continue
            if circular and current is None:
                return True
            if in_annex:
                return titles.is_opening(line) or _ARTICLE.match(line) is not None
            return bool(_FIRST_WORDS.match(line)) or (
                len(line) >= (_OPENING if circular else _SENTENCE) and line[-1] in "。:;"
            )
        return circular and not following

    # heads and bodies ---------------------------------------------------------------------------

    def take_head_line(self, index: int, line: str) -> bool:
        """Number, addressees, history, signature and date: lines of a document's head and foot."""
        current, paragraph = self.current, self.bodies[index]
        following = self.line_after(index)
        if titles.NUMBER.match(line) or (
            titles.ORDER_NUMBER.match(line) and current is not None and current.state == "head"
        ):
            if current is None or (
                current.state in ("signed", "body") and not (current.is_near_title() and current.state == "body")
            ):
                if current is not None and not (
                    titles.ADDRESSEES.match(following) or titles.can_be_title_line(following)
                ):
                    return False
                current = self.begin()
                current.circular = True
            again = any(
                block.part is Part.NUMBER and self.text.folded[block.start : block.end] == line
                for block in current.blocks
            )
            current.add(paragraph, Part.MASTHEAD if again else Part.NUMBER)
            return True
        if line[-1] == ":" and titles.ADDRESSEES.match(line):
            if current is not None and current.state == "body":
                if current.annex or (current.blocks[-1].part is Part.TITLE and current.addressed):
                    return False  # a report that a circular forwards is addressed to whom it was made
                if current.is_near_title() and not current.addressed:
                    current.state = "head"
            if current is None or (current.state in ("signed", "body") and _FIRST_WORDS.match(following)):
                current = self.begin()
                current.circular = True
            elif current.state != "head" or current.addressed or not (
                current.blocks[-1].part in _HEAD_PARTS or current.is_near_title()
            ):
                return False
            current.add(paragraph, Part.ADDRESSEES)
            current.addressed, current.state = True, "notice"
            return True
        if current is None:
            return False
        below_title = current.blocks[-1].part in (Part.TITLE, Part.REPUBLISHED_TITLE, Part.HISTORY)
        if below_title and (titles.HISTORY.match(line) or titles.NOTE.match(line)):
            current.add(paragraph, Part.HISTORY)
            return True
        if below_title and line[0] == "(" and titles.date_alone(line):
            current.add(paragraph, Part.SIGNATURE)
            return True
        if below_title and titles.DRAFT.match(line):
            current.add(paragraph, Part.MASTHEAD)
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

    def line_after(self, index: int) -> str:
        """The paragraph behind the one at ``index``."""
        return self.lines[index + 1] if index + 1 < len(self.lines) else ""

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
        if salutation is not None and _FIRST_WORDS.match(self.line_after(index)):
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
    official = any(_looks_official(text, found) for found in segments)
    if not segments or not (official or _is_official_prose(text.folded)):
        raise InputError(text.name, "no circular found: no title, document number, addressees or articles")
    return segments


def _drop_copies(text: Text, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The documents without those that are an earlier one again, as pages for print repeat them."""
    kept: dict[str, Segment] = {}
    for place, found in enumerate(segments):
        quote = "".join(text.folded[slice(*found.span)].split())
        kept.setdefault(quote if len(quote) >= _SHORTEST_COPY else f"{place}", found)
    return tuple(kept.values())


def _is_official_prose(folded: str) -> bool:
    """Whether labels, annotations or the words of whole sentences show a part of an official text."""
    if len(_OFFICIAL.findall(folded)) >= _OFFICIAL_MARKS:
        return True
    words = {found.group() for found in _OFFICIAL_WORDS.finditer(folded, 0, _WORDS_REACH)}
    return "。" in folded and len(words) >= _OFFICIAL_KINDS


def _looks_official(text: Text, found: Segment) -> bool:
    if any(block.part in _HEAD_PARTS for block in found.blocks):
        return True
    return any(_ARTICLE.match(text.folded[block.start : block.end]) for block in found.blocks)
