"""One reader’s walk through every page, judged. Each has a file of its own, to go side by side."""

import re

from tests.browser.judging import Findings, judge
from tests.browser.pages import Places
from tests.servers.browser import CONTRAST, Visits

OF_ONE_LANGUAGE = re.compile(r"/widgets/\d")
"""A widget speaks the language that staff gave it."""


def walk(where: Places, visit: Visits, findings: Findings, reader: str) -> None:
    """Open every address as one of the readers, and judge what it shows.

    The first address of each page thoroughly, and in both languages; its others once.
    """
    page = visit()
    where.become(page, reader)
    pages, seen = set(), set()
    for path in told_apart(where.paths_of(reader)):
        first = page_of(path) not in pages
        pages.add(page_of(path))
        both = first and not OF_ONE_LANGUAGE.match(path)
        for prefix in ("", "/cy") if both else ("",):
            page.goto(where.town.url + prefix + path)
            if page.url not in seen:
                seen.add(page.url)
                without = (CONTRAST,) if prefix else ()
                thoroughly = first and not prefix
                judge(page, findings, f"as {reader}", thoroughly=thoroughly, without=without)
            if not OF_ONE_LANGUAGE.match(path):
                # the server writes it: nothing to wait for, as expect() would, which takes longer
                language = page.evaluate("document.documentElement.getAttribute('lang')")
                assert language == (prefix[1:] or "en"), page.url


def told_apart(paths: list[str]) -> list[str]:
    """One address of each page: orders and places in a list look the same."""
    alike = re.compile(r"[?&](order|after|topic)=|done=answered|words=keep")
    return [path for path in paths if not alike.search(path)]


def page_of(path: str) -> str:
    """What an address is without the numbers and keys in it."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "#", path.partition("?")[0])
