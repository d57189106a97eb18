"""*Today* shows what waits, for how long, and only what somebody's roles may see."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from citizen_voice import clock
from citizen_voice.db import db, new_key, write
from citizen_voice.desk.models import ACCESS, ERASURE, RECTIFICATION
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.moderation import services as moderating
from citizen_voice.moderation.models import (
    EDIT_WAITS,
    GRAVE,
    HELD,
    HIDE,
    LINKS,
    Appeal,
    Case,
    Decision,
)
from citizen_voice.moderation.services import Subject
from citizen_voice.moderation.waiting import span
from citizen_voice.site import services as site
from citizen_voice.team.models import (
    ADMINISTRATOR,
    MODERATOR,
    PILOT_OWNER,
    PRIVACY_OFFICER,
    Invitation,
)
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.desk import asked as asked_about_data
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.habits.statements import counted


def case(number: int, kind: str = HELD, *, hours_ago: float = 4) -> None:
    with write(), clock.at(clock.now() - timedelta(hours=hours_ago)):
        moderating.note(Subject(idea_id=number), kind, version=1)


def appeal(number: int) -> None:
    """Somebody asks that another person looks at what was decided about their idea."""
    now = clock.now()
    with write():
        closed = Case(id=new_key(), idea_id=number, opened_at=now, due_at=now, closed_at=now)
        db.session.add(closed)
        db.session.flush()
        decision = Decision(
            id=new_key(), case_id=closed.id, act=HIDE, language="en", automated=False,
            decided_at=now, before={},
        )  # fmt: skip
        db.session.add(decision)
        db.session.flush()
        asked = Appeal(
            id=new_key(), decision_id=decision.id, words="It names nobody.", language="en",
            made_at=now - timedelta(hours=30),
        )  # fmt: skip
        db.session.add(asked)


def today(client: Client, *roles: str) -> str:
    client.sign_in(colleague(*roles), staff=True)
    return client.get("/staff").text


def test_nothing_waiting_is_said_with_the_median_wait(client: Client) -> None:
    asked = challenge()
    for hours in (1, 2, 9):
        case(idea(asked), hours_ago=hours)
    with write():
        db.session.execute(update(Case).values(closed_at=clock.now()))
    html = today(client, MODERATOR)
    assert "Nothing waiting" in html
    assert "Median wait this week: 2 h." in html


def test_the_most_urgent_cases_come_first_with_their_clocks(client: Client) -> None:
    asked = challenge()
    titles = ["Held since yesterday", "Held since noon", "Many links", "A threat"]
    numbers = [idea(asked, title=title) for title in titles]
    case(numbers[0], hours_ago=30)
    case(numbers[1], hours_ago=4)
    case(numbers[1], EDIT_WAITS, hours_ago=3)
    case(numbers[2], LINKS, hours_ago=50)
    case(numbers[3], hours_ago=0.5)
    with write():
        grave = update(Case).where(Case.idea_id == numbers[3])
        db.session.execute(grave.values(urgency=GRAVE))
    html = today(client, MODERATOR)
    places = [html.index(title) for title in ("A threat", *titles[:3])]
    assert places == sorted(places)
    assert "4 h of 24 h" in html
    assert "30 min of 24 h" in html
    assert html.count("Late") == 1
    assert "Held until a moderator has read it · New words that wait" in html
    assert html.count("Held since noon") == 1


def test_comments_and_names_are_excerpted_as_text(client: Client) -> None:
    said, person = (
        comment(idea(), body="Ring <b>Sam</b> " + "at nine " * 40),
        resident(name="Ddraig"),
    )
    with write():
        moderating.note(Subject(comment_id=said), LINKS)
        moderating.note(Subject(person_id=person), LINKS)
    html = today(client, MODERATOR)
    assert "Ring &lt;b&gt;Sam&lt;/b&gt; at nine" in html
    assert "…" in html
    assert "Ddraig" in html


def test_cases_that_i_am_on_stand_apart_and_those_of_others_nowhere(client: Client) -> None:
    asked, me, other = challenge(), colleague(MODERATOR), colleague(MODERATOR)
    mine, theirs, stale = (idea(asked, title=title) for title in ("Mine", "Theirs", "Stale"))
    for number in (mine, theirs, stale):
        case(number)
    with write():
        cases = {row.idea_id: row.id for row in db.session.query(Case)}
        assert moderating.claim(cases[mine], me)
        assert moderating.claim(cases[theirs], other)
        with clock.at(clock.now() - timedelta(hours=2)):
            assert moderating.claim(cases[stale], other)
    client.sign_in(me, staff=True)
    html = client.get("/staff").text
    assert html.index("You are on these") < html.index("Mine") < html.index("To check, the most")
    assert "Theirs" not in html
    assert html.index("To check, the most") < html.index("Stale")


def test_replies_show_by_challenge_and_next_words_by_idea(client: Client) -> None:
    late = challenge(question_en="Late?", replies_by=clock.today() - timedelta(days=2))
    soon = challenge(question_en="Soon?", replies_by=clock.today() + timedelta(days=3))
    far = challenge(question_en="Far?", replies_by=clock.today() + timedelta(days=60))
    for asked in (late, late, soon, far):
        idea(asked)
    answered, owed = idea(soon), idea(far, title="A bridge")
    with write():
        listing = update(IdeaListing)
        db.session.execute(listing.where(IdeaListing.idea_id == answered).values(reply_id=1))
        values = {"reply_id": 1, "owed_on": clock.today() - timedelta(days=1)}
        db.session.execute(listing.where(IdeaListing.idea_id == owed).values(values))
    html = today(client, MODERATOR)
    assert html.index("Late?") < html.index("2 ideas without a reply") < html.index("Soon?")
    assert "1 idea without a reply" in html
    assert "Far?" in html  # beside the bridge alone
    assert "A bridge" in html
    assert html.count("Was due") == 2


@pytest.mark.parametrize("role", [PILOT_OWNER, PRIVACY_OFFICER])
def test_others_are_shown_nothing_of_moderation(client: Client, role: str) -> None:
    number = idea(challenge(replies_by=clock.today(), question_cy=""), title="A secret garden")
    case(number)
    appeal(number)
    html = today(client, role)
    for words in ("A secret garden", "It names nobody", "no question in Welsh", "Replies due"):
        assert words not in html
    assert "To check" not in html
    assert "staff__count" not in html


def test_administrators_see_appeals_and_what_is_to_be_set_up_and_no_cases(client: Client) -> None:
    asked = challenge(question_en="Only English?", question_cy="")
    number = idea(asked, title="A secret garden")
    case(number)
    appeal(number)
    now = clock.now()
    with write():
        db.session.add(
            Invitation(
                id=new_key(),
                token_hash=b"0" * 32,
                email="new@example.org",
                roles=[MODERATOR],
                language="en",
                created_at=now,
                expires_at=now + timedelta(days=7),
            )
        )
    html = today(client, ADMINISTRATOR)
    assert "It names nobody." in html
    assert "30 h" in html
    assert "Only English?" in html
    assert "1 invitation nobody has taken up yet" in html
    assert "A secret garden" not in html


def test_the_officer_sees_requests_that_are_late_or_soon_due_and_nobody_else_does(
    client: Client,
) -> None:
    with clock.at(clock.now() - timedelta(days=50)):
        late = asked_about_data(resident(), ACCESS)
    with clock.at(clock.now() - timedelta(days=26)):
        soon = asked_about_data(resident(), ERASURE)
    asked_about_data(resident(), RECTIFICATION)
    html = today(client, PRIVACY_OFFICER)
    assert "Nothing waiting" not in html
    found = re.findall(r"· DP-(\d+)<", html)
    assert [int(number) for number in found] == [late, soon]
    assert re.search(r"\d+ days late", html)
    assert "Due in " in html
    assert "Nothing waiting" in today(client, MODERATOR)


def test_the_officer_is_told_of_notices_that_name_another_council(client: Client) -> None:
    words = "It does not name this council"
    html = today(client, PRIVACY_OFFICER)
    assert html.count(words) == 2
    assert client.get("/staff/privacy/notices").text.count(words) == 2
    assert words not in today(client, ADMINISTRATOR)
    with write():
        site.change(council_en="Aberwern Council")
    assert words not in today(client, PRIVACY_OFFICER)


def test_it_costs_the_same_whatever_waits(app: Flask, client: Client) -> None:
    client.sign_in(colleague(MODERATOR, ADMINISTRATOR), staff=True)
    costs = []
    asked = challenge(replies_by=clock.today())
    client.get("/staff")
    for _round in range(2):
        for _each in range(12):
            number = idea(asked)
            case(number)
            case(number, LINKS)
        appeal(idea(asked))
        with counted() as statements:
            html = client.get("/staff").text
        costs.append(len(statements))
        assert html.count("today__clock") == 1 + 8 + 1 + _round
    assert costs[0] == costs[1]
    assert costs[0] <= 3 + 5  # settings, session, roles


def test_counts_stand_in_the_menu_on_every_screen(client: Client) -> None:
    asked = challenge()
    for _each in range(3):
        appeal(idea(asked))
    client.sign_in(colleague(MODERATOR), staff=True)
    for path in ("/staff", "/staff/top", "/cy/staff/top"):
        assert 'class="staff__count">3<' in client.get(path).text
    assert client.get("/staff/top").text.count('aria-current="page"') == 2  # folded, and not


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(seconds=-3), "0 min"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(minutes=60), "1 h"),
        (timedelta(hours=72), "72 h"),
        (timedelta(hours=73), "3 d"),
    ],
)
def test_lengths_of_time_are_short(time: timedelta, said: str) -> None:
    assert span(time) == said
