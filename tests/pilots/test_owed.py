"""What a decided trial leaves owed: the word that a reply had promised has come with it."""

from datetime import date, timedelta

from flask import Flask

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.pilots import services
from citizen_voice.replies import queries
from citizen_voice.replies import services as replies
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.pilots import a_pilot, declared, evaluated, shortlisted
from tests.factories.replies import reply, working_day
from tests.factories.team import colleague


def decided(pilot: int, decision: str, next_on: date | None) -> None:
    number = declared(evaluated(pilot), decision, next_on=next_on)
    second = colleague()
    with write():
        services.confirm(number, actor=second)


def owed(number: int) -> date | None:
    db.session.rollback()
    return db.session.get_one(IdeaListing, number).owed_on


def promised(soon: date) -> int:
    (number,) = shortlisted([idea()])
    reply(number, outcome="trying", next_on=soon)
    return number


def test_a_decision_is_the_word_that_the_reply_promised(client: Client) -> None:
    soon, later = working_day(5), working_day(60)
    ends, goes_on, looked_at = promised(soon), promised(soon), promised(soon)
    running = promised(soon)
    a_pilot(running)
    decided(a_pilot(ends), "scale", None)
    decided(a_pilot(goes_on), "scale", later)
    decided(a_pilot(looked_at), "adapt", later)
    assert [owed(each) for each in (ends, goes_on, looked_at, running)] == [
        None,
        later,
        later,
        soon,
    ]
    with clock.at(clock.now() + timedelta(days=20)):
        late = [row.id for row in queries.due(queries.DueFilters("late")).rows]
        assert late == [running]
        for number in (ends, goes_on, looked_at):
            page = client.get(f"/ideas/CV-{number}").text
            assert "Not posted yet" not in page
            assert ("Next step by" in page) is (number != ends)
        assert "Not posted yet" in client.get(f"/ideas/CV-{running}").text
    with clock.at(clock.now() + timedelta(days=90)):
        assert "Not posted yet" in client.get(f"/ideas/CV-{goes_on}").text
        reply(goes_on, outcome="already")
        page = client.get(f"/ideas/CV-{goes_on}").text
        assert "Not posted yet" not in page
        assert "Next step by" not in page


def test_a_reply_that_is_taken_back_leaves_owed_what_the_trial_said(app: Flask) -> None:
    soon, later = working_day(5), working_day(60)
    ends, goes_on = promised(soon), promised(soon)
    decided(a_pilot(ends), "stop", None)
    decided(a_pilot(goes_on), "scale", later)
    for number, left in ((ends, None), (goes_on, later)):
        after = reply(number, outcome="will-do", next_on=working_day(30))
        assert owed(number) == working_day(30)
        with write():
            replies.take_back(after, actor=None)
        assert owed(number) == left


def test_a_link_that_is_taken_away_keeps_the_promise(app: Flask) -> None:
    soon = working_day(5)
    tried, other = promised(soon), promised(soon)
    pilot = a_pilot(tried, other)
    with write():
        services.unlink(pilot, tried, actor=None)
    assert owed(tried) == soon
