"""From two shortlisted ideas to a decided trial, and everybody who took part hears of it."""

import re
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from citizen_voice.config import Settings
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.pilots.refs import pilot_number
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR, PILOT_OWNER
from tests.browser import pilot_hands as hands
from tests.browser.passing import PassingPlace, passing_place
from tests.browser.pilot_hands import DESK, PHONE, TITLE
from tests.browser.pilot_readers import Readers, links_of
from tests.factories.pilots import stored
from tests.servers.browser import Visits
from tests.servers.smtp import SmtpServer

OWNER = "olwen@council.example"
PROMISED, DAY_AFTER, FIVE_LATER = date(2027, 3, 15), date(2027, 3, 16), date(2027, 3, 22)
NEXT, DECIDED = date(2027, 4, 27), date(2027, 4, 13)
ENDS, A_WEEK_LATER, FURTHER = date(2027, 4, 30), date(2027, 4, 21), date(2027, 6, 1)
NEUTRAL = "Update expected 15 March. Not posted yet."
IDEAS = ("Warm seats", "Seats by the stop")
on_sqlite = pytest.mark.parametrize("database", ["sqlite"])


@pytest.fixture
def council(fresh: Settings, smtp: SmtpServer) -> Iterator[PassingPlace]:
    """An empty council on a Monday in March, and its mail server."""
    with passing_place(fresh, smtp) as place:
        yield place


def shortlisted(council: PassingPlace, refs: list[str]) -> None:
    """Have ideas on the shortlist."""
    for ref in refs:
        with council.inside(), write():
            ideas.shortlist(int(ref[3:]), actor=None, reason="It can be tried.")


@pytest.mark.parametrize(
    ("database", "javascript"),
    [("sqlite", True), ("sqlite", False), ("postgresql", True)],
    ids=["sqlite-htmx", "sqlite-plain", "postgresql-htmx"],
)
def test_two_shortlisted_ideas_become_a_decided_trial_and_everybody_hears_of_it(
    council: PassingPlace, visit: Visits, *, javascript: bool
) -> None:
    readers = Readers(council, council.challenge("seats"), IDEAS)
    shortlisted(council, readers.refs)
    owner = council.colleague(PILOT_OWNER, MODERATOR, name="Olwen Rees", address=OWNER)
    page, public = (visit(f"{council.url}/rules", javascript=javascript) for _ in range(2))
    page.set_viewport_size(DESK)

    council.sign_in(page, owner, staff=True)
    ref = hands.begin(council, page, IDEAS, ends=ENDS, tells=len(readers.everybody))
    page.get_by_role("button", name="Move to: Running").click()
    council.in_a_while()
    readers.hear("A trial has begun.", ref)

    comes_back(council, page, owner, ref)
    hands.say(page, "On track", "Two benches are ordered.", next_on=PROMISED)
    hands.measure(page)

    is_late_in_public(council, page, public, ref, owner=owner)

    page.get_by_role("link", name="Measures and readings").click()
    page.get_by_role("link", name=hands.MEASURE, exact=True).click()
    hands.paste(page)
    shows_chart_and_table(public, f"{council.url}/pilots/{ref}")

    council.until(DECIDED)
    comes_back(council, page, owner, ref)
    hands.decide(page, next_on=FURTHER)
    second = visit(f"{council.url}/rules", javascript=javascript)
    colleague = council.colleague(ADMINISTRATOR, name="Ann Bell")
    council.sign_in(second, colleague, staff=True)
    hands.confirm(council, second, tells=len(readers.everybody))
    for idea in readers.refs:
        public.goto(f"{council.url}/ideas/{idea}")
        expect(public.locator(".stage-line")).to_contain_text("Happening")
    with council.inside():
        assert stored(pilot_number(ref)).stage == "decided"

    council.in_a_while()
    readers.hear("It’s happening.", ref, hands.LEARNED, hands.NEXT)
    council.until(A_WEEK_LATER)
    readers.heard_once_a_week("It’s happening.", ref)
    readers.nobody_else_hears(OWNER)
    readers.follow_every_link(visit, javascript=javascript)
    readers.stop_by_one_click()


def comes_back(council: PassingPlace, page: Page, owner: UUID, ref: str) -> None:
    """The owner signs in again, and opens their trial: a staff session is over in an hour."""
    council.sign_in(page, owner, staff=True)
    page.goto(f"{council.url}/staff/pilots/{ref}")


def is_late_in_public(
    council: PassingPlace, page: Page, public: Page, ref: str, *, owner: UUID
) -> None:
    """The promised day passes: owner and public hear so, without blame, until a word comes."""
    address = f"{council.url}/pilots/{ref}"
    council.until(PROMISED)
    public.goto(address)
    expect(public.locator(".pilot__next")).to_have_text("Next update by 15 March 2027")
    council.until(DAY_AFTER)
    public.goto(address)
    expect(public.locator(".pilot__next")).to_have_text(NEUTRAL)
    expect(public.locator(".stage-line")).to_contain_text("Running")
    public.goto(f"{council.url}/pilots")
    expect(public.locator(".trial-card")).to_contain_text(NEUTRAL)

    council.until(FIVE_LATER)
    letters = council.mails.to(OWNER)
    assert [str(letter["Subject"]) for letter in letters] == [
        f"{ref}: the next word is due on 15 March 2027",
        f"{ref}: the next word is due today",
        f"{ref}: the next word was due on 15 March 2027",
    ]
    (link,) = links_of(letters[-1])
    public.goto(link)
    expect(public).to_have_url(re.compile("/sign-in"))
    council.sign_in(page, owner, staff=True)
    page.goto(link)
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator(".tags")).to_contain_text("Late: 15 March")
    hands.say(page, "Stuck", "The benches come late.", next_on=NEXT)
    expect(page.locator(".tags")).not_to_contain_text("Late")
    public.goto(address)
    expect(public.locator("#main")).to_contain_text("The benches come late.")
    expect(public.locator(".pilot__next")).to_have_text("Next update by 27 April 2027")


def shows_chart_and_table(public: Page, address: str) -> None:
    """Anybody sees what was measured, as a picture and as a table."""
    public.goto(address)
    section = public.locator(".measure")
    expect(section.get_by_role("heading", name=hands.MEASURE)).to_be_visible()
    expect(section.locator("svg")).to_be_visible()
    expect(section).to_contain_text("The newest reading does not reach the target yet.")
    expect(section.get_by_role("table")).to_be_hidden()
    section.get_by_text("The readings as a table").click()
    rows = section.get_by_role("table").locator("tbody tr")
    expect(rows).to_have_count(3)
    for words in ("16 March 2027", "rain"):
        expect(rows.filter(has_text=words)).to_contain_text("5\u00a0minutes")
    expect(rows.filter(has_text="18 March 2027")).to_contain_text("7.5\u00a0minutes")
    assert public.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@on_sqlite
def test_a_trial_started_by_mistake_is_undone(council: PassingPlace, visit: Visits) -> None:
    (ref,) = refs = [council.idea(council.challenge("seats"), title="A seat by mistake")]
    shortlisted(council, refs)
    page = visit(f"{council.url}/rules")
    council.sign_in(page, council.colleague(PILOT_OWNER, name="Olwen Rees"), staff=True)
    page.goto(f"{council.url}/staff/pilots/new?idea={ref}")
    hands.fill(page, ends=ENDS)
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("button", name="Start the trial").click()
    page.get_by_role("button", name="Undo the start").click()
    expect(hands.thanked(page)).to_contain_text("The trial is undone.")
    page.goto(f"{council.url}/ideas/{ref}")
    expect(page.locator(".stage-line")).to_contain_text("Being looked at")
