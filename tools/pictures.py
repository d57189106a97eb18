"""Makes the README's pictures from the running site: python -m tools.pictures."""

import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser
from sqlalchemy import select

from citizen_voice.db import db
from citizen_voice.pilots.models import Pilot
from citizen_voice.team.models import ROLES
from tests.browser.town import QUESTION, Town, settle
from tests.servers.browser import chromium
from tests.servers.site import LiveSite
from tools import widget_pictures
from tools.taking import FOLDER, desk, desktop, phone, save, window

STAFF = (("/staff", "today"), ("/staff/top", "top-ideas"), ("/staff/site", "site"))
CHARTED = "Alder Park toilets open until dusk"
MEASURED = "People through the north gate after four"
DECLARED = "A shared kitchen on Wednesdays"
PASTED = "Day\tPeople\n3/11/2025\t12,5\tcold\n10/11/2025\tn/a\n17/11/2025\t14"
TITLE = "A mirror on the blind bend by the old mill"


def main() -> None:
    """Serve the demonstration council from a folder of its own and take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        site = LiveSite(Path(folder) / "instance")
        site.command("demo")
        with site:
            town = settle(site)
            take(browser, town)
            take_trials(browser, town)
            take_privacy(browser, town)
            widget_pictures.take(browser, town)
            town.close()


def take(browser: Browser, town: Town) -> None:
    """Take every picture of a town."""
    idea = next(ref for ref in town.refs() if town.title(ref) == TITLE)
    with phone(browser) as page:
        page.goto(town.url)
        save(page, "home-phone")
        page.goto(f"{town.url}/challenges/{QUESTION}")
        save(page, "challenge-phone")
        town.sign_in(page)
        page.goto(f"{town.url}/ideas/{idea}")
        page.locator("#answer button[value=support]").click()
        page.locator("#answer .answered").wait_for()
        page.evaluate("scrollTo(0, 0)")
        save(page, "idea-phone")
        page.goto(f"{town.url}/challenges/{QUESTION}/suggest")
        page.get_by_label("What should change?").fill("A dropped kerb at Mill Lane")
        page.get_by_label("Why, and who would it help?").fill(
            "The kerb by the chemist is so high that prams and wheelchairs go round by the road."
        )
        page.get_by_label("Where?").select_option(label="Millbrook")
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        save(page, "suggest-phone")
    with desktop(browser) as page:
        page.goto(town.url)
        save(page, "home-desktop")
    with desk(browser) as page:
        town.sign_in(page, town.colleague(*ROLES, name="Ceri Vaughan"), staff=True)
        for path, name in STAFF:
            page.goto(town.url + path)
            save(page, f"staff-{name}")
        page.goto(f"{town.url}/staff/queue")
        page.locator("[data-open]").first.click()
        page.locator("#case-title").wait_for()
        save(page, "staff-case")
    with desktop(browser, "dark") as page:
        town.sign_in(page)
        page.goto(f"{town.url}/ideas/{idea}")
        save(page, "idea-desktop-dark")


def take_trials(browser: Browser, town: Town) -> None:
    """Trials: the board, one on a phone, its charts; what changed; and how one is managed."""
    there = f"{town.url}/pilots/{trial(town, CHARTED)}"
    with phone(browser) as page:
        page.goto(there)
        save(page, "trial-phone")
    looks: tuple[tuple[str, int, Literal["light", "dark"]], ...] = (
        ("light", 720, "light"),
        ("dark", 720, "dark"),
        ("narrow", 320, "light"),
    )
    for name, width, scheme in looks:
        with window(browser, width, 800, scale=1.5, scheme=scheme) as page:
            page.goto(there)
            save(page.locator(".measure").first, f"chart-{name}")
    with desktop(browser) as page:
        page.set_viewport_size({"width": 1280, "height": 1080})
        page.goto(f"{town.url}/pilots")
        save(page.locator("main"), "trials-board")
        page.goto(f"{town.url}/changes")
        save(page, "what-changed")
    owner = town.join(name=None, address="trials@example.org")
    with desk(browser) as page:
        town.sign_in(page, owner, staff=True)
        managed = f"{town.url}/staff/pilots/{trial(town, CHARTED)}"
        page.goto(managed)
        save(page, "staff-trial")
        page.goto(f"{managed}/measures")
        page.get_by_role("link", name=MEASURED, exact=True).click()
        page.goto(f"{page.url}/table")
        page.locator("[name=pasted]").fill(PASTED)
        page.locator("[name=_look]").click()
        page.locator("#looked").wait_for()
        save(page, "staff-readings")
    with desk(browser) as page:
        town.sign_in(page, town.join(name=None, address="admin@example.org"), staff=True)
        page.set_viewport_size({"width": 1366, "height": 1080})
        page.goto(f"{town.url}/staff/pilots/{trial(town, DECLARED)}/decision")
        save(page, "staff-decision")


def take_privacy(browser: Browser, town: Town) -> None:
    """What a resident sees of their data, and the privacy officer's desk."""
    with phone(browser) as page:
        town.sign_in(page)
        for path, name in (("/my-data", "my-data"), ("/my-data/choices", "my-choices")):
            page.goto(town.url + path)
            save(page, f"{name}-phone")
    with desk(browser) as page:
        town.sign_in(page, town.join(name=None, address="privacy@example.org"), staff=True)
        page.goto(f"{town.url}/staff/privacy/requests")
        save(page, "privacy-desk")
        page.locator("main table a").first.click()
        page.locator("h1").wait_for()
        save(page, "privacy-request")
        page.goto(f"{town.url}/staff/privacy/retention")
        save(page, "privacy-retention")


def trial(town: Town, title: str) -> str:
    """The number of one of the demonstration's trials, as people cite it."""
    with town.inside():
        number = db.session.scalars(select(Pilot.id).where(Pilot.title_en == title)).one()
    return f"CVT-{number}"


if __name__ == "__main__":
    main()
