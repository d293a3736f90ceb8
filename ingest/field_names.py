"""What a name of a column or of a cell on a page means: 发文字号, 文号 and 文件编号 are all the number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

from ingest.folding import fold
from ingest.lexicon import lexicon
from ingest.numerals import iso_date, parse_date
from ontology.written_files import read_yaml

_NOT_OF_A_NAME = re.compile(r"[\s\u00a0\u3000:()\[\]<>*._-]+")
_DATE = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DATES = frozenset({"date", "published", "effective", "expires"})
_DIGIT = re.compile(lexicon().expressions["short_number"])
_LONGEST_NAME = 12  # characters
LONGEST_VALUE = 500  # characters; the longest title seen has under 200
LONGEST_ADDRESS = 2_000  # characters


class _FieldNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    about: str
    source: str
    fields: dict[str, list[str]]
    empty: list[str]
    file_names: list[str]
    identifier_names: list[str]


@cache
def _read() -> _FieldNames:
    source = resources.files("ingest").joinpath("field_names.yaml").read_text("utf8")
    return read_yaml(source, "field_names.yaml", _FieldNames)


def _plain(name: str) -> str:
    return _NOT_OF_A_NAME.sub("", fold(name)).lower()


@cache
def _known() -> Mapping[str, tuple[str, int]]:
    return {
        _plain(name): (field, place)
        for field, names in _read().fields.items()
        for place, name in enumerate(names)
    }


@cache
def _names_of(kind: str) -> frozenset[str]:
    names = _read().file_names if kind == "file" else _read().identifier_names
    return frozenset(map(_plain, names))


def field_of(name: str) -> tuple[str, int] | None:
    """Return the field that a name means and the name's place among the field's names; None where it is none.

    >>> field_of("发 文 字 号："), field_of("索引号"), field_of("附件")
    (('number', 0), ('index', 0), None)
    """
    return _known().get(_plain(name)) if len(name) <= 2 * _LONGEST_NAME else None


def names_a_file(name: str) -> bool:
    """Whether a column of a manifest with this name says which file its row is about."""
    return _plain(name) in _names_of("file")


def names_an_identifier(name: str) -> bool:
    """Whether a column with this name can name the file without its ending."""
    return _plain(name) in _names_of("identifier")


def tidy(field: str, value: str) -> str | None:
    """Return a value in the form that the field has (dates in ISO 8601); None where it says nothing.

    >>> tidy("date", "2020年1月3日"), tidy("published", "2020-01-03 14:37"), tidy("number", "无")
    ('2020-01-03', '2020-01-03', None)
    """
    value = " ".join(value.split())
    longest = LONGEST_ADDRESS if field == "address" else LONGEST_VALUE
    if not value or value in _read().empty or len(value) > longest:
        return None
    if field in _DATES:
        return _day(fold(value))
    if field == "number":
        value = "".join(value.split())
        return value if _DIGIT.search(fold(value)) else None
    if field == "title":
        return value.replace(" ", "")
    return value


def _day(value: str) -> str | None:
    found = _DATE.search(value) or _COMPACT_DATE.fullmatch(value)
    if found:
        year, month, day = map(int, found.groups())
        return iso_date(year, month, day)
    return parse_date("".join(value.split()))


def collect(pairs: Mapping[str, str] | list[tuple[str, str]]) -> dict[str, str]:
    """Return the fields that named values give, of several names for one field the one listed first.

    >>> collect({"文号": "云政发〔2030〕1号", "备注": "x"})
    {'number': '云政发〔2030〕1号'}
    """
    found: dict[str, tuple[int, str]] = {}
    for name, value in pairs.items() if isinstance(pairs, Mapping) else pairs:
        known = field_of(name)
        if known is None:
            continue
        field, rank = known
        tidied = tidy(field, value)
        if tidied is not None and (field not in found or rank < found[field][0]):
            found[field] = (rank, tidied)
    return {field: value for field, (_, value) in found.items()}
