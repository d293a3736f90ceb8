"""The document that is open while a file is cut, and the titles with which documents begin."""

from __future__ import annotations

from itertools import takewhile

from ingest import mastheads, titles
from ingest.model import ParagraphKind, Part, Segment, Text
from ingest.open_document import ABOVE, TITLES, OpenDocument
from ingest.pattern import book

FIRST_WORDS = book("titles").regex("text.first-words")
_ARTICLE = book("titles").regex("text.article")
_SHORTEST_PROMINENT = 4  # a title at the top of a file, or marked as one, may be as short as this
_AHEAD = 8  # paragraphs that a title and its head may take
_FOOT = 12  # paragraphs of issuers' names and a date that may stand between a title and its text
_SENTENCE = 25  # code points; a paragraph this long that ends in 。 is running text
_OPENING = 10  # the same for the first paragraph below a notice's title


class TitleTaker:
    """Takes titles out of the paragraphs of a text into the document that is open."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.paragraphs = [p for p in text.paragraphs if p.kind is not ParagraphKind.FURNITURE]
        self.bodies = [p for p in self.paragraphs if p.kind is ParagraphKind.BODY]
        self.lines = [text.folded[p.start : p.end] for p in self.bodies]
        self.done: list[Segment] = []
        self.current: OpenDocument | None = None

    def close(self) -> None:
        """Finish the open document."""
        if self.current is not None and self.current.blocks:
            self.done.append(self.current.segment())
        self.current = None

    def begin(self, title: str = "") -> OpenDocument:
        """Open a document. What stood above its head goes with it: a red head, a page's own heading."""
        current = self.current
        if current is not None and self.is_masthead(current, title):
            current.relabel(TITLES, Part.HEADING)
            self.current = OpenDocument(blocks=current.blocks)
        elif current is not None and current.consists_of(ABOVE | {Part.NUMBER}) and not current.order:
            self.current = OpenDocument(blocks=current.blocks)  # a number that stands above the title
        else:
            self.close()
            self.current = OpenDocument()
        return self.current

    def is_masthead(self, current: OpenDocument, title: str) -> bool:
        """Whether all that the open document has belongs above the head of one with this title."""
        if not current.consists_of(ABOVE | TITLES):
            return False
        if current.page_heading or current.consists_of(ABOVE):
            return True
        above = "".join(self.text.folded[b.start : b.end] for b in current.blocks if b.part in TITLES)
        return mastheads.says_the_same(above, title)

    @property
    def at_top(self) -> bool:
        """Whether nothing of a document stands above, or only what belongs above its head."""
        return self.current is None or self.current.consists_of(ABOVE)

    def title_lines(self, index: int) -> list[str]:
        """The paragraphs from ``index`` on that can be a title and its head; a marked one stands alone."""
        ahead = self.lines[index : index + _AHEAD]
        level = self.bodies[index].heading
        if level == 1:
            marked = takewhile(lambda paragraph: paragraph.heading > 0, self.bodies[index : index + _AHEAD])
            return ahead[: len(list(marked))]
        return ahead

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
                current.relabel(frozenset({Part.BODY}), Part.NOTICE)
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
            started.titled = started.notice_title = circular.issued is None
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
            if (
                current is not None
                and current.state in ("notice", "signed")
                and self.repeats(index, count, current)
            ):
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
        """A title that no form tells: the file's heading, or what stands above a number or a salutation."""
        current, heads = self.current, []
        if self.at_top or (current is not None and current.state == "signed"):
            heads = mastheads.find_untold_head(ahead, top=self.at_top)
        heading = not heads and current is None and self.bodies[index].heading == 1
        if current is None and titles.NEWS.match(ahead[0]):
            heads = [Part.TITLE]
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
            if (
                current.titled
                and current.state in ("notice", "signed")
                and self.repeats(index, count, current)
            ):
                current.relabel(frozenset({Part.TITLE}), Part.HEADING)
            elif current.notice_title and current.issues:
                current.relabel(frozenset({Part.TITLE}), Part.CIRCULAR_TITLE)
                current.notice_title = False
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
        """Put paragraphs into the open document as one part."""
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
        following = self.lines[index + count : index + count + _FOOT]
        for line in following:
            if titles.NUMBER.match(line) or titles.ADDRESSEES.match(line) or titles.HISTORY.match(line):
                return True
            if (
                titles.DRAFT.match(line)
                or titles.ANNEX_LIST.match(line)
                or titles.SIGNATURE.match(line)
                or titles.DATE.match(line)
            ):
                continue
            if titles.NOTE.match(line):
                return True
            if titles.ORDER_NUMBER.match(line):
                continue
            if circular and current is None:
                return True
            if in_annex:
                return titles.is_opening(line) or _ARTICLE.match(line) is not None
            return bool(FIRST_WORDS.match(line)) or (
                len(line) >= (_OPENING if circular else _SENTENCE) and line[-1] in "。:;"
            )
        return circular and not following

    def line_after(self, index: int) -> str:
        """The paragraph behind the one at ``index``."""
        return self.lines[index + 1] if index + 1 < len(self.lines) else ""
