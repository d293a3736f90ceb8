"""Full width to half width, one character for one, so that offsets stay."""

from __future__ import annotations

_FULL_WIDTH = "".join(map(chr, range(0xFF01, 0xFF5F)))
_HALF_WIDTH = "".join(map(chr, range(0x21, 0x7F)))
_FOLDED = dict(zip(_FULL_WIDTH + "〔〕【】　﹝﹞〖〗", _HALF_WIDTH + "[][] [][]", strict=True))


def fold(text: str) -> str:
    """Full-width ASCII and the square brackets of document numbers to half width, one for one."""
    for character in _FOLDED.keys() & set(text):  # a few, so that this is faster than str.translate
        text = text.replace(character, _FOLDED[character])
    return text
