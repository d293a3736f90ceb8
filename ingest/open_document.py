"""A document while its paragraphs are being gathered."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from ingest.model import Block, Paragraph, Part, Segment, Span

TITLES = frozenset({Part.TITLE, Part.CIRCULAR_TITLE})
ABOVE = frozenset({Part.MASTHEAD, Part.HEADING})
_MASTHEAD = frozenset({Part.MASTHEAD})
_ABOVE_TITLE = frozenset({Part.MASTHEAD, Part.NUMBER})
FIRST = 40  # blocks in which a head stands
_NEAR = 120  # code points: who speaks, when, a number with its date


@dataclass(slots=True)
class OpenDocument:
    """The document that is being put together."""

    state: str = "head"  # head → notice → signed → body
    blocks: list[Block] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    approved: list[str] = field(default_factory=list)  # titles that it issues if they follow as an annex
    page_heading: bool = False  # whether its only title so far is the heading of the file
    circular: bool = False
    order: bool = False  # whether it is an order, whose number stands below its head
    decision: bool = False
    titled: bool = False
    addressed: bool = False
    articles: int = 0
    annex: bool = False
    notice_title: bool = False  # whether its title is a notice's that names nothing it issues
    issues: bool = False  # whether its notice says that it issues something

    def add(self, paragraph: Paragraph, part: Part, start: int | None = None, end: int | None = None) -> None:
        """Take a paragraph, or a stretch of it, as a block of this document."""
        begin = paragraph.start if start is None else start
        stop = paragraph.end if end is None else end
        breaks = tuple(offset for offset in paragraph.breaks if begin < offset < stop)
        self.blocks.append(Block(begin, stop, part, paragraph.heading, paragraph.kind, breaks))

    def consists_of(self, parts: AbstractSet[Part]) -> bool:
        """Whether all blocks so far are of some parts."""
        return len(self.blocks) <= FIRST and all(block.part in parts for block in self.blocks)

    def is_near_title(self) -> bool:
        """Whether little but the title has come yet."""
        if len(self.blocks) > FIRST or not any(block.part in TITLES for block in self.blocks):
            return False
        rest = [block for block in self.blocks if block.part not in ABOVE | TITLES]
        return sum(block.end - block.start for block in rest) <= _NEAR

    def relabel(self, parts: AbstractSet[Part], part: Part) -> None:
        """Make blocks of some parts blocks of another one."""
        self.blocks = [replace(block, part=part) if block.part in parts else block for block in self.blocks]

    def segment(self) -> Segment:
        """What was gathered; it begins at its title, below the red head and the number that stands there."""
        above = (
            _ABOVE_TITLE
            if not self.order and any(b.part in TITLES for b in self.blocks[:FIRST])
            else _MASTHEAD
        )
        begins = next((block for block in self.blocks if block.part not in above), self.blocks[0])
        return Segment(Span(begins.start, self.blocks[-1].end), tuple(self.blocks), tuple(self.expected))
