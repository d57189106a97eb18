"""The officer reads the rules in plain words, sets them, holds things, and sees what was done."""

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.journal.models import JournalEntry
from citizen_voice.keeping import in_force
from citizen_voice.retention import queries
from citizen_voice.retention.models import RetentionChange, RetentionHold
from citizen_voice.team.models import ADMINISTRATOR, PRIVACY_OFFICER
from tests.client import Client
from tests.factories.people import resident
from tests.factories.retention import LONG_AGO, NOW, decided_idea, done, idle
from tests.factories.team import colleague

START = "/staff/privacy/retention"


@pytest.fixture
def officer(client: Client) -> Client:
    """The officer's browser."""
    client.sign_in(colleague(PRIVACY_OFFICER, name="Ann Bell"), staff=True)
    return client


def acts() -> list[str]:
    """What the journal says of retention."""
    db.session.rollback()
    return [
        act
        for act in db.session.scalars(select(JournalEntry.act).order_by(JournalEntry.number))
        if act.startswith(("retention", "hold"))
    ]


def test_only_the_officer_comes_here(client: Client) -> None:
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    assert client.get(START).status_code == 403


def test_every_rule_stands_there_in_plain_words(officer: Client) -> None:
    page = officer.get(START).text
    assert "The account is deleted 24 months after it was last used" in page
    assert "We write to you 30 days before that." in page
    assert "There are no holds." in page
    for setting in in_force().values():
        assert str(setting.rule.title) in page


def test_a_rule_is_set_with_its_history_and_a_line_in_the_journal(officer: Client) -> None:
    sent = {"number": "18", "warn": "45", "active": "y", "reason": ""}
    answer = officer.send(f"{START}/rules/idle-accounts", sent)
    assert answer.status_code == 303
    assert acts() == ["retention rule changed"]
    setting = in_force()["idle-accounts"]
    assert (setting.period.number, setting.warn, setting.active) == (18, 45, True)
    page = officer.get(f"{START}/rules/idle-accounts").text
    assert "18 months after it was last used" in page
    assert "By default: The account is deleted 24 months" in page
    assert "Ann Bell" in page
    assert "18 months" in str(queries.words_of("persons"))


@pytest.mark.parametrize(
    ("rule", "sent", "said"),
    [
        ("idle-accounts", {"number": "30", "warn": "30", "active": "y"}, "Say why it is kept"),
        ("idle-accounts", {"number": "24", "warn": "3", "active": "y"}, "from 14 to 180"),
        ("idle-accounts", {"number": "24", "warn": "30"}, "Say why it is kept"),
        ("idle-accounts", {"number": "lots", "warn": "30", "active": "y"}, "whole number"),
        ("idle-accounts", {"number": "0", "warn": "30", "active": "y"}, "whole number"),
        ("word-marks", {"number": "31", "active": "y", "reason": "So"}, "30 days at most"),
    ],
)
def test_a_rule_goes_nowhere_it_may_not_and_nothing_typed_is_lost(
    officer: Client, rule: str, sent: dict[str, str], said: str
) -> None:
    answer = officer.send(f"{START}/rules/{rule}", {"reason": ""} | sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{sent["number"]}"' in answer.text
    assert db.session.scalars(select(RetentionChange)).all() == []


def test_what_is_part_of_the_site_cannot_be_set(officer: Client) -> None:
    assert officer.get(f"{START}/rules/limits").status_code == 404
    assert officer.get(f"{START}/rules/no-such-rule").status_code == 404
    sent = {"number": "3", "active": "y"}
    assert officer.send(f"{START}/rules/sessions", sent).status_code == 404


def test_what_would_be_done_is_counted_and_listed_and_not_done(officer: Client) -> None:
    assert "Nothing is due" in officer.get(f"{START}/now").text
    number = decided_idea(resident())
    page = officer.get(f"{START}/now").text
    assert "Names on ideas" in page
    listed = officer.get(f"{START}/now/names").text
    assert f"CV-{number}" in listed
    assert done(now=clock.now())["names"] == [(number,)]
    assert "Nothing is due" in officer.get(f"{START}/now/names").text
    assert officer.get(f"{START}/now/no-such").status_code == 404


def test_a_long_list_goes_on(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("citizen_voice.retention.staff_routes.PER_PAGE", 2)
    people = [idle(seen=LONG_AGO) for _ in range(3)]
    page = officer.get(f"{START}/now/warned")
    assert str(people[0]) in page.text
    following = page.text.split('href="')[-1] if "Next" not in page.text else page.text
    link = next(part for part in following.split('"') if "after=" in part)
    assert str(people[2]) in officer.get(link.replace("&amp;", "&")).text
    assert officer.get(f"{START}/now/warned?after=nonsense").status_code == 400


def test_an_idea_and_an_account_are_held_and_the_hold_is_ended(officer: Client) -> None:
    author = idle(email="ann@example.org", name="Ann Price")
    number = decided_idea(author)
    for about in (f"cv-{number}", "ANN@example.org"):
        sent = {"about": about, "reason": "A claim is under way.", "until": ""}
        assert officer.send(f"{START}/holds", sent).status_code == 303
    page = officer.get(START).text
    assert f"CV-{number}" in page
    assert "Ann Price" in page
    assert "ann@example.org" not in page
    assert done(hourly=False) == {}
    keys = db.session.scalars(select(RetentionHold.id).order_by(RetentionHold.id)).all()
    for key in keys:
        assert officer.send(f"{START}/holds/{key}/end").status_code == 303
    assert officer.send(f"{START}/holds/{keys[0]}/end").status_code == 409
    assert set(done(hourly=False)) == {"names", "warned"}
    assert acts() == ["hold added", "hold added", "hold ended", "hold ended"]
    assert "A claim is under way." in officer.get(f"{START}/holds").text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"about": "CV-999999", "reason": "So"}, "There is no such idea."),
        ({"about": "nobody@example.org", "reason": "So"}, "There is no such account."),
        ({"about": "the bench", "reason": "So"}, "Write an idea’s number"),
        ({"about": "99999999999999", "reason": "So"}, "Write an idea’s number"),
        ({"about": "", "reason": "So"}, "Write an idea’s number"),
    ],
)
def test_a_hold_is_about_something(officer: Client, sent: dict[str, str], said: str) -> None:
    answer = officer.send(f"{START}/holds", {"until": ""} | sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert "So</textarea>" in answer.text.replace("\n", "")


def test_a_hold_needs_a_reason_and_a_day_to_come(officer: Client) -> None:
    number = decided_idea(resident())
    sent = {"about": f"CV-{number}", "reason": " ", "until": ""}
    assert "Say why it has to stay." in officer.send(f"{START}/holds", sent).text
    sent = {"about": f"CV-{number}", "reason": "A claim", "until": "2020-01-01"}
    assert "That day is over." in officer.send(f"{START}/holds", sent).text


def test_the_log_says_what_was_done_and_leaves_as_a_file(officer: Client, app: Flask) -> None:
    assert "Nothing yet" in officer.get(f"{START}/log").text
    decided_idea(resident())
    done(now=NOW)
    page = officer.get(f"{START}/log").text
    assert "Names on ideas" in page
    assert "Done" in page
    lines = officer.get(f"{START}/log.csv").text.splitlines()
    assert lines[0].endswith("rule,day,state,began,ended,done,warned,unreached,failed")
    assert any(line.startswith("names-off-ideas,2026-11-22,done,") for line in lines)
