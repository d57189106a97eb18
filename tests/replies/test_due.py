"""What is due is public, and found by who owes it."""

from datetime import UTC, date, datetime, timedelta

from flask import Flask

from citizen_voice import clock
from citizen_voice.replies import queries
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.replies import reply, working_day


def test_the_promises_clock_runs_in_public(client: Client) -> None:
    asked = challenge(
        opens=date(2026, 1, 5), closes=date(2026, 2, 27), replies_by=date(2026, 3, 31)
    )
    with clock.at(datetime(2026, 1, 6, 12, tzinfo=UTC)):
        number = idea(asked)
    due = "Reply due 31 March 2026</b>"
    for day, words in (
        ((3, 13), f"{due} · 12 working days left"),
        ((3, 30), f"{due} · 1 working day left"),
        ((3, 31), f"{due}</p>"),
        ((4, 1), "The reply was due 31 March 2026. Not posted yet."),
    ):
        with clock.at(datetime(2026, *day, 12, tzinfo=UTC)):
            assert words in client.get(f"/ideas/CV-{number}").text
    with clock.at(datetime(2026, 4, 2, 12, tzinfo=UTC)):
        reply(number, outcome="will-do", next_on=date(2026, 4, 20))
        page = client.get(f"/ideas/CV-{number}").text
        assert "Not posted yet" not in page
        assert "You hear more by 20 April 2026." in page
        assert "The council has replied" in page
    with clock.at(datetime(2026, 4, 21, 12, tzinfo=UTC)):
        page = client.get(f"/ideas/CV-{number}").text
        assert "More was due by 20 April 2026. Not posted yet." in page


def test_what_is_due_is_found_late_first(app: Flask) -> None:
    today = clock.today()
    late_one = challenge(replies_by=today - timedelta(days=2))
    soon_one = challenge(replies_by=today + timedelta(days=3))
    far_one, none = challenge(replies_by=today + timedelta(days=90)), challenge()
    far, soon, late, never = idea(far_one), idea(soon_one), idea(late_one), idea(none)
    owed = idea(far_one)
    reply(owed, outcome="will-do", next_on=working_day(20))
    reply(idea(late_one))
    found = queries.due(queries.DueFilters()).rows
    assert [row.id for row in found] == [late, soon, owed, far, never]
    counts = queries.due_counts()
    assert (counts.late, counts.week, counts.all) == (1, 1, 5)
    for show, expected in (("late", [late]), ("soon", [soon])):
        assert [row.id for row in queries.due(queries.DueFilters(show)).rows] == expected
    narrowed = queries.due(queries.DueFilters(challenge_id=far_one.id)).rows
    assert [row.id for row in narrowed] == [owed, far]


def test_the_due_list_is_paged_without_leaving_one_out(app: Flask) -> None:
    asked = challenge(replies_by=clock.today() + timedelta(days=5))
    other = challenge()
    numbers = [idea(asked) for _ in range(32)] + [idea(other) for _ in range(23)]
    seen, after = [], None
    for _ in range(3):
        found = queries.due(queries.DueFilters(), after)
        seen += [row.id for row in found.rows]
        after = found.after
        if after is None:
            break
    assert seen == numbers
