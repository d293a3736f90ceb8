"""The five verbs: read, extract, build, open_store, ask.

The pipeline is loaded when a verb first needs it, so that importing this module costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.model import Text
from ingest.quoted_facts import QuotedFact, quoted_facts

if TYPE_CHECKING:
    from app.python_api.open_store import OpenStore, Value
    from ingest.build import BuildReport
    from queries.present.typed_rows import TypedRow

StrPath = str | Path


def read(path: StrPath, name: str | None = None) -> Text:
    """Read a file of any known format into its normalised text. Facts name it ``name``, else as the file.

    What a JSON file beside it says of it is known of the text (docs/inputs.md). Raises InputError, with the
    line where there is one, for what cannot be read and for a file that holds several texts.
    """
    from ingest.manifest import Manifest  # noqa: PLC0415 - see above
    from ingest.read import read as read_file  # noqa: PLC0415

    return Manifest().add_to(read_file(Path(path), name), Path(path))


def extract(text: Text | str) -> tuple[QuotedFact, ...]:
    """Return the facts of a text that was read, or of a string with the words of a circular, in their order.

    Raises InputError for what is no circular.
    """
    from ingest.extract import extract as extract_facts  # noqa: PLC0415 - see above
    from ingest.pipeline import documents  # noqa: PLC0415
    from ingest.read import read_bytes  # noqa: PLC0415

    if isinstance(text, str):
        # half of a surrogate pair is no UTF-8: reading says so, with the line
        text = read_bytes(text.encode("utf8", "surrogatepass"), "text")
    return quoted_facts(text, ((document, extract_facts(document)) for document in documents(text)))


def build(  # noqa: PLR0913 - a build has the options that the command has
    paths: StrPath | Iterable[StrPath],
    store: StrPath,
    *,
    strict: bool = False,
    check: bool = True,
    keep: int = 2,
    base: str | None = None,
    registries: Iterable[StrPath] = (),
    metadata: Iterable[StrPath] = (),
    originals: bool = True,
    workers: int | None = None,
) -> BuildReport:
    """Build a new version of a store from files and folders, as ``gongbao build`` does.

    ``strict``: a violated shape stops the build. ``check``: check the graphs against the shapes at all.
    ``keep``: older versions to keep. ``base``: base of the IRIs. ``registries``: folders with further bodies
    and judgements. ``metadata``: files that say what is known of the texts. ``originals``: keep the
    bytes of files that are more than a plain text, so that their pages can be shown. ``workers``: processes
    that share the work. A file that fails stands in ``errors`` of the report and does not stop the others.
    Raises GongbaoError (StoreError, StrictError, RegistryError …) where nothing was built; the store is then
    as it was.
    """
    from ingest.build import build_store  # noqa: PLC0415 - see above
    from ontology.iris import Iris  # noqa: PLC0415

    several = (paths,) if isinstance(paths, str | Path) else paths
    return build_store(
        [Path(path) for path in several],
        Path(store),
        iris=Iris() if base is None else Iris(base),
        strict=strict,
        check=check,
        keep=keep,
        registries=[Path(folder) for folder in registries],
        metadata=[Path(file) for file in metadata],
        originals=originals,
        workers=workers,
    )


def open_store(store: StrPath) -> OpenStore:
    """Open the current version of a store for reading. Raises StoreError where there is none."""
    from app.python_api.open_store import OpenStore  # noqa: PLC0415 - see above

    return OpenStore(Path(store))


def ask(store: StrPath | OpenStore, name: str, /, **values: Value) -> list[TypedRow]:
    """Ask a store a question of the library; see ``OpenStore.ask``."""
    opened = open_store(store) if isinstance(store, str | Path) else store
    return opened.ask(name, **values)
