"""What an analyst does, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browse.conftest import settled


def test_the_language_is_switched_and_stays(samples_browser: str, page: Page) -> None:
    page.goto(samples_browser)
    settled(page)
    expect(page.locator("h1").first).to_have_text("总览")
    page.get_by_text("English").click()
    expect(page.locator("h1").first).to_have_text("Overview")
    page.get_by_role("link", name="Tasks").first.click()
    expect(page.locator("h1").first).to_have_text("Tasks")
    assert "lang=en" in page.url
