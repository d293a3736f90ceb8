"""What is known of texts beside them: a manifest for many files, and a JSON file beside each.

A manifest is a table (CSV with a head, a JSON list of objects, or JSON Lines). One of its columns names the
file of a row; the others are named as portals name them (``ingest.field_names``).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from ingest.errors import InputError
from ingest.field_names import collect, names_a_file, names_an_identifier
from ingest.model import Field, Text
from ingest.readers.text import decode

Row = Mapping[str, object]
FETCHED = "fetched.jsonl"
"""The manifest that ``gongbao fetch`` writes into its folder; a build finds it there by itself."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The fields known of files, by path, name, and name without ending, as far as each is unambiguous.

    ``fetched`` has those of fetched files, by whole paths.
    """

    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fetched: Mapping[Path, Mapping[str, str]] = field(default_factory=dict)

    def add_to(self, text: Text, path: Path) -> Text:
        """Return a text with what is known of it: a manifest wins over a sidecar, and that over the page.

        What a fetch knows counts as a manifest; one that is given wins over it.

        Raises InputError for a sidecar that is no JSON object.
        """
        known = dict(text.metadata) | self.known_of(text.name, path)
        return replace(text, metadata=known) if known != dict(text.metadata) else text

    def known_of(self, name: str, path: Path) -> dict[str, Field]:
        """Return what is known beside a text of this name in a file. Raises InputError as ``add_to``."""
        known = {key: Field(value, "sidecar") for key, value in read_sidecar(path).items()}
        fetched = self.fetched.get(path.resolve(), {}) if self.fetched else {}
        for found in (fetched, self._find(name, path)):
            known |= {key: Field(value, "manifest") for key, value in found.items()}
        return known

    def _find(self, name: str, path: Path) -> Mapping[str, str]:
        below = PurePosixPath(name)
        keys = (path.as_posix(), name, below.name, path.name, below.stem, path.stem)
        return next((self.fields[key] for key in keys if key in self.fields), {})


def read_manifest(paths: Sequence[Path], built: Sequence[Path] = ()) -> Manifest:
    """Read manifests; of two that know a file, the later wins. Raises InputError, if possible with a line.

    ``built`` are the files and folders of a build: manifests of fetches in and above them are read as well.
    """
    fields: dict[str, Mapping[str, str]] = {}
    for path in paths:
        seen: set[str] = set()
        for row in _rows(path):
            known = _fields(row)
            if not known:
                continue
            for key in _keys(row):
                # two rows of one manifest for the same short name: neither is surely meant
                fields[key] = known if key not in seen or "/" in key else {}
                seen.add(key)
    return Manifest({key: known for key, known in fields.items() if known}, _read_fetched(built))


def _read_fetched(built: Sequence[Path]) -> dict[Path, Mapping[str, str]]:
    """Read what fetches wrote of their files: the manifest is at most one folder above a file."""
    manifests: dict[Path, None] = {}
    for path in map(Path.resolve, built):
        above = (folder / FETCHED for folder in (path, *path.parents[:2]))
        manifests |= dict.fromkeys(manifest for manifest in above if manifest.is_file())
        if path.is_dir():
            manifests |= dict.fromkeys(sorted(path.rglob(FETCHED)))
    fields: dict[Path, Mapping[str, str]] = {}
    for manifest in manifests:
        content = _read_bytes(manifest)
        whole = content[: content.rfind(b"\n") + 1]  # a fetch may just be adding a line
        for number, line in enumerate(whole.splitlines(), 1):
            row = _row(_load(line.decode("utf8", "replace"), manifest.name, number), manifest.name, number)
            file, known = row.get("file"), _fields(row)
            if isinstance(file, str) and "\0" not in file:
                fields[(manifest.parent / file).resolve()] = known
    return fields


def sidecars(path: Path) -> tuple[Path, Path]:
    """Return where a JSON file with the fields of a file may be."""
    return path.with_name(f"{path.name}.json"), path.with_suffix(".json")


def read_sidecar(path: Path) -> dict[str, str]:
    """Return the fields in the JSON file (``NAME.json``, ``NAME.txt.json``) beside a file, if any."""
    for beside in sidecars(path):
        if beside != path and beside.is_file():
            found = _load(_read(beside), beside.name)
            if not isinstance(found, dict):
                raise InputError(beside.name, "no JSON object with the fields of one document")
            return _fields(found)
    return {}


def _read(path: Path) -> str:
    return decode(_read_bytes(path), path.name)[0]


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error


def _load(text: str, name: str, line: int = 1) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(name, f"not JSON: {error.msg}", line + error.lineno - 1) from error
    except RecursionError as error:
        raise InputError(name, "not JSON that can be read: nested too deeply", line) from error


def _rows(path: Path) -> Iterator[Row]:
    text = _read(path)
    if path.suffix.lower() == ".json":
        loaded = _load(text, path.name)
        rows: Iterable[object] = loaded if isinstance(loaded, list) else [loaded]
        for place, row in enumerate(rows, 1):
            yield _row(row, f"{path.name}: item {place}", None)
    elif path.suffix.lower() in (".jsonl", ".ndjson"):
        for line, source in enumerate(text.splitlines(), 1):
            if source.strip():
                yield _row(_load(source, path.name, line), path.name, line)
    elif path.suffix.lower() in (".csv", ".tsv"):
        separator = "\t" if path.suffix.lower() == ".tsv" else ","
        try:
            yield from csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
        except csv.Error as error:
            raise InputError(path.name, f"not CSV: {error}") from error
    else:
        raise InputError(path.name, "a manifest is a .csv, .tsv, .json or .jsonl file")


def _row(row: object, name: str, line: int | None) -> Row:
    if not isinstance(row, dict):
        raise InputError(name, "not an object with the fields of a document", line)
    return row


def _fields(row: Row) -> dict[str, str]:
    return collect([(str(name), _words(value)) for name, value in row.items()])


def _words(value: object) -> str:
    if isinstance(value, list):
        return "、".join(map(_words, value))
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _keys(row: Row) -> list[str]:
    """Return the names by which a row's file can be found, the whole path first."""
    keys: dict[str, None] = {}
    for name, value in row.items():
        values = value if isinstance(value, list) else [value]
        if names_a_file(str(name)):
            for file in values:
                path = PurePosixPath(str(file).replace("\\", "/"))
                keys |= dict.fromkeys((path.as_posix(), path.name))
        elif names_an_identifier(str(name)) and values != [None]:
            keys[str(value)] = None
    return list(keys)
