"""Everybody sees what moderation does, month by month."""

import csv
import io
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.moderation import services
from citizen_voice.moderation.figures import Month, figures
from citizen_voice.moderation.models import Case
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.moderation import decide
from tests.factories.people import resident
from tests.factories.reports import report
from tests.factories.team import colleague
from tests.habits.statements import counted

pytestmark = pytest.mark.usefixtures("app")

NOON = datetime(2026, 7, 15, 12, tzinfo=clock.LONDON)


def at(moment: datetime) -> Month:
    """The newest month, as it is at a moment."""
    with clock.at(moment):
        return figures().months[0]


def reported(number: int, moment: datetime, category: str = "spam") -> UUID:
    """Report an idea at a moment; gives the case."""
    with clock.at(moment):
        report(idea_id=number, category=category, words=f"Look at {moment}.")
    return db.session.scalars(
        select(Case.id).where(Case.idea_id == number, Case.closed_at.is_(None))
    ).one()


def decided(case: UUID, act: str, moment: datetime) -> UUID:
    with clock.at(moment):
        return decide(case, act)


def test_a_month_counts_what_was_reported_and_decided_and_how_long_it_took() -> None:
    for hours in (1, 3, 100):
        case = reported(idea(), NOON)
        decided(case, "hide" if hours == 1 else "keep", NOON + timedelta(hours=hours))
    month = at(NOON + timedelta(days=5))
    assert month.reports.total == 3
    assert month.decisions == 3
    assert set(month.acts.kinds.values()) == {None}
    assert month.median == timedelta(hours=3)
    assert month.in_time == 66
    assert set(month.reports.kinds.values()) == {None}


def test_a_month_begins_at_midnight_in_london() -> None:
    midnight = datetime(2026, 7, 1, tzinfo=clock.LONDON)
    reported(idea(), midnight - timedelta(seconds=1))
    reported(idea(), midnight)
    reported(idea(), midnight + timedelta(minutes=30))
    with clock.at(NOON):
        july, june = figures().months[:2]
    assert (july.first.month, july.reports.total) == (7, 2)
    assert (june.first.month, june.reports.total) == (6, 1)


def test_what_is_older_than_twelve_months_is_not_counted() -> None:
    reported(idea(), NOON - timedelta(days=380))
    with clock.at(NOON):
        found = figures()
    assert len(found.months) == 12
    assert all(month.empty for month in found.months)


def test_large_kinds_are_shown_and_small_ones_are_not(client: Client) -> None:
    for each in range(12):
        reported(idea(), NOON + timedelta(minutes=each), "spam" if each else "hate")
    for each in range(11):
        reported(idea(), NOON + timedelta(minutes=each), "abuse")
    for each in range(10):
        reported(idea(), NOON + timedelta(minutes=each), "other")
    with clock.at(NOON):
        assert "Insults or bullying" not in client.get("/moderation").text, "it is not over yet"
        assert set(figures().months[0].reports.kinds.values()) == {None}
    with clock.at(NOON + timedelta(days=31)):
        page = client.get("/moderation").text
        kinds = figures().months[1].reports.kinds
    assert {kinds["spam"], kinds["abuse"]} == {11}
    assert (kinds["hate"], kinds["other"]) == (None, None)
    assert "Insults or bullying" in page
    assert "Hate against a group of people" not in page
    assert "not shown" in page


def test_what_was_undone_counts_no_more() -> None:
    decision = decided(reported(idea(), NOON), "hide", NOON)
    moderator = colleague()
    with write():
        services.undo(decision, actor=moderator)
    month = at(NOON)
    assert (month.decisions, month.reports.total, month.median) == (0, 1, None)


def test_appeals_and_what_came_of_them_are_counted() -> None:
    author, other = resident(), colleague()
    for upheld in (True, False, None):
        decision = decided(reported(idea(author=author), NOON), "hide", NOON)
        with clock.at(NOON), write():
            made = services.appeal(decision, author, words="It is no advert.", language="en").id
        if upheld is not None:
            with clock.at(NOON), write():
                services.decide_appeal(made, upheld=upheld, reason="Read again.", actor=other)
    asked = at(NOON).asked
    assert asked.made == 3
    assert set(asked.outcomes.kinds.values()) == {None}


def test_a_month_that_is_over_is_told_as_it_ended(client: Client) -> None:
    decisions = [decided(reported(idea(), NOON), "hide", NOON) for _each in range(11)]
    for _each in range(10):
        decided(reported(idea(), NOON), "keep", NOON)
    later, moderator = NOON + timedelta(days=31), colleague()
    with clock.at(later):
        before = figures().months[1]
    assert (before.acts.kinds["hide"], before.acts.kinds["keep"], before.decisions) == (11, 10, 21)
    with clock.at(later), write():
        services.undo(decisions[0], actor=moderator)
    with clock.at(later):
        after = figures().months[1]
        page = client.get("/moderation").text
    assert after.acts == before.acts, "who compares two days learns nothing of one decision"
    assert after.grounds == before.grounds
    assert after.decisions == 20
    assert "Kept: breaks no rule" in page


@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_the_page_and_the_table_say_the_same_in_both_languages(client: Client, prefix: str) -> None:
    decided(reported(idea(), clock.now()), "keep", clock.now())
    page = client.get(f"{prefix}/moderation")
    assert page.status_code == 200
    assert f'href="{prefix}/moderation.csv"' in page.text
    table = client.get(f"{prefix}/moderation.csv")
    lines = list(csv.reader(io.StringIO(table.get_data().decode("utf-8-sig"))))
    assert len(lines[0]) == 4
    assert {line[0] for line in lines[1:]} >= {f"{clock.today():%Y-%m}"}
    assert all(len(line) == 4 for line in lines)


def test_an_empty_place_says_what_will_be_here(client: Client) -> None:
    assert "it will be counted here" in client.get("/moderation").text
    assert 'href="/moderation"' in client.get("/rules").text


def test_the_figures_cost_five_statements_however_many_there_are(app: Flask) -> None:
    costs = []
    for number in (1, 20):
        for each in range(number):
            case = reported(idea(), NOON + timedelta(minutes=each))
            decided(case, "keep", NOON + timedelta(hours=each))
        with clock.at(NOON), counted() as statements:
            figures()
        costs.append(sum("FROM" in sql for sql in statements.sent))
    assert costs == [5, 5]
