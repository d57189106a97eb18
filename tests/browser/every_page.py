"""One reader’s walk through every page, judged. Each has a file of its own, to go side by side."""

import re

from playwright.sync_api import expect

from tests.browser.judging import Findings, judge
from tests.browser.pages import Places
from tests.servers.browser import Visits


def walk(where: Places, visit: Visits, findings: Findings, reader: str) -> None:
    """Open every page in both languages as one of the readers, and judge it."""
    page = visit()
    where.become(page, reader)
    seen = set()
    for path in told_apart(where.paths_of(reader)):
        for prefix in ("", "/cy"):
            page.goto(where.town.url + prefix + path)
            if page.url not in seen:
                seen.add(page.url)
                judge(page, findings, f"as {reader}", thoroughly=not prefix)
            expect(page.locator("html")).to_have_attribute("lang", prefix[1:] or "en")


def told_apart(paths: list[str]) -> list[str]:
    """One address of each page: orders and places in a list look the same."""
    alike = re.compile(r"[?&](order|after|topic)=|done=answered|words=keep")
    return [path for path in paths if not alike.search(path)]
