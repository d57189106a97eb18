"""An administrator makes a challenge and changes it: nothing typed is lost, nothing half done."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.answers import services as answering
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.site.models import SiteSettings
from tests.challenges.setting_up import (
    LIST,
    administrator,
    errors,
    fields,
    fields_of,
    journalled,
    newest,
    row,
    typed,
)
from tests.factories.challenges import PROMISE, challenge
from tests.factories.ideas import idea
from tests.factories.people import resident

PROMISED = ("sponsor_en", "decides_en", "money_en", "fixed_en", "promise_en", "reply_team_en")


def count() -> int:
    return int(db.session.scalar(select(func.count()).select_from(Challenge)) or 0)


def test_a_draft_is_made_with_an_address_from_its_question_and_nobody_else_sees_it(
    app: Flask,
) -> None:
    staff = administrator(app)
    answer = staff.send(f"{LIST}/new", typed())
    made = newest()
    assert answer.status_code == 303
    assert answer.location == f"{LIST}/{made.id}?done=challenge-made"
    assert (made.slug, made.published_at) == ("what-would-make-your-street-safer", None)
    assert ("challenge made", f"challenge {made.slug}") in journalled()
    page = staff.get(answer.location)
    assert "The draft is saved" in page.text
    assert "What would make your street safer?" in staff.get(LIST).text
    visitor = app.test_client()
    assert visitor.get(f"/challenges/{made.slug}").status_code == 404
    assert "your street safer" not in visitor.get("/challenges").text
    staff.send(f"{LIST}/new", typed())
    assert newest().slug == "what-would-make-your-street-safer-2"


def test_a_draft_may_be_incomplete_and_going_on_to_publish_says_what_is_missing(
    app: Flask,
) -> None:
    staff = administrator(app)
    bare = typed(**dict.fromkeys(PROMISE, ""))
    refused = staff.send(f"{LIST}/new", bare | {"_publish": "1"})
    assert refused.status_code == 422
    assert set(errors(refused)) == set(PROMISED)
    assert count() == 0
    assert staff.send(f"{LIST}/new", bare).status_code == 303
    key = newest().id
    page = staff.get(f"{LIST}/{key}").text
    assert "Not ready to publish" in page
    assert f"{LIST}/{key}/edit#money_en" in page
    page = staff.get(f"{LIST}/{key}/publish").text
    assert "The promise is not complete." in page
    sent = staff.send(f"{LIST}/{key}/publish")
    assert sent.status_code == 422
    assert set(errors(sent)) == set(PROMISED)
    assert row(key).published_at is None
    again = fields(staff, f"{LIST}/{key}/edit") | PROMISE | {"_publish": "1"}
    assert staff.send(f"{LIST}/{key}/edit", again).location == f"{LIST}/{key}/publish"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("question_en", ""),
        ("question_en", "x" * 161),
        ("question_cy", "x" * 161),
        ("slug", "Two Words"),
        ("slug", "x" * 61),
        ("slug", "../x"),
        ("background_en", "x" * 10_001),
        ("sponsor_en", "x" * 601),
        ("reply_team_cy", "x" * 81),
        ("opens_on", ""),
        ("opens_on", "2027-02-30"),
        ("opens_on", "tomorrow"),
        ("closes_on", "9999-12-31"),
        ("closes_on", "0001-01-01"),
        ("closes_on", "2000-01-01"),
        ("closes_on", "\u0662\u0660\u0662\u0667-01-01"),
        ("replies_by", "32/1/2027"),
        ("ballot", "ranked"),
        ("moderation", ""),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_everything_typed_comes_back(
    app: Flask, field: str, value: str
) -> None:
    staff = administrator(app)
    refused = staff.send(f"{LIST}/new", typed(background_cy="Achos <b>pam</b>") | {field: value})
    assert refused.status_code == 422
    assert set(errors(refused)) == {field}
    assert "<title>Error: " in refused.text
    given = fields_of(refused.text)
    if field not in ("ballot", "moderation"):
        assert given[field] == value
    assert given["background_cy"] == "Achos <b>pam</b>"
    assert count() == 0


def test_days_can_be_typed_day_first_and_what_cannot_be_seen_is_left_out(app: Flask) -> None:
    staff = administrator(app)
    sent = typed(
        opens_on="1/2/2027",
        closes_on="28.2.2027",
        question_en="  What\0 would\r\n make\u202e it safer? ",
        background_en="One\r\n\r\nTwo\0",
    )
    assert staff.send(f"{LIST}/new", sent).status_code == 303
    made = newest()
    assert (made.opens_on, made.closes_on) == (date(2027, 2, 1), date(2027, 2, 28))
    assert made.question_en == "What would make it safer?"
    assert made.background_en == "One\n\nTwo"


def test_a_form_that_is_sent_as_it_is_changes_nothing(app: Flask) -> None:
    staff = administrator(app)
    asked = challenge(
        background_en="Why\n\n**we** ask", replies_by=date(2027, 3, 31), moderation="newcomers"
    )
    before = {column.name: getattr(asked, column.name) for column in Challenge.__table__.columns}
    sent = fields(staff, f"{LIST}/{asked.id}/edit")
    assert staff.send(f"{LIST}/{asked.id}/edit", sent).status_code == 303
    now = row(asked.id)
    assert before == {name: getattr(now, name) for name in before}


def test_what_is_public_keeps_its_promise_and_its_days(app: Flask) -> None:
    staff = administrator(app)
    asked = challenge()
    sent = fields(staff, f"{LIST}/{asked.id}/edit")
    assert "opens_on" not in sent
    refused = staff.send(f"{LIST}/{asked.id}/edit", sent | {"money_en": "  "})
    assert set(errors(refused)) == {"money_en"}
    later = (clock.today() + timedelta(days=300)).isoformat()
    sent |= {"closes_on": later, "money_en": "£1", "published_at": "", "id": "99"}
    assert staff.send(f"{LIST}/{asked.id}/edit", sent).status_code == 303
    now = row(asked.id)
    assert (now.money_en, now.closes_on) == ("£1", asked.closes_on)
    assert ("challenge edited", f"challenge {asked.slug}") in journalled()


def test_the_ballot_stays_after_the_first_answer_and_says_so_at_its_field(app: Flask) -> None:
    staff = administrator(app)
    asked = challenge()
    number, person = idea(asked), resident()
    sent = fields(staff, f"{LIST}/{asked.id}/edit") | {"ballot": "support"}
    assert staff.send(f"{LIST}/{asked.id}/edit", sent).status_code == 303
    assert row(asked.id).ballot == "support"
    with write():
        answering.cast(person, number, "support")
    sent = fields(staff, f"{LIST}/{asked.id}/edit") | {"ballot": "opinion", "money_en": "£2"}
    refused = staff.send(f"{LIST}/{asked.id}/edit", sent)
    assert refused.status_code == 422
    assert set(errors(refused)) == {"ballot"}
    assert fields_of(refused.text)["money_en"] == "£2"
    assert row(asked.id).ballot == "support"
    assert staff.send(f"{LIST}/{asked.id}/edit", sent | {"ballot": "support"}).status_code == 303


def test_two_at_once_the_second_is_shown_what_changed_and_keeps_their_words(app: Flask) -> None:
    first, second = administrator(app), administrator(app)
    asked = challenge()
    address = f"{LIST}/{asked.id}/edit"
    theirs, mine = fields(first, address), fields(second, address)
    first.send(address, theirs | {"money_en": "£20,000", "fixed_en": "Trains"})
    sent = mine | {"money_en": "£30,000", "decides_en": "The cabinet"}
    conflict = second.send(address, sent)
    assert conflict.status_code == 422
    assert errors(conflict) == {"money_en": "Somebody else wrote here: £20,000"}
    given = fields_of(conflict.text)
    assert given["money_en"] == "£30,000"
    assert given["decides_en"] == "The cabinet"
    assert given["fixed_en"] == "Trains"
    assert row(asked.id).money_en == "£20,000"
    assert second.send(address, given).status_code == 303
    now = row(asked.id)
    assert (now.money_en, now.decides_en, now.fixed_en) == ("£30,000", "The cabinet", "Trains")


@pytest.mark.parametrize("mark", ["", "nonsense", "\0", "x" * 5_000])
def test_a_form_without_its_mark_overwrites_nothing(app: Flask, mark: str) -> None:
    staff = administrator(app)
    asked = challenge()
    sent = fields(staff, f"{LIST}/{asked.id}/edit") | {"seen": mark, "money_en": "£0"}
    assert staff.send(f"{LIST}/{asked.id}/edit", sent).status_code == 422
    assert row(asked.id).money_en == asked.money_en


def test_without_welsh_on_the_site_the_form_has_english_alone_and_keeps_the_welsh(
    app: Flask,
) -> None:
    staff = administrator(app)
    asked = challenge(money_cy="£10,000 yn Gymraeg")
    both = fields(staff, f"{LIST}/{asked.id}/edit")
    assert both["question_cy"] == asked.question_cy
    assert staff.get(f"/cy{LIST}/{asked.id}/edit").status_code == 200
    assert "No Welsh yet" in staff.get(f"{LIST}/{asked.id}/edit").text
    with write():
        db.session.get_one(SiteSettings, 1).welsh_on = False
    alone = fields(staff, f"{LIST}/{asked.id}/edit")
    assert not [name for name in alone if name.endswith("_cy")]
    assert "No Welsh yet" not in staff.get(f"{LIST}/{asked.id}/edit").text
    forged: dict[str, Any] = {"question_cy": "Rhywbeth arall"}
    staff.send(f"{LIST}/{asked.id}/edit", alone | {"money_en": "£5"} | forged)
    now = row(asked.id)
    assert (now.money_en, now.money_cy) == ("£5", "£10,000 yn Gymraeg")
    assert now.question_cy == asked.question_cy
