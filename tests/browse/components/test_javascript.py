"""The JavaScript of components: modules are joined into one."""

from __future__ import annotations

import re
from collections import Counter
from importlib import resources
from pathlib import Path

import pytest

from app.browse.components.javascript import join_modules
from app.browse.components.marked_text.component import MODULES as MARKED_TEXT
from app.browse.views.questions.editor import MODULES as EDITOR


def test_imports_and_exports_go_and_the_default_export_stays(tmp_path: Path) -> None:
    one = 'import { b } from "./two.js";\n\nexport function a() {\n  b();\n}\n'
    two = 'import {\n  a,\n} from "./one.js";\n\nexport default function () {\n  a();\n}\n'
    (tmp_path / "one.js").write_text(one, "utf8")
    (tmp_path / "two.js").write_text(two, "utf8")
    joined = re.sub(r"\n+", "\n", join_modules(tmp_path, ("one", "two")))
    assert joined == "\nfunction a() {\n  b();\n}\nexport default function () {\n  a();\n}\n"


@pytest.mark.parametrize(
    ("package", "names"),
    [("app.browse.components.marked_text", MARKED_TEXT), ("app.browse.views.questions", EDITOR)],
)
def test_every_module_is_joined_and_no_top_level_name_stands_twice(
    package: str, names: tuple[str, ...]
) -> None:
    folder = resources.files(package).joinpath("assets")
    assert {f"{name}.js" for name in names} == {
        file.name for file in folder.iterdir() if file.name.endswith(".js")
    }
    joined = join_modules(folder, names)
    assert not re.search(r"^import |^export (?!default function )", joined, re.MULTILINE)
    defined = re.findall(r"^(?:const|let|function\*?) (\w+)", joined, re.MULTILINE)
    assert [name for name, count in Counter(defined).items() if count > 1] == []
