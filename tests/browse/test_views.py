"""Every view over the samples, without a browser: no exception, a title, in both languages."""

from __future__ import annotations

import pytest

from app.browse.i18n import messages
from app.browse.routes import VIEWS
from tests.browse.conftest import View

NAMES = [view.name for view in VIEWS]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_view_has_its_title(view: View, name: str, language: str) -> None:
    found = view(name, lang="en") if language == "en" else view(name)
    expected = messages()[f"{name}.name"]
    assert found.title[0].value == (expected.en if language == "en" else expected.zh)


@pytest.mark.parametrize("name", NAMES)
def test_an_endpoint_that_is_down_is_said(view: View, name: str) -> None:
    found = view(name, endpoint="http://127.0.0.1:9")
    assert [element.value for element in found.error] == [messages()["error.unreachable"].zh]
