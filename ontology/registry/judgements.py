"""What people decided about single mentions (``judgements.csv``), replayed at each build."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ontology.errors import RegistryError
from ontology.registry.model import plain
from ontology.registry.period import is_partial_date
from ontology.registry.read import table
from ontology.registry.registry import Registry

COLUMNS = ("mention", "scope", "decision", "who", "when", "why")
EVERYWHERE = "*"


class Decision(StrEnum):
    """What a judgement can say besides the name of a body."""

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
                    f"{judgement.mention} in {judgement.scope} is {_said(judgement)} here, "
                    f"but {_said(before)} in {before.file}, row {before.row}",
                )
            self._mentions.add(judgement.mention)

    def __len__(self) -> int:
        return len(self._by_key)

    def find(self, mention: str, scopes: Sequence[str]) -> Judgement | None:
        """The judgement on a mention (``plain`` form) in the first of the scopes that has one, else of *."""
        if mention not in self._mentions:
            return None
        found = (self._by_key.get((mention, scope)) for scope in (*scopes, EVERYWHERE))
        return next((judgement for judgement in found if judgement is not None), None)


def judgements(files: Iterable[tuple[str, bytes]], registry: Registry) -> Judgements:
    """Read judgement files, given as name and bytes. Raises RegistryError with file, row and reason."""
    return Judgements(
        [_judgement(c, file, row, registry) for file, d in files for row, c in table(d, file, COLUMNS)]
    )


def _judgement(cells: dict[str, str], file: str, row: int, registry: Registry) -> Judgement:
    for column in COLUMNS:
        if not cells[column]:
            raise RegistryError(file, row, f"the column {column} is empty")
    if not is_partial_date(cells["when"]):
        raise RegistryError(file, row, f"when {cells['when']!r} is no date (YYYY-MM-DD)")
    said = cells["decision"]
    known = said in tuple(Decision)
    if not known and registry.get(said) is None:
        words = ", ".join(Decision)
        raise RegistryError(
            file, row, f"the decision {said!r} is no body of the registry and none of {words}"
        )
    return Judgement(
        mention=plain(cells["mention"]),
        scope=plain(cells["scope"]),
        body=None if known else said,
        decision=Decision(said) if known else None,
        file=file,
        row=row,
    )


def _said(judgement: Judgement) -> str:
    return judgement.body or str(judgement.decision)
