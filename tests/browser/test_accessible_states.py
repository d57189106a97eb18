"""axe finds nothing on the states of pages that no address shows by itself, and on error pages."""

from collections.abc import Callable

import pytest
from flask import g
from playwright.sync_api import Page

from citizen_voice.web import error_pages
from tests.browser.judging import Findings, judge
from tests.browser.pages import Places
from tests.browser.states import STATES, Setting
from tests.browser.town import Town
from tests.servers.browser import CONTRAST, Visits

ERRORS = (400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503)


def test_every_error_page(where: Places, visit: Visits, findings: Findings) -> None:
    page = visit()
    for status in ERRORS:
        serve_error(page, where.town, status)
        page.goto(f"{where.town.url}/went-wrong")
        judge(page, findings, f"error {status}")


def serve_error(page: Page, town: Town, status: int) -> None:
    """Answer /went-wrong with the site's own page for an error."""
    form = {"title": "A bench", "body": "To rest."}
    with town.app.test_request_context("/went-wrong", method="POST", data=form):
        town.app.preprocess_request()
        assert g.site
        shown = error_pages.show(status, reference="1a2b3c4d", again=status in (429, 503))
        html = shown.get_data(as_text=True)
    page.unroute_all()
    page.route(
        "**/went-wrong",
        lambda route: route.fulfill(status=status, body=html, content_type="text/html"),
    )


@pytest.mark.parametrize("prefix", ["", "/cy"], ids=["en", "cy"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_state(
    where: Places,
    visit: Visits,
    findings: Findings,
    state: Callable[[Setting], None],
    prefix: str,
) -> None:
    page = visit()
    state(Setting(where, page, prefix))
    name = state.__name__
    judge(page, findings, name, thoroughly=not prefix, without=(CONTRAST,) if prefix else ())
