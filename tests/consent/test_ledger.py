"""The ledger of consents: nothing can be agreed to unknowingly, and nothing changed unnoticed."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import DBAPIError

from citizen_voice import clock, register
from citizen_voice.accounts import services as accounts
from citizen_voice.consent import queries, services
from citizen_voice.consent.models import (
    GIVEN,
    NEWSLETTER,
    RESEARCH,
    ConsentEntry,
    ConsentSubject,
    NoticeServed,
)
from citizen_voice.consent.queries import PRIVACY
from citizen_voice.consent.services import giving, ledger, purposes
from citizen_voice.db import AnyRow, db, write
from citizen_voice.errors import NotHere
from tests.factories.consents import HOW, give, serve, told, withdraw
from tests.factories.people import resident

pytestmark = pytest.mark.usefixtures("app")


def entries() -> int:
    """How many entries the ledger has."""
    return int(db.session.execute(select(func.count()).select_from(ConsentEntry)).scalar_one())


def english(name: str) -> AnyRow:
    """The notice in force, in English."""
    return next(each for each in queries.current_notices(name) if each.language == "en")


def test_a_consent_says_what_when_how_and_on_which_notice() -> None:
    person = resident()
    versions = told(person)
    moment = clock.now() + timedelta(days=1)
    with clock.at(moment), write():
        assert services.give(person, NEWSLETTER, **versions, **HOW)
    (row,) = queries.history(person)
    notice, brief = english(PRIVACY), english(NEWSLETTER)
    assert (row.state, row.purpose, row.at) == (GIVEN, NEWSLETTER, moment)
    assert (row.control, row.screen, row.language) == ("switch", "my-choices", "en")
    assert row.notice_version == versions["notice_version"]
    both = hashlib.sha256(f"{notice.sha256}{brief.sha256}".encode()).hexdigest()
    assert row.notice_hash == both
    rests_on = queries.brief_of(row)
    assert rests_on is not None
    assert rests_on.id == brief.id
    assert row.subject != person
    assert queries.standing(person) == {NEWSLETTER: GIVEN}


def test_nobody_agrees_to_what_they_were_not_told() -> None:
    person = resident()
    with write():
        db.session.execute(delete(NoticeServed).where(NoticeServed.person_id == person))
    with pytest.raises(giving.NoticeNotServed), write():
        services.give(person, NEWSLETTER, notice_version=1, **HOW)
    assert entries() == 0


def test_nobody_agrees_without_the_words_that_stand_beside_the_choice() -> None:
    person = resident()
    versions = told(person)
    for other in (0, 2, 99):
        with pytest.raises(giving.BriefChanged), write():
            services.give(person, NEWSLETTER, **(versions | {"brief_version": other}), **HOW)
    with write():
        services.publish_notice(NEWSLETTER, {"en": "Other words", "cy": "Geiriau eraill"})
    with pytest.raises(giving.BriefChanged), write():
        services.give(person, NEWSLETTER, **versions, **HOW)
    with pytest.raises(giving.NoticeNotServed), write():
        services.give(person, NEWSLETTER, **(versions | {"brief_version": 2}), **HOW)
    assert entries() == 0
    give(person)
    (row,) = queries.history(person)
    brief = queries.brief_of(row)
    assert brief is not None
    assert brief.version == 2


def test_a_choice_of_before_brief_words_were_kept_holds_and_rests_on_the_notice_alone() -> None:
    person = resident()
    notice = english(PRIVACY)
    with write():
        shown = ledger.Shown(notice.version, notice.sha256)
        how = ledger.How("switch", "my-choices", "en")
        ledger.write_down(person, NEWSLETTER, GIVEN, shown, how)
    (row,) = queries.history(person)
    assert queries.brief_of(row) is None
    withdraw(person)
    assert [row.notice_hash for row in queries.history(person)] == [notice.sha256] * 2
    assert services.verify() == 2


def test_nobody_agrees_on_a_notice_that_is_no_longer_in_force() -> None:
    person = resident()
    old = serve(person)
    with write():
        services.publish_notice(PRIVACY, {"en": "Other words", "cy": "Geiriau eraill"})
    with pytest.raises(giving.NoticeChanged), write():
        services.give(person, NEWSLETTER, notice_version=old, **HOW)
    assert entries() == 0


def test_nobody_agrees_to_a_purpose_that_nobody_declared() -> None:
    person = resident()
    version = serve(person)
    with pytest.raises(register.UnknownPurpose), write():
        services.give(person, "selling-it", notice_version=version, **HOW)


def test_nobody_agrees_to_a_purpose_that_rests_on_another_basis() -> None:
    person = resident()
    version = serve(person)
    for purpose in ("news", "taking-part", "accountability"):
        with pytest.raises(giving.NotOnConsent), write():
            services.give(person, purpose, notice_version=version, **HOW)
    assert entries() == 0


def test_nobody_agrees_to_a_purpose_that_is_not_active() -> None:
    person = resident()
    version = serve(person)
    with write():
        purposes.switch_off(NEWSLETTER, clock.today(), actor=person)
    with pytest.raises(purposes.InactivePurpose), write():
        services.give(person, NEWSLETTER, notice_version=version, **HOW)


def test_a_consent_to_what_is_no_longer_done_can_still_be_taken_back() -> None:
    person = resident()
    give(person)
    with write():
        purposes.switch_off(NEWSLETTER, clock.today(), actor=person)
    withdraw(person)
    assert queries.standing(person) == {NEWSLETTER: "withdrawn"}


def test_under_18s_are_asked_for_nothing() -> None:
    person = resident(age="teen")
    version = serve(person)
    for purpose in (NEWSLETTER, RESEARCH):
        with pytest.raises(giving.ForAdults), write():
            services.give(person, purpose, notice_version=version, **HOW)
    assert queries.standing(person) == {}


def test_each_purpose_is_chosen_by_itself() -> None:
    person = resident()
    give(person, RESEARCH)
    assert queries.standing(person) == {RESEARCH: GIVEN}
    version = serve(person)
    with write():
        services.refuse(person, NEWSLETTER, notice_version=version, **HOW)
    assert queries.standing(person) == {RESEARCH: GIVEN, NEWSLETTER: "refused"}


def test_pressing_twice_writes_once() -> None:
    person = resident()
    for _time in range(2):
        give(person)
    assert entries() == 1
    for _time in range(2):
        withdraw(person)
    assert entries() == 2
    version = serve(person)
    for _time in range(2):
        with write():
            services.refuse(person, NEWSLETTER, notice_version=version, **HOW)
    assert [row.state for row in queries.history(person)] == ["refused", "withdrawn", "given"]


def test_who_agreed_and_says_no_takes_it_back() -> None:
    person = resident()
    give(person)
    with write():
        services.refuse(person, NEWSLETTER, notice_version=0, **HOW)
    assert queries.standing(person) == {NEWSLETTER: "withdrawn"}


def test_who_left_is_not_here() -> None:
    person = resident()
    give(person)
    with write():
        accounts.leave(person, remove_words=False)
    for act in (services.withdraw, services.give):
        with pytest.raises(NotHere), write():
            act(person, NEWSLETTER, notice_version=1, **HOW)


def test_erasing_somebody_leaves_nothing_of_them_and_the_ledger_still_holds() -> None:
    people = [resident() for _number in range(3)]
    for person in people:
        give(person)
    withdraw(people[0])
    with write():
        accounts.leave(people[1], remove_words=True)
    left = set(db.session.scalars(select(ConsentSubject.person_id)))
    assert left == {people[0], people[2]}
    assert queries.history(people[1]) == []
    assert entries() == 4
    assert services.verify() == 4


def test_the_database_refuses_to_change_or_lose_an_entry() -> None:
    give(resident())
    give(resident())
    for change in (
        "UPDATE consents SET state = 'refused' WHERE number = 1",
        "UPDATE consents SET number = 9 WHERE number = 2",
        "DELETE FROM consents WHERE number = 2",
        "DELETE FROM consents",
    ):
        with pytest.raises(DBAPIError, match="append-only"), write():
            db.session.execute(text(change))
    assert services.verify() == 2


def test_what_lasts_for_a_time_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giving, "BATCH", 2)
    lasts = queries.LASTS[RESEARCH]
    begun = clock.now()
    people = [resident() for _number in range(5)]
    with clock.at(begun):
        for person in people:
            give(person, RESEARCH)
        give(people[0], NEWSLETTER)
    with clock.at(begun + lasts - timedelta(seconds=1)):
        assert services.expire() == 0
    with clock.at(begun + lasts):
        withdraw(people[4], RESEARCH)
        assert services.expire() == 4
        assert services.expire() == 0
    assert queries.standing(people[0]) == {RESEARCH: "expired", NEWSLETTER: GIVEN}
    assert queries.standing(people[4]) == {RESEARCH: "withdrawn"}
    assert services.verify() == 11


def test_figures_are_of_people_and_hide_small_ones() -> None:
    for number in range(21):
        person = resident()
        give(person)
        if number < 10:
            withdraw(person)
    figures = queries.figures()
    assert set(figures) == {NEWSLETTER, RESEARCH}
    assert figures[NEWSLETTER].kinds == {GIVEN: 11, "withdrawn": 10, "refused": 0, "expired": 0}
    withdraw(person)
    withdraw(resident())
    give(resident())
    version = serve(person)
    with write():
        services.refuse(person, NEWSLETTER, notice_version=version, **HOW)
    hidden = queries.figures()[NEWSLETTER]
    assert set(hidden.kinds.values()) == {None}


def test_two_people_at_once_get_a_number_each() -> None:
    person = resident()
    versions = [(purpose, told(person, purpose)) for purpose in (NEWSLETTER, RESEARCH)]
    with write():
        for purpose, shown in versions:
            services.give(person, purpose, **shown, **HOW)
    subjects = {row.subject for row in queries.history(person)}
    assert len(subjects) == 1
    assert ledger.LEDGER.head_file().read_text().startswith("2 ")
