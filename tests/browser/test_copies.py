"""A copy of one's data from asking to opening it, by htmx and without scripts; axe on the way."""

import json
import zipfile

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from citizen_voice.db import db, write
from citizen_voice.privacy import making
from citizen_voice.privacy.models import DataCopy
from tests.browser.judging import Findings, judge
from tests.browser.town import Town
from tests.servers.browser import Visits

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])


def half_way(town: Town) -> None:
    """Have the copy stand as it does while a worker writes it."""
    with town.inside(), write():
        row = db.session.query(DataCopy).filter_by(state="waiting").one()
        row.state, row.done, row.total = "making", 12_000, 50_000


def made(town: Town) -> None:
    """Have the worker make it."""
    with town.inside():
        with write():
            waiting = update(DataCopy).where(DataCopy.state == "making")
            db.session.execute(waiting.values(state="waiting"))
        assert making.work() == 1


def looked_at(page: Page, findings: Findings, state: str, *, javascript: bool) -> None:
    """Let axe judge what shows, where it can run."""
    if javascript:
        judge(page, findings, state)


@WITH_AND_WITHOUT
def test_a_copy_is_asked_for_waited_for_and_downloaded(
    town: Town, visit: Visits, findings: Findings, javascript: bool
) -> None:
    address = f"copies-{javascript}@example.org".lower()
    page = visit(javascript=javascript)
    town.sign_in(page, town.join(name="Heron by the weir", address=address))
    page.goto(f"{town.url}/my-data/copy")
    looked_at(page, findings, "no copy", javascript=javascript)
    page.get_by_role("button", name="Make my copy").click()
    expect(page.get_by_role("heading", name="We are making your copy")).to_be_visible()
    half_way(town)
    if not javascript:
        page.get_by_role("link", name="See how far it is").click()
    expect(page.locator("#copy")).to_contain_text("12,000 of about 50,000 lines")
    looked_at(page, findings, "half a copy", javascript=javascript)
    made(town)
    if not javascript:
        page.get_by_role("link", name="See how far it is").click()
    expect(page.get_by_role("heading", name="Your copy is ready")).to_be_visible()
    looked_at(page, findings, "a copy", javascript=javascript)
    page.get_by_role("link", name="Download the copy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Show that it is you")
    looked_at(page, findings, "before the code", javascript=javascript)
    page.get_by_role("button", name="Send the code").click()
    page.get_by_label("Code").fill(town.code_for(address))
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".notice--good")).to_contain_text("We know that it is you")
    with page.expect_download() as begun:
        page.get_by_role("link", name="Download the copy").click()
    assert begun.value.suggested_filename.startswith("my-data-")
    with zipfile.ZipFile(begun.value.path()) as archive:
        data = json.loads(archive.read("my-data.json"))
        html = archive.read("my-data.html").decode()
    tables = {each["table"]: each["rows"] for each in data["tables"]}
    assert tables["persons"][0]["e-mail address"] == address
    assert "Heron by the weir" in html
    reader = visit(javascript=javascript)
    reader.set_content(html)
    expect(reader.get_by_role("heading", name="Your account")).to_be_visible()
    looked_at(reader, findings, "the page in the copy", javascript=javascript)
    page.get_by_role("button", name="Delete the copy").click()
    expect(page.get_by_role("button", name="Make my copy")).to_be_visible()


def test_a_copy_that_failed_says_so(town: Town, visit: Visits, findings: Findings) -> None:
    page = visit()
    town.sign_in(page)
    page.goto(f"{town.url}/my-data/copy")
    page.get_by_role("button", name="Make my copy").click()
    expect(page.get_by_role("heading", name="We are making your copy")).to_be_visible()
    with town.inside(), write():
        failed = update(DataCopy).where(DataCopy.state == "waiting").values(state="failed")
        db.session.execute(failed)
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    judge(page, findings, "a copy that failed")
