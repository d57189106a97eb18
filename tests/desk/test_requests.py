"""Requests about data: what each step does to the clock, and what is refused."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.desk import letters, queries, services
from citizen_voice.desk.models import (
    ACCESS,
    COMPLAINT,
    ERASURE,
    GRANTED,
    IN_DOUBT,
    OBJECTION,
    PAPER,
    RECTIFICATION,
    REFUSED,
    TAKEN_BACK,
)
from citizen_voice.errors import Conflict, NotAllowed, Refusal
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.words import LANGUAGES, force_locale
from tests.factories.desk import asked, draft, due, entered, officer, stored
from tests.factories.people import resident


def on(day: date) -> Any:
    """Noon of a day in London."""
    return clock.at(clock.moment(day, time(12)))


def test_a_letter_of_june_is_due_when_the_table_says_and_a_question_stops_it(app: Flask) -> None:
    actor = officer()
    with on(date(2026, 6, 1)):
        number = entered(actor=actor)
    assert due(number) == date(2026, 7, 1)
    with on(date(2026, 6, 10)), write():
        services.ask_clarification(number, actor=actor)
    assert due(number) is None
    with on(date(2026, 6, 17)), write():
        services.clarified(number, actor=actor)
    assert due(number) == date(2026, 7, 9)
    with on(date(2026, 6, 18)), write():
        services.extend(number, actor=actor)
    assert due(number) == date(2026, 9, 9)


def test_a_question_does_not_stop_the_clock_of_other_rights(app: Flask) -> None:
    actor = officer()
    with on(date(2026, 6, 1)):
        number = entered(RECTIFICATION, actor=actor)
        with write():
            services.ask_clarification(number, actor=actor)
    assert due(number) == date(2026, 7, 1)


@pytest.mark.parametrize("hour", [22, 23])
def test_what_is_asked_after_midnight_in_london_came_on_the_new_day(app: Flask, hour: int) -> None:
    with clock.at(datetime(2026, 6, 1, hour, 30, tzinfo=UTC)):
        number = asked(resident())
    assert stored(number).received_on == date(2026, 6, 1 if hour == 22 else 2)


def test_it_is_too_late_to_take_more_time_after_the_first_month(app: Flask) -> None:
    actor = officer()
    with on(date(2026, 6, 1)):
        number = entered(actor=actor)
    with on(date(2026, 7, 2)), pytest.raises(NotAllowed, match="too late"), write():
        services.write_letter(number, letters.EXTENDED, draft(), actor=actor)
    assert stored(number).extended_on is None
    assert queries.letters_of(number) == []
    with on(date(2026, 7, 1)), write():
        services.write_letter(number, letters.EXTENDED, draft(), actor=actor)
    assert due(number) == date(2026, 9, 1)
    with on(date(2026, 7, 1)), pytest.raises(Conflict), write():
        services.extend(number, actor=actor)


def test_the_clock_waits_for_who_asks_and_for_the_fee(app: Flask) -> None:
    actor = officer()
    with on(date(2026, 6, 1)):
        number = entered(actor=actor, identity=IN_DOUBT)
        assert due(number) == date(2026, 7, 1)
        with write():
            services.write_letter(number, letters.IDENTITY, draft(), actor=actor)
    assert due(number) is None
    with on(date(2026, 6, 9)), write():
        services.identity_given(number, actor=actor, day=date(2026, 6, 8))
    assert due(number) == date(2026, 7, 8)
    with on(date(2026, 6, 9)), write():
        services.ask_fee(number, actor=actor)
    assert due(number) is None
    with on(date(2026, 6, 15)), write():
        services.fee_paid(number, actor=actor)
    assert due(number) == date(2026, 7, 15)


@pytest.mark.parametrize("kind", [ACCESS, RECTIFICATION])
def test_while_it_is_in_doubt_who_asks_nothing_is_granted_but_it_can_be_refused(
    app: Flask, kind: str
) -> None:
    actor = officer()
    number = entered(kind, actor=actor, identity=IN_DOUBT)
    with pytest.raises(Refusal, match="not known yet"), write():
        services.decide(number, GRANTED, "", draft(), actor=actor)
    with pytest.raises(Refusal, match="not known yet"), write():
        services.dispute(number, "It is wrong.", actor=actor)
    with write():
        services.decide(number, REFUSED, "We could not tell who asks.", draft(), actor=actor)
    assert stored(number).outcome == REFUSED


def test_while_it_is_in_doubt_who_asks_nobody_is_erased_or_hidden(app: Flask) -> None:
    actor, person = officer(), resident(email="nell@example.org")
    erasure = entered(ERASURE, actor=actor, identity=IN_DOUBT)
    objection = entered(OBJECTION, actor=actor, identity=IN_DOUBT)
    assert stored(erasure).person_id == person
    with pytest.raises(Refusal, match="not known yet"), write():
        services.erase(erasure, draft(), remove_words=True, actor=actor)
    for act in (services.restrict, services.stop_news):
        with pytest.raises(Refusal, match="not known yet"), write():
            act(objection, actor=actor)
    assert stored(erasure).closed_at is None


def test_a_complaint_is_not_closed_without_outcome_reasons_and_the_way_to_the_ico(
    app: Flask,
) -> None:
    actor = officer()
    number = entered(COMPLAINT, actor=actor)
    for outcome, reasons, letter, field in (
        ("", "We looked.", draft(), "outcome"),
        (GRANTED, "", draft(), "reasons"),
        (GRANTED, "We looked.", draft(body="You were right."), "body"),
    ):
        with pytest.raises(Refusal) as refused, write():
            services.decide(number, outcome, reasons, letter, actor=actor)
        assert refused.value.field == field
    assert stored(number).closed_at is None
    with write():
        services.decide(number, GRANTED, "We looked.", draft(), actor=actor)
    assert (stored(number).outcome, stored(number).ico_told) == (GRANTED, True)


def test_a_refusal_has_its_reasons_and_the_way_to_the_ico(app: Flask) -> None:
    actor = officer()
    number = entered(actor=actor)
    with pytest.raises(Refusal, match="Information Commissioner"), write():
        services.decide(number, REFUSED, "No.", draft(body="No."), actor=actor)
    with pytest.raises(Refusal, match="reasons"), write():
        services.decide(number, REFUSED, " ", draft(), actor=actor)


def test_a_complaint_from_my_data_is_acknowledged_at_once_by_letter(app: Flask) -> None:
    person = resident(email="ann@example.org")
    number = asked(person, COMPLAINT, words="You lost my letter.")
    row = stored(number)
    assert row.acknowledged_on == clock.today()
    mail = db.session.query(OutboxMail).filter_by(to_address="ann@example.org").one()
    assert (mail.kind, mail.purpose) == ("rights-letter", "accountability")
    assert "ico.org.uk" in (mail.body or "")
    assert "lost my letter" not in (mail.body or "")


def test_what_is_closed_takes_no_step_until_it_is_opened_again(app: Flask) -> None:
    actor = officer()
    with on(date(2026, 6, 1)):
        number = entered(actor=actor)
        with write():
            services.decide(number, GRANTED, "", draft(), actor=actor)
        with pytest.raises(Conflict, match="closed"), write():
            services.ask_identity(number, actor=actor)
        with pytest.raises(Refusal, match="why"), write():
            services.reopen(number, "", actor=actor)
        with write():
            services.reopen(number, "They found more.", actor=actor)
    assert (stored(number).outcome, due(number)) == (None, date(2026, 7, 1))


def test_a_letter_with_a_gap_or_without_an_address_does_not_leave(app: Flask) -> None:
    actor = officer()
    number = entered(actor=actor, email=None, address="1 High Street")
    with pytest.raises(Refusal, match="in place of"), write():
        services.write_letter(
            number, letters.CLARIFY, draft(body=f"We ask: {letters.FILL}"), actor=actor
        )
    with pytest.raises(Refusal, match="Print it") as refused, write():
        services.write_letter(number, letters.CLARIFY, draft(), actor=actor)
    assert refused.value.field == "way"
    assert due(number) is not None  # the step was not taken either
    with write():
        services.write_letter(number, letters.CLARIFY, draft(way=PAPER), actor=actor)
    assert due(number) is None


def test_every_letter_can_be_written_in_both_languages(app: Flask) -> None:
    row = stored(entered(COMPLAINT))
    for code in LANGUAGES:
        for kind in letters.NAMES:
            with force_locale(code):
                made = letters.written(kind, letters.About(row, "P-1", "link", "Site", TAKEN_BACK))
            assert "P-1" in made.body
            assert "\n\n\n" not in made.body


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"received_on": date(2999, 1, 1)}, "received_on"),
        ({"received_on": date(1999, 1, 1)}, "received_on"),
        ({"received_on": None}, "received_on"),
        ({"channel": "pigeon"}, "channel"),
        ({"identity": "sure"}, "identity"),
        ({"kind": "gold"}, "kind"),
        ({"words": "x" * 3001}, "words"),
        ({"kind": COMPLAINT, "words": "…"}, "words"),
    ],
    ids=["ahead", "old", "no-day", "channel", "identity", "kind", "long", "says-nothing"],
)
def test_bad_input_is_refused_at_its_field(app: Flask, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        entered(**{"kind": ACCESS} | given)
    assert refused.value.field == field
