"""The register of purposes: what the form refuses, and what becomes of letters for a dead one."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from citizen_voice import clock, register
from citizen_voice.consent import queries, services
from citizen_voice.consent.elements import PURPOSES
from citizen_voice.consent.made import BASES, section
from citizen_voice.consent.models import ActivePurpose
from citizen_voice.consent.services import purposes
from citizen_voice.consent.services.purposes import InactivePurpose
from citizen_voice.db import db, write
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.journal.models import JournalEntry
from citizen_voice.outbox import gate, kinds
from citizen_voice.outbox import services as outbox
from citizen_voice.outbox.kinds import Kind
from citizen_voice.records import processing
from citizen_voice.register import Basis
from citizen_voice.words import force_locale
from tests.factories.people import resident
from tests.habits.statements import counted
from tests.outbox.mailing import deliver, put, rows
from tests.servers.smtp import SmtpServer

pytestmark = pytest.mark.usefixtures("app")

ACTOR = UUID(int=7)
TEXTS = {
    **{f"{name}_{code}": "" for name in purposes.NAMES for code in ("en", "cy")},
    "policy": "",
    "law_en": "Section 39",
    "retention_en": "A year",
}


def edit(key: str = "news", basis: str = "public task", seen: str = "", **texts: str) -> None:
    """Change what is said of a purpose."""
    with write():
        purposes.edit(key, basis=basis, texts=TEXTS | texts, seen=seen, actor=ACTOR)


def end(key: str, days: int = 0) -> None:
    """Make a purpose inactive."""
    with write():
        purposes.switch_off(key, clock.today() + timedelta(days=days), actor=ACTOR)


def begin(key: str, days: int = 0) -> None:
    """Make a purpose active."""
    with write():
        purposes.switch_on(key, clock.today() + timedelta(days=days), actor=ACTOR)


def test_every_declared_purpose_says_its_law_and_how_long_in_both_languages() -> None:
    found = queries.every_purpose()
    assert [row.key for row in found] == list(register.PURPOSES)
    for row in found:
        assert row.retention_en, row.key
        assert row.retention_cy, row.key
        if row.basis == Basis.PUBLIC_TASK.value:
            assert row.law_en, row.key
            assert row.law_cy, row.key
        assert not row.condition_en or row.policy, row.key
        assert queries.is_active(row)


def test_legitimate_interests_are_refused_with_the_reason() -> None:
    with pytest.raises(Refusal, match=r"Article 6\(1\) of the UK GDPR rules that out") as refused:
        edit(basis="legitimate interests")
    assert refused.value.field == "basis"
    assert queries.purpose("news").basis == "public task"


@pytest.mark.parametrize("basis", ["", "contract", "PUBLIC TASK", "vital interests\0"])
def test_a_basis_that_nobody_knows_is_refused(basis: str) -> None:
    with pytest.raises(Refusal) as refused:
        edit(basis=basis)
    assert refused.value.field == "basis"


@pytest.mark.parametrize("key", list(register.PURPOSES))
@pytest.mark.parametrize("basis", list(Basis))
def test_a_purpose_has_one_basis_everywhere_whatever_was_tried(key: str, basis: Basis) -> None:
    declared = register.purpose(key).basis
    if basis is declared:
        edit(key, basis.value)
    else:
        with pytest.raises(Refusal) as refused:
            edit(key, basis.value)
        assert refused.value.field == "basis"
    assert queries.purpose(key).basis == declared.value
    with force_locale("en"):
        told = section(PURPOSES, [queries.purpose(key)])
    assert str(BASES[declared.value]) in told
    (record,) = [each for each in processing.every() if each.key == key]
    assert record.basis == str(kinds.BASES[declared])


def test_a_basis_that_was_moved_once_is_the_declared_one_after_an_upgrade() -> None:
    edit("news", words_en="To tell you")
    with write():
        moved = update(ActivePurpose).where(ActivePurpose.key == "news")
        db.session.execute(moved.values(basis=Basis.LEGAL_OBLIGATION.value))
    with write():
        services.activate_purposes()
    row = queries.purpose("news")
    assert (row.basis, row.words_en) == ("public task", "To tell you")


@pytest.mark.parametrize(
    ("key", "basis"), [("newsletter", "public task"), ("research", "legal obligation")]
)
def test_what_people_are_asked_for_stays_on_consent(key: str, basis: str) -> None:
    with pytest.raises(Refusal, match="stays on their consent"):
        edit(key, basis)


def test_what_nobody_is_asked_for_cannot_rest_on_consent() -> None:
    with pytest.raises(Refusal, match="Nobody is asked"):
        edit("news", "consent")


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"law_en": ""}, "law_en"),
        ({"retention_en": ""}, "retention_en"),
        ({"condition_en": "Article 9(2)(g)"}, "policy"),
        ({"words_en": "x" * 201}, "words_en"),
        ({"law_cy": "x" * 1001}, "law_cy"),
        ({"policy": "x" * 301}, "policy"),
    ],
    ids=["no law", "no period", "no policy document", "words", "law", "policy"],
)
def test_what_a_purpose_lacks_is_refused_at_its_field(texts: dict[str, str], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        edit("news", **texts)
    assert refused.value.field == field


def test_a_change_is_kept_and_stands_in_the_journal() -> None:
    edit("news", words_en="To tell you", words_cy="I ddweud")
    row = queries.purpose("news")
    assert (row.words_en, row.words_cy, row.retention_en) == ("To tell you", "I ddweud", "A year")
    acts = db.session.execute(select(JournalEntry.act, JournalEntry.subject))
    assert ("purpose.changed", "purpose news") in [tuple(row) for row in acts]
    with write():
        services.activate_purposes()
    assert queries.purpose("news").retention_en == "A year", "an upgrade changes nothing of it"


def test_two_officers_do_not_write_over_each_other() -> None:
    edit("news")
    with pytest.raises(Conflict):
        edit("news", law_en="Another", seen="")
    assert queries.purpose("news").law_en == "Section 39"


def test_a_purpose_that_nobody_declared_is_not_there() -> None:
    for act in (end, begin, edit):
        with pytest.raises(NotHere):
            act("advertising")


@pytest.mark.parametrize("key", sorted(purposes.ESSENTIAL))
def test_what_the_site_cannot_be_without_stays_active_and_the_refusal_says_why(key: str) -> None:
    with pytest.raises(Refusal) as refused:
        end(key)
    assert str(purposes.ESSENTIAL[key]) in str(refused.value)
    services.require_active(key)


def test_a_day_that_is_over_is_refused() -> None:
    for act in (end, begin):
        with pytest.raises(Refusal) as refused:
            act("news", days=-1)
        assert refused.value.field == "day"


def test_a_purpose_ends_and_begins_on_its_day() -> None:
    end("research", days=2)
    services.require_active("research")
    ends = clock.start_of(clock.today() + timedelta(days=2))
    with clock.at(ends):
        with pytest.raises(InactivePurpose):
            services.require_active("research")
        begin("research", days=1)
    with clock.at(ends + timedelta(days=1)):
        services.require_active("research")


def test_what_is_stored_for_a_purpose_that_nobody_declared_is_refused() -> None:
    with pytest.raises(register.UnknownPurpose):
        services.require_active("advertising")
    with write():
        db.session.execute(delete(ActivePurpose).where(ActivePurpose.key == "news"))
    with pytest.raises(InactivePurpose):
        services.require_active("news")


def test_a_letter_for_an_inactive_purpose_is_withheld_and_can_be_sent_once_it_is_active(
    smtp: SmtpServer,
) -> None:
    end("news")
    put(kind="news", subject="News")
    put(kind="report", subject="Report")
    assert deliver(smtp) == 1
    withheld = next(row for row in rows() if row.kind == "news")
    assert (withheld.sent_at, withheld.due_at) == (None, None)
    assert withheld.last_error == gate.INACTIVE
    assert withheld.body
    with write():
        outbox.try_again(withheld.id)
    assert deliver(smtp) == 0, "it is not active yet"
    begin("news")
    with write():
        outbox.try_again(withheld.id)
    assert deliver(smtp) == 1


def test_a_letter_that_waits_is_looked_at_again_when_it_leaves(smtp: SmtpServer) -> None:
    put(kind="news", subject="News")
    end("news")
    assert deliver(smtp) == 0
    assert [row.last_error for row in rows()] == [gate.INACTIVE]
    assert smtp.to("ada@example.org") == []


def test_a_letter_of_a_kind_whose_purpose_nobody_declared_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(kinds.KINDS, "advert", Kind("advert", "An advertisement", "advertising"))
    with pytest.raises(register.UnknownPurpose):
        put(kind="advert")
    with pytest.raises(kinds.UnknownKind):
        put(kind="spam")
    assert rows() == []


def test_the_gate_says_what_may_be_sent() -> None:
    somebody = resident()
    assert gate.allow("news", somebody)
    assert not gate.allow("advertising")
    end("news")
    assert not gate.allow("news", somebody)


def test_the_gate_costs_one_statement_however_many_letters() -> None:
    few = [("news", UUID(int=number)) for number in range(2)]
    many = [(key, UUID(int=number)) for number in range(300) for key in ("news", "account")]
    for letters in (few, many):
        with counted() as statements:
            services.stopped(letters)
        assert len(statements) == 1
    with write(), counted() as statements:
        for letter in many:
            services.stopped([letter])
    assert len(statements) == 1, "once a transaction"
