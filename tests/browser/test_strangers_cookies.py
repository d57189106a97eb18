"""This browser blocks third-party cookies, so frames are tried where they are blocked.

What they would keep of themselves shows where nothing is blocked: see ``test_widgets_keeping``.
"""

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.council import council
from tests.browser.keeping import EVERYWHERE, KEPT, SETS, lenient, setting
from tests.servers.browser import Visits


def test_a_strangers_frame_cannot_keep_a_cookie(visit: Visits) -> None:
    with council() as site:
        inside = site.allowed + site.put("/inside", SETS)
        page = visit(site.refused + site.put("/around", f'<iframe src="{inside}"></iframe>'))
        frame = page.frame_locator("iframe")
        frame.locator("h1").wait_for()
        assert page.frames[1].evaluate("document.cookie") == ""
        assert page.context.cookies() == []
        # the storages throw there: nobody could look whether they are empty
        assert page.frames[1].evaluate("try { localStorage } catch ({name}) { name }") == (
            "SecurityError"
        )
        visit.problems.clear()
        page.goto(inside)
        assert page.evaluate("document.cookie") == "a=1; b=1"


def test_where_it_is_allowed_all_that_a_strangers_frame_keeps_is_found(
    browser: Browser, tmp_path: Path
) -> None:
    with council() as site, lenient(browser, tmp_path) as (context, answers):
        inside = site.allowed + site.put("/inside", SETS, cookie="h=1; SameSite=None; Secure")
        page = context.pages[0]
        page.goto(site.refused + site.put("/around", f'<iframe src="{inside}"></iframe>'))
        page.frame_locator("iframe").locator("hr").wait_for()
        assert page.frames[1].evaluate(KEPT) == EVERYWHERE
        names = {cookie.get("name") for cookie in context.cookies()}
        assert names == {"b", "h"}
        assert setting(answers) == [inside]
