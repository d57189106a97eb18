"""The board: its orders, filters and pages, its file, and what it never shows."""

import csv
import io
import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update

from citizen_voice import clock
from citizen_voice.answers import services as answering
from citizen_voice.board import queries, wilson
from citizen_voice.board.models import ParticipantGroup
from citizen_voice.board.queries import Narrowed
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.journal.models import JournalEntry
from citizen_voice.site import queries as site
from citizen_voice.site import services as site_services
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from tests.client import HTMX, Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.places import ward
from tests.factories.team import colleague
from tests.habits.statements import counted


@pytest.fixture
def moderator(client: Client) -> Client:
    """A moderator's browser."""
    client.sign_in(colleague(MODERATOR), staff=True)
    return client


def answer(
    number: int, values: str, people: list[UUID] | None = None, *, days_ago: int = 0
) -> None:
    """So many answers: + is support, - is not for me, o is skip."""
    said = {"+": "support", "-": "oppose", "o": "skip"}
    people = people or [resident() for _each in values]
    with write(), clock.at(clock.now() - timedelta(days=days_ago)):
        for person, value in zip(people, values, strict=True):
            answering.cast(person, number, said[value])


def order(name: str, narrowed: Narrowed | None = None) -> list[int]:
    """The numbers of the ideas, as the board has them."""
    return [row.id for row in queries.page(name, narrowed or Narrowed(), 1)[0]]


def titles(html: str) -> list[str]:
    return re.findall(r'class="board__title"[^>]*>([^<]*)<', html)


@pytest.mark.usefixtures("app")
def test_every_order_puts_first_what_it_says() -> None:
    asked = challenge()
    many, sure, talked, old = (idea(asked) for _each in range(4))
    answer(many, "++++++------")
    answer(sure, "++++")
    answer(old, "+++++", days_ago=6)
    comment(talked)
    assert order(queries.SUPPORTED) == [many, old, sure, talked]
    lower = [wilson.interval(yes, of).lower for yes, of in ((6, 12), (4, 4), (5, 5))]
    assert lower[2] > lower[1] > lower[0]
    assert order(queries.SHARE) == [old, sure, many, talked]
    assert order(queries.ACTIVE)[:2] == [many, sure] or order(queries.ACTIVE)[1] == old
    assert order(queries.DISCUSSED)[0] == talked
    assert order(queries.GROWTH) == [many, old, sure, talked]


@pytest.mark.usefixtures("app")
def test_this_week_counts_who_supports_it_now_and_did_not_before() -> None:
    asked = challenge(opens=clock.today() - timedelta(days=60))
    number, person = idea(asked), resident()
    answer(number, "+", [person], days_ago=30)
    answer(number, "-", days_ago=1)
    answer(number, "+", days_ago=8)
    answer(number, "+", days_ago=6)

    def growth() -> int:
        return int(queries.page(queries.GROWTH, Narrowed(), 1)[0][0].growth)

    assert growth() == 1
    answer(number, "+", [person])  # says it again
    assert growth() == 1
    answer(number, "-", [person], days_ago=1)
    answer(number, "+", [person])
    assert growth() == 2


@pytest.mark.usefixtures("app")
def test_few_answers_come_after_many_and_a_support_ballot_has_no_share() -> None:
    asked = challenge()
    three, many = idea(asked), idea(asked)
    answer(three, "+++")
    answer(many, "+" * 27 + "---")
    supported = idea(challenge(ballot="support"))
    answer(supported, "+++++")
    nobody = idea(asked)
    assert order(queries.SHARE) == [many, three, nobody, supported]


def test_the_interval_holds_what_the_textbook_says() -> None:
    assert wilson.interval(0, 10).lower == pytest.approx(0, abs=1e-15)
    assert wilson.interval(10, 10).upper == 1
    low, high = wilson.interval(50, 100)
    assert (round(low, 4), round(high, 4)) == (0.4364, 0.5636)


@pytest.mark.usefixtures("app")
def test_filters_narrow_and_hidden_ideas_are_nowhere() -> None:
    castle, asked = ward("Castle"), challenge()
    here, there, hidden = idea(asked, ward_id=castle), idea(asked), idea(asked)
    elsewhere, looked_at = idea(), idea(asked)
    with write():
        ideas.hide(hidden, actor=None, reason="Names somebody")
        ideas.shortlist(looked_at, actor=None, reason="Many ask for it")
        replied = update(IdeaListing).where(IdeaListing.idea_id == there)
        db.session.execute(replied.values(reply_id=7))
    every = {here, there, elsewhere, looked_at}
    for name in queries.ORDERS[:-1]:
        assert set(order(name)) == every
        assert set(order(name, Narrowed(challenge=asked.id))) == every - {elsewhere}
        assert order(name, Narrowed(ward=castle)) == [here]
        assert order(name, Narrowed(stage="shortlisted")) == [looked_at]
        assert order(name, Narrowed(replied=True)) == [there]
        assert order(name, Narrowed(challenge=asked.id, ward=castle, replied=True)) == []
        assert set(order(name, Narrowed(replied=False))) == every - {there}


def test_pages_hold_every_idea_once_and_headings_say_the_order(moderator: Client) -> None:
    asked = challenge()
    numbers = [idea(asked, title=f"Bench {number:02}") for number in range(30)]
    answer(numbers[3], "++")
    first = moderator.get("/staff/top").text
    assert titles(first)[0] == "Bench 03"
    assert 'aria-sort="descending"' in first
    assert first.count("aria-sort") == 1
    further = moderator.get("/staff/top?page=2").text
    assert len(titles(first)) == 25
    assert sorted(titles(first) + titles(further)) == [f"Bench {n:02}" for n in range(30)]
    assert "The list is not that long." in moderator.get("/staff/top?page=9").text


def test_a_share_stands_in_words_beside_its_bar(moderator: Client) -> None:
    answer(idea(challenge(replies_by=clock.today() - timedelta(days=1))), "+++++++++-")
    html = moderator.get("/staff/top").text
    low, high = (round(100 * end) for end in wilson.interval(9, 10))
    assert f"{low} to {high} %" in html
    assert "<b>90 %</b>" in html
    assert "style=" not in html
    assert "Was due" in html


@pytest.mark.parametrize(
    "query",
    ["order=loved", "order=across", "stage=draft", "replied=2", "ward=x", "page=-1", "page=99999"],
)
def test_an_address_that_cannot_be_is_refused(moderator: Client, query: str) -> None:
    assert moderator.get(f"/staff/top?{query}").status_code == 400


def test_the_page_costs_as_many_statements_with_many_rows(moderator: Client) -> None:
    asked = challenge()
    costs = []
    for _round in range(2):
        for _each in range(4):
            answer(idea(asked), "++-")
        for name in queries.ORDERS[:-1]:
            moderator.get(f"/staff/top?order={name}")
            with write():
                db.session.execute(update(IdeaListing).values(bucket=IdeaListing.bucket))
            with counted() as statements:
                assert moderator.get(f"/staff/top?order={name}").status_code == 200
            costs.append(len(statements))
    assert len(set(costs)) == 1
    assert costs[0] <= 3 + 2  # settings, session, roles; counts, rows


def test_the_file_has_every_row_and_no_formula(moderator: Client) -> None:
    asked = challenge()
    for title in ("=1+1 benches", "+44 benches", "-3 benches", "@ the bus stop", "A bench"):
        idea(asked, title=title)
    for number in range(30):
        idea(asked, title=f"Tree {number:02}")
    answered = moderator.get("/staff/top.csv")
    assert answered.mimetype == "text/csv"
    assert "attachment" in answered.headers["Content-Disposition"]
    assert answered.headers["Cache-Control"] == "no-store"
    text = answered.data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 35
    found = {row["Title"] for row in rows}
    assert {"'=1+1 benches", "'+44 benches", "'-3 benches", "'@ the bus stop", "A bench"} <= found
    assert not any(cell.startswith(tuple("=+-@")) for row in rows for cell in row.values())
    narrowed = moderator.get(f"/staff/top.csv?challenge={asked.id + 1}").data.decode("utf-8-sig")
    assert len(narrowed.splitlines()) == 1


def test_the_file_speaks_the_language_of_its_address(app: Flask, moderator: Client) -> None:
    asked = challenge()
    idea(asked)
    text = moderator.get("/cy/staff/top.csv").data.decode("utf-8-sig")
    assert asked.question_cy in text


def test_look_alikes_are_found_without_the_idea_itself(moderator: Client) -> None:
    asked = challenge()
    one = idea(asked, title="A ferry bell for the quay")
    idea(asked, title="Ring a bell on the ferry")
    idea(asked, title="Longer library hours")
    support_only = challenge(ballot="support")
    idea(support_only, title="The ferry needs a bell")
    for headers in ({}, HTMX | {"HX-Target": f"div#alike-{one}"}):
        html = moderator.get(f"/staff/top/CV-{one}/alike", headers=headers).text
        assert "Ring a bell on the ferry" in html
        assert "Longer library hours" not in html
        assert "The ferry needs a bell" in html
        assert html.count("Compare and join") == 1
        assert ("<html" in html) == (not headers)
    assert moderator.get("/staff/top/CV-99999/alike").status_code == 404


GROUPS = "/staff/top/groups"


def assessed(words: str) -> None:
    """What signing an assessment writes, or ending one (``records.services``)."""
    with write():
        site_services.change(groups_dpia=words)


def test_groups_are_off_until_their_assessment_is_signed(app: Flask, client: Client) -> None:
    asked = challenge()
    groups = [[resident() for _each in range(people)] for people in (10, 20)]
    number = idea(asked)
    with write():
        db.session.add_all(
            ParticipantGroup(challenge_id=asked.id, person_id=person, group_number=at)
            for at, people in enumerate(groups)
            for person in people
        )
    answer(number, "++++++++++", groups[0])
    answer(number, "++++++++++----------", groups[1])
    client.sign_in(colleague(MODERATOR, ADMINISTRATOR), staff=True)
    assert "Across groups" not in client.get("/staff/top").text
    assert client.get("/staff/top?order=across").status_code == 400
    assert "It stays off until its impact assessment is signed." in client.get(GROUPS).text
    refused = client.send(GROUPS)
    assert refused.status_code == 403
    assert "until its impact assessment is signed" in refused.text
    assert not site.settings().groups_on
    assessed("2026-01-31 Jo Rees, data protection officer")
    assert "<b>Off.</b>" in client.get(GROUPS).text
    assert client.send(GROUPS).status_code == 303
    shown = client.get(GROUPS).text
    assert "Jo Rees, data protection officer signed the assessment on 31 January 2026" in shown
    html = client.get("/staff/top?order=across").text
    lower = 100 * wilson.interval(10, 20).lower
    assert f"<b>{int(lower) // 5 * 5} %</b>" in html
    rows = client.get("/staff/top.csv?order=across").data.decode("utf-8-sig").splitlines()
    assert rows[1].endswith(f",{int(lower) // 5 * 5}")
    assert client.send("/staff/top/groups/off").status_code == 303
    assert client.get("/staff/top?order=across").status_code == 400
    assert client.send(GROUPS).status_code == 303
    assessed("")  # what was written where one ended
    assert client.get("/staff/top?order=across").status_code == 400
    acts = [entry.act for entry in db.session.query(JournalEntry)]
    assert acts.count("opinion groups switched on") == 2
    assert acts.count("opinion groups switched off") == 1


def test_a_moderator_alone_cannot_switch_groups_on(moderator: Client) -> None:
    assessed("2026-01-31 Jo Rees")
    assert moderator.send(GROUPS).status_code == 403
    assert not site.settings().groups_on
