"""Cases as data: one YAML file a module, a list of mappings that each have a ``name``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

Case = dict[str, Any]


def cases(file: str) -> list[Case]:
    """The cases of ``tests/cases/<file>.yaml``. Two cases of one name are an error."""
    text = Path(__file__).with_name(f"{file}.yaml").read_text("utf8")
    found: list[Case] = yaml.load(text, Loader=yaml.CSafeLoader)
    names = [case["name"] for case in found]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"{file}.yaml: these names stand twice: {sorted(twice)}")
    return found


def name(case: Case) -> str:
    """What pytest calls a case."""
    return str(case["name"])
