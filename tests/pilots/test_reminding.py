"""Reminders to who is responsible, and what becomes of pilots whose owner leaves."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.db import db, write
from citizen_voice.errors import Refusal
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.pilots import reminding, services
from citizen_voice.pilots.models import PilotReminder
from citizen_voice.site import queries as site
from citizen_voice.site import services as settings
from citizen_voice.team import services as team
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR, PILOT_OWNER
from tests.factories.ideas import idea
from tests.factories.pilots import (
    a_pilot,
    decided,
    declared,
    evaluated,
    owner_of,
    said,
    shortlisted,
    stored,
)
from tests.factories.team import colleague
from tests.meanwhile import meanwhile

pytestmark = pytest.mark.usefixtures("app")
PROMISED_ON = date(2027, 2, 1)
NEXT_ON = date(2027, 3, 31)
"""A Wednesday; Good Friday is the 26th, Easter Monday the 29th."""


def at(day: date, hour: int = 8) -> datetime:
    """A moment of a day in London."""
    return clock.moment(day, time(hour))


@pytest.fixture
def pilot() -> int:
    """One that promises a word by ``NEXT_ON``."""
    with clock.at(at(PROMISED_ON)):
        made = a_pilot(*shortlisted([idea()]))
        said(made, next_on=NEXT_ON)
    return made


def letters() -> list[tuple[str, str]]:
    """To whom reminders go, and what they are about."""
    db.session.rollback()
    mails = db.session.query(OutboxMail).filter_by(kind="pilot-reminder").order_by(OutboxMail.id)
    return [(str(mail.to_address), mail.subject or "") for mail in mails]


def address_of(key: UUID) -> str:
    """Somebody's e-mail address."""
    return str(db.session.get_one(Person, key).email)


def test_working_days_leave_out_weekends_and_easter() -> None:
    assert reminding.working_days_from(NEXT_ON, -7) == date(2027, 3, 18)
    assert reminding.working_days_from(NEXT_ON, 5) == date(2027, 4, 7)
    assert reminding.working_days_from(NEXT_ON, 0) == NEXT_ON


def test_each_step_is_told_once_seven_before_on_the_day_and_five_after(pilot: int) -> None:
    counts = {}
    for day, hour in (
        (date(2027, 3, 17), 8),
        (date(2027, 3, 18), 8),
        (date(2027, 3, 18), 9),  # the worker was killed over it, and does it again
        (date(2027, 3, 19), 8),
        (NEXT_ON, 8),
        (date(2027, 4, 6), 8),
        (date(2027, 4, 7), 8),
        (date(2027, 5, 7), 8),
    ):
        with clock.at(at(day, hour)):
            reminding.remind()
        counts[day, hour] = len(letters())
    assert list(counts.values()) == [0, 1, 1, 1, 2, 2, 3, 3]
    to = address_of(owner_of(pilot))
    assert {address for address, _subject in letters()} == {to}
    assert [subject.partition(": ")[2] for _to, subject in letters()] == [
        "the next word is due on 31 March 2027",
        "the next word is due today",
        "the next word was due on 31 March 2027",
    ]
    assert all(subject.startswith(f"CVT-{pilot}: ") for _to, subject in letters())


def test_after_a_long_silence_of_the_worker_only_the_last_step_is_told(pilot: int) -> None:
    del pilot
    with clock.at(at(date(2027, 4, 20))):
        assert reminding.remind() == 1
        assert reminding.remind() == 0
    assert len(letters()) == 1


def test_a_promise_for_soon_is_not_told_at_once() -> None:
    with clock.at(at(date(2027, 3, 22))):
        pilot = a_pilot(*shortlisted([idea()]))
        said(pilot, next_on=date(2027, 3, 24))
        assert reminding.remind() == 0
    with clock.at(at(date(2027, 3, 23))):
        assert reminding.remind() == 0
    with clock.at(at(date(2027, 3, 24))):
        assert reminding.remind() == 1


def test_a_word_in_time_ends_the_reminders_and_begins_new_ones(pilot: int) -> None:
    with clock.at(at(date(2027, 3, 18))):
        reminding.remind()
        said(pilot, next_on=date(2027, 6, 1))
    with clock.at(at(NEXT_ON)):
        assert reminding.remind() == 0
    with clock.at(at(date(2027, 6, 1))):
        assert reminding.remind() == 1
    db.session.rollback()
    kept = db.session.query(PilotReminder).order_by(PilotReminder.due_on)
    assert [(row.due_on, row.step) for row in kept] == [(NEXT_ON, -7), (date(2027, 6, 1), 0)]


def test_the_deputy_is_reminded_where_there_is_no_owner_and_nobody_of_what_is_over(
    pilot: int,
) -> None:
    owner, deputy = owner_of(pilot), colleague(PILOT_OWNER)
    with write():
        services.assign(pilot, owner_id=owner, deputy_id=deputy, actor=None)
    boss = colleague(ADMINISTRATOR)
    with write():
        team.end(owner, actor=boss)
    with clock.at(at(NEXT_ON)):
        reminding.remind()
    assert [to for to, _subject in letters()] == [address_of(deputy)]
    with clock.at(at(PROMISED_ON)):
        over = a_pilot(*shortlisted([idea()]))
        said(over, next_on=NEXT_ON)
        decided(over)
    with clock.at(at(NEXT_ON)):
        assert reminding.remind() == 0


def test_reminders_are_in_the_owners_language(pilot: int) -> None:
    with write():
        db.session.get_one(Person, owner_of(pilot)).language = "cy"
    with clock.at(at(NEXT_ON)):
        reminding.remind()
    db.session.rollback()
    mail = db.session.query(OutboxMail).filter_by(kind="pilot-reminder").one()
    assert mail.language == "cy"
    assert f"/cy/staff/pilots/CVT-{pilot}" in str(mail.body)


def managed(pilot: int, *, told: bool) -> UUID:
    """The key of the manager of a trial; whether managers are told is the site's setting."""
    manager = colleague(MODERATOR)
    with write():
        settings.settle({"managers_told": told}, seen=None, actor=None)
        services.choose_manager(pilot, manager, actor=None)
    return manager


def managers_letters() -> list[OutboxMail]:
    """Letters to managers."""
    db.session.rollback()
    return db.session.query(OutboxMail).filter_by(kind="pilot-manager").all()


def test_nobody_tells_the_manager_unless_the_council_wants_it(pilot: int) -> None:
    assert site.settings().managers_told is False  # a setting, off
    managed(pilot, told=False)
    for day in (date(2027, 3, 18), NEXT_ON, date(2027, 4, 7)):
        with clock.at(at(day)):
            reminding.remind()
    assert len(letters()) == 3
    assert not managers_letters()


def test_where_it_is_wanted_the_manager_hears_once_five_working_days_after(pilot: int) -> None:
    manager = managed(pilot, told=True)
    for day in (date(2027, 3, 18), NEXT_ON, date(2027, 4, 6)):
        with clock.at(at(day)):
            reminding.remind()
    assert not managers_letters()
    for day in (date(2027, 4, 7), date(2027, 4, 7), date(2027, 5, 7)):
        with clock.at(at(day)):
            reminding.remind()
    (letter,) = managers_letters()
    assert letter.to_address == address_of(manager)
    assert letter.subject == f"CVT-{pilot}: the next word was due on 31 March 2027"
    assert f"/staff/pilots/CVT-{pilot}" in str(letter.body)
    assert len(letters()) == 3  # the owner's own, as ever


def test_the_manager_hears_of_a_trial_that_nobody_owns(pilot: int) -> None:
    owner, boss = owner_of(pilot), colleague(ADMINISTRATOR)
    manager = managed(pilot, told=True)
    with write():
        team.end(owner, actor=boss)
    with clock.at(at(date(2027, 4, 7))):
        assert reminding.remind() == 1
        assert reminding.remind() == 0
    assert [letter.to_address for letter in managers_letters()] == [address_of(manager)]


def test_who_runs_a_trial_or_works_here_no_more_does_not_manage_it(pilot: int) -> None:
    owner, gone, boss = owner_of(pilot), colleague(MODERATOR), colleague(ADMINISTRATOR)
    with write():
        team.end(gone, actor=boss)
    for person in (owner, gone):
        with pytest.raises(Refusal) as refused, write():
            services.choose_manager(pilot, person, actor=None)
        assert refused.value.field == "manager_id"
    manager = managed(pilot, told=True)
    with write():
        team.admit(manager, [PILOT_OWNER], actor=None)
    with write():
        services.assign(pilot, owner_id=manager, deputy_id=owner, actor=None)
    assert stored(pilot).manager_id is None


@pytest.mark.parametrize("how", ["ended", "deleted", "roles over"])
def test_a_manager_who_leaves_manages_it_no_longer(pilot: int, how: str) -> None:
    manager, boss = managed(pilot, told=True), colleague(ADMINISTRATOR)
    with write():
        if how == "ended":
            team.end(manager, actor=boss)
        elif how == "deleted":
            team.leave(manager, remove_words=False)
        else:
            team.admit(manager, [MODERATOR], actor=None, ends_on=clock.today())
    if how == "roles over":
        with clock.at(at(clock.today() + timedelta(days=2))):
            reminding.remind()
    assert stored(pilot).manager_id is None
    assert stored(pilot).owner_id is not None


def test_what_is_decided_while_reminders_are_written_gets_none(app: Flask, pilot: int) -> None:
    other, second = colleague(PILOT_OWNER), colleague()
    with clock.at(at(PROMISED_ON)):
        said(a_pilot(*shortlisted([idea()]), owner=other), next_on=NEXT_ON)
        decision = declared(evaluated(pilot), next_on=None)
    db.session.rollback()
    sent = []

    def then() -> None:
        with clock.at(at(NEXT_ON)):
            sent.append(reminding.remind())

    ended = meanwhile(app, lambda: services.confirm(decision, actor=second), then)
    assert ended == {"other", "done"}
    assert sent == [1]
    assert [to for to, _subject in letters()] == [address_of(other)]


def test_who_leaves_the_team_leaves_their_pilots_and_the_deputy_stays() -> None:
    owner, deputy = colleague(PILOT_OWNER), colleague(PILOT_OWNER)
    boss = colleague(ADMINISTRATOR)
    one, two, three = shortlisted([idea(), idea(), idea()])
    theirs, beside = a_pilot(one, owner=owner), a_pilot(two, owner=deputy)
    over = a_pilot(three, owner=owner)
    with write():
        services.assign(theirs, owner_id=owner, deputy_id=deputy, actor=None)
        services.assign(beside, owner_id=deputy, deputy_id=owner, actor=None)
        services.show_name(theirs, owner, shown=True)
    decided(over)
    with write():
        team.end(owner, actor=boss)
    row = stored(theirs)
    assert (row.owner_id, row.owner_shown, row.deputy_id) == (None, False, deputy)
    assert stored(beside).deputy_id is None
    assert stored(over).owner_id == owner  # what is over stays as it was


def test_who_deletes_their_account_leaves_their_pilots() -> None:
    owner = colleague(PILOT_OWNER)
    pilot = a_pilot(*shortlisted([idea()]), owner=owner)
    with write():
        team.leave(owner, remove_words=False)
    assert stored(pilot).owner_id is None


def test_whose_role_ended_is_found_once_a_day() -> None:
    owner = colleague(PILOT_OWNER, MODERATOR)
    pilot = a_pilot(*shortlisted([idea()]), owner=owner)
    reminding.remind()
    assert stored(pilot).owner_id == owner
    with write():
        team.admit(owner, [MODERATOR], actor=None)
    reminding.remind()
    assert stored(pilot).owner_id is None
