"""The tests' Chromium notices what a page does wrong, and each visit is a stranger's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.servers.browser import Visits, assert_accessible, axe

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:"


@pytest.fixture
def show(visit: Visits) -> Callable[..., Page]:
    """Give a page whose <main> holds this HTML, under a policy without inline script and eval."""

    def make(html: str, **options: Any) -> Page:
        page = visit(**options)
        body = f"<!doctype html><html lang=en><title>Ideas</title><main><h1>Ideas</h1>{html}"
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html"}
        page.route("**/*", lambda route: route.fulfill(body=body, headers=headers))
        page.goto("http://site.invalid/")
        return page

    return make


def test_axe_judges_a_page_whose_policy_forbids_inline_script(show: Callable[..., Page]) -> None:
    assert axe(show("<p>Safer crossings</p>")) == []
    page = show('<p><img src="data:,"></p>')
    with pytest.raises(AssertionError, match=r"image-alt \(critical\)") as failure:
        assert_accessible(page, "with a picture")
    assert "http://site.invalid/ with a picture" in str(failure.value)
    assert '<img src="data:,">' in str(failure.value)
    assert axe(page, within="h1") == []


def test_axe_refuses_a_page_without_javascript(show: Callable[..., Page]) -> None:
    with pytest.raises(ValueError, match="needs JavaScript"):
        axe(show("<p>Safer crossings</p>", javascript=False))


def test_what_the_policy_blocks_is_noticed(show: Callable[..., Page], visit: Visits) -> None:
    page = show('<p onclick="vote()">Vote</p><script>vote()</script>')
    page.get_by_text("Vote").click()  # some versions look at a handler when it is wanted
    for _moment in range(50):  # what the browser says arrives a little later
        if len(visit.problems) >= 2:
            break
        page.wait_for_timeout(100)
    assert len(visit.problems) >= 2
    visit.problems.clear()


def test_each_visit_is_a_stranger_with_a_phone(show: Callable[..., Page]) -> None:
    first = show("<p>Safer crossings</p>")
    first.context.add_cookies([{"name": "a", "value": "b", "url": "http://site.invalid"}])
    second = show("<p>Safer crossings</p>", color_scheme="dark", locale="cy-GB")
    assert second.context.cookies() == []
    assert second.viewport_size == {"width": 390, "height": 844}
    assert second.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert second.evaluate("navigator.language") == "cy-GB"
