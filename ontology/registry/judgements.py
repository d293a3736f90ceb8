"""Decisions of people about single mentions (``judgements.csv``), replayed at each build."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ontology.errors import RegistryError
from ontology.normal import plain
from ontology.registry.period import is_partial_date
from ontology.registry.registry import Registry
from ontology.registry.rows import CsvRow, read_table

COLUMNS = ("mention", "scope", "decision", "who", "when", "why")
EVERYWHERE = "*"


class Decision(StrEnum):
    """The decisions that are not the name of a body."""

    GENERIC = "generic"
    PARTY = "party"  # no public body at all
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision: ``body`` is a canonical name of the registry, or None where ``decision`` says it all.

    ``scope`` is * , the name of an area, or a document's number or title.
    """

    mention: str
    scope: str
    body: str | None
    decision: Decision | None
    file: str
    row: int


class Judgements:
    """All judgements by mention and scope; the narrowest scope wins."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self._by_key: dict[tuple[str, str], Judgement] = {}
        self._mentions: set[str] = set()
        for judgement in judgements:
            key = (judgement.mention, judgement.scope)
            before = self._by_key.setdefault(key, judgement)
            if (before.body, before.decision) != (judgement.body, judgement.decision):
                raise RegistryError(
                    judgement.file,
                    judgement.row,
                    f"{judgement.mention} in {judgement.scope} is {_decided(judgement)} here, "
                    f"but {_decided(before)} in {before.file}, row {before.row}",
                )
            self._mentions.add(judgement.mention)

    def __len__(self) -> int:
        return len(self._by_key)

    def find(self, mention: str, scopes: Sequence[str]) -> Judgement | None:
        """Return the judgement on a mention (``plain`` form): in the first scope that has one, else in *."""
        if mention not in self._mentions:
            return None
        found = (self._by_key.get((mention, scope)) for scope in (*scopes, EVERYWHERE))
        return next((judgement for judgement in found if judgement is not None), None)


def read_judgements(files: Iterable[tuple[str, bytes]], registry: Registry) -> Judgements:
    """Read judgement files, given as name and bytes. Raises RegistryError with file, row and reason."""
    rows = (row for file, data in files for row in read_table(data, file, COLUMNS))
    return Judgements([_judgement(row, registry) for row in rows])


def _judgement(row: CsvRow, registry: Registry) -> Judgement:
    for column in COLUMNS:
        if not row[column]:
            raise row.error(f"the column {column} is empty")
    if not is_partial_date(row["when"]):
        raise row.error(f"when {row['when']!r} is no date (YYYY-MM-DD)")
    decided = row["decision"]
    known = decided in tuple(Decision)
    if not known and registry.get(decided) is None:
        words = ", ".join(Decision)
        raise row.error(f"the decision {decided!r} is no body of the registry and none of {words}")
    return Judgement(
        mention=plain(row["mention"]),
        scope=plain(row["scope"]),
        body=None if known else decided,
        decision=Decision(decided) if known else None,
        file=row.file,
        row=row.number,
    )


def _decided(judgement: Judgement) -> str:
    return judgement.body or str(judgement.decision)
