"""Objects as they are kept in a version: packed with a digest, so that damage is noticed.

A store may come from other people, and reading a pickle can run whatever it says. So nothing is read but the
plain classes of gongbao: anything else, like a damaged file, raises ValueError.
"""

from __future__ import annotations

import dataclasses
import enum
import io
import pickle
import sys
import zlib
from hashlib import sha256

_OURS = ("ingest.", "ontology.")
_OTHERS = {
    ("copyreg", "_reconstructor"),
    ("builtins", "object"),
    ("builtins", "set"),
    ("builtins", "frozenset"),
    ("collections", "Counter"),
    ("datetime", "date"),
    ("decimal", "Decimal"),
    ("fractions", "Fraction"),
}
_LEVEL = 1  # of compression: most of what more would gain, and quick
_DIGEST = 32


def pack(thing: object) -> bytes:
    """Return an object as bytes."""
    data = zlib.compress(pickle.dumps(thing, pickle.HIGHEST_PROTOCOL), _LEVEL)
    return sha256(data).digest() + data


def unpack(data: bytes) -> object:
    """Return an object that ``pack`` has made. Raises ValueError for anything else."""
    digest, rest = data[:_DIGEST], data[_DIGEST:]
    if sha256(rest).digest() != digest:
        raise ValueError("damaged, or not written by gongbao")
    try:
        return _Unpickler(io.BytesIO(zlib.decompress(rest))).load()
    except (
        pickle.UnpicklingError,
        zlib.error,
        AttributeError,
        EOFError,
        ImportError,
        IndexError,
        KeyError,
        TypeError,
    ) as error:
        raise ValueError(f"cannot be read: {error}") from error


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        """Return a class that may stand in what is kept."""
        if (module, name) in _OTHERS:
            return super().find_class(module, name)
        if module.startswith(_OURS) and module in sys.modules and "." not in name:
            found = getattr(sys.modules[module], name, None)
            if isinstance(found, type) and _is_plain(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not kept in a store")


def _is_plain(kind: type) -> bool:
    """Tell whether a class only holds what it is given."""
    named_tuple = issubclass(kind, tuple) and hasattr(kind, "_fields")
    error = issubclass(kind, Exception)
    return dataclasses.is_dataclass(kind) or issubclass(kind, enum.Enum) or named_tuple or error
