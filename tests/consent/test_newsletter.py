"""The newsletter: to who said yes and to nobody else, each once, whatever is killed on the way."""

import os
import signal
import subprocess
import sys
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update

from citizen_voice import clock, config
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.models import TEEN, Person
from citizen_voice.config import Settings
from citizen_voice.consent import services
from citizen_voice.consent.models import NEWSLETTER, Newsletter
from citizen_voice.consent.services import ledger, newsletters
from citizen_voice.consent.services.newsletters import Words
from citizen_voice.db import db, write
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.outbox import gate
from citizen_voice.outbox import services as outbox
from citizen_voice.paths import ROOT
from tests.client import Client
from tests.factories.consents import give, withdraw
from tests.factories.people import resident
from tests.faults.conftest import let_go
from tests.habits.statements import counted
from tests.outbox.mailing import deliver, rows
from tests.servers.smtp import SmtpServer

pytestmark = pytest.mark.usefixtures("app")

NOBODY = UUID(int=7)
WORDS = Words("Come and talk", "Dewch i siarad", "On Monday.\n\nAll are welcome.", "Ddydd Llun.")


def sent(words: Words = WORDS) -> int:
    """A newsletter that was written and sent off."""
    actor = resident()
    with write():
        key = newsletters.save(actor, words, None)
        row = db.session.get_one(Newsletter, key)
        newsletters.send(actor, key, newsletters.mark(row))
    return key


def written_to() -> list[UUID]:
    """Whom letters of it are to."""
    return [row.person_id for row in rows() if row.kind == newsletters.KIND]


def test_it_goes_to_who_said_yes_and_to_nobody_else() -> None:
    yes, no, back, _asked = (resident() for _number in range(4))
    for person in (yes, back, no):
        give(person)
    for person in (back, no):
        withdraw(person)
    assert newsletters.readers() == 1
    sent()
    assert services.spread() == 1
    assert services.spread() == 0
    assert written_to() == [yes]


def test_nobody_under_18_gets_it_even_if_their_age_was_put_right_later() -> None:
    person = resident()
    give(person)
    with write():
        db.session.execute(update(Person).where(Person.id == person).values(age_band=TEEN))
    sent()
    assert services.spread() == 0
    assert not gate.allow(NEWSLETTER, person)


def test_a_letter_says_why_it_comes_and_how_to_stop_it(client: Client) -> None:
    person = resident()
    give(person)
    sent()
    services.spread()
    (row,) = [each for each in rows() if each.kind == newsletters.KIND]
    assert row.purpose == NEWSLETTER
    assert row.subject == "Come and talk"
    assert "All are welcome." in row.body
    assert "You get this because you said yes to our newsletter." in row.body
    path = row.unsubscribe[row.unsubscribe.index("/letters/") :]
    assert path in row.body
    assert path in row.html
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert written_to() == []


def test_it_speaks_the_language_of_its_reader() -> None:
    person = resident()
    give(person)
    with write():
        db.session.execute(update(Person).where(Person.id == person).values(language="cy"))
    sent()
    services.spread()
    (row,) = [each for each in rows() if each.kind == newsletters.KIND]
    assert (row.language, row.subject) == ("cy", "Dewch i siarad")
    assert "/cy/letters/" in row.unsubscribe


def test_what_is_taken_back_drops_the_letter_that_waits(smtp: SmtpServer) -> None:
    stays, goes, late = (resident() for _number in range(3))
    for person in (stays, goes, late):
        give(person)
    sent()
    assert services.spread() == 3
    withdraw(goes)
    assert set(written_to()) == {stays, late}
    with write():  # as though a letter had been written while they took it back
        outbox.enqueue(
            kind="newsletter",
            to="late@example.org",
            subject="Come",
            body="and talk",
            language="en",
            person_id=late,
        )
    with write():
        ledger.write_down(
            late,
            NEWSLETTER,
            "withdrawn",
            ledger.Shown(1, ""),
            ledger.How("one-click", "letter", "en"),
        )
    assert deliver(smtp) == 1
    assert len(smtp.messages) == 1
    (message,) = smtp.messages
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_gate_asks_once_for_a_whole_batch() -> None:
    people = [resident() for _number in range(12)]
    for person in people[:6]:
        give(person)
    with counted() as few:
        gate.stopped([(NEWSLETTER, people[0])])
    with counted() as many:
        stopped = gate.stopped([(NEWSLETTER, person) for person in people])
    assert {person for _purpose, person in stopped} == set(people[6:])
    assert len(many) == len(few)
    assert gate.stopped([(NEWSLETTER, None)]) == {(NEWSLETTER, None): gate.NO_CONSENT}
    assert gate.stopped([("news", people[7]), ("account", None)]) == {}


def test_who_left_gets_nothing() -> None:
    person = resident()
    give(person)
    sent()
    services.spread()
    with write():
        accounts.leave(person, remove_words=False)
    assert written_to() == []
    assert not gate.allow(NEWSLETTER, person)


def test_it_is_sent_as_it_was_looked_at_and_once() -> None:
    actor = resident()
    with write():
        key = newsletters.save(actor, WORDS, None)
    seen = newsletters.mark(db.session.get_one(Newsletter, key))
    with clock.at(clock.now().replace(year=2099)), write():
        newsletters.save(actor, Words("Other", "Arall", "Words", "Geiriau"), key, seen)
    with pytest.raises(Conflict), write():
        newsletters.send(actor, key, seen)
    db.session.rollback()
    seen = newsletters.mark(db.session.get_one(Newsletter, key))
    with write():
        newsletters.send(actor, key, seen)
    for act in (
        lambda: newsletters.send(actor, key, seen),
        lambda: newsletters.delete(key, seen),
        lambda: newsletters.save(actor, WORDS, key, seen),
    ):
        with pytest.raises(Conflict), write():
            act()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (Words("", "x", "x", "x"), "subject_en"),
        (Words("x", "x", " \n", "x"), "text_en"),
        (Words("x" * 121, "x", "x", "x"), "subject_en"),
        (Words("x", "x", "x", "x" * 10_001), "text_cy"),
    ],
    ids=["no subject", "no words", "a long subject", "long words"],
)
def test_what_is_missing_or_too_long_is_said_at_its_field(words: Words, field: str) -> None:
    with pytest.raises(Refusal) as refused, write():
        newsletters.save(NOBODY, words, None)
    assert refused.value.field == field


def test_it_is_not_sent_without_its_welsh() -> None:
    with pytest.raises(Refusal) as refused:
        sent(Words("Come", "", "On Monday", ""))
    assert refused.value.field == "text_cy"


def test_a_worker_that_is_killed_leaves_nobody_out_and_writes_to_nobody_twice(
    app: Flask, fresh: Settings
) -> None:
    people = [resident() for _number in range(10)]
    for person in people:
        give(person)
    key = sent()
    for batches in (1, 0):
        killed(fresh, batches)
        db.session.rollback()
    assert len(written_to()) == 3
    services.spread()
    assert sorted(written_to()) == sorted(people)
    row = db.session.get_one(Newsletter, key)
    assert (row.letters, row.spread_to) == (10, None)
    assert row.spread_at is not None


def killed(settings: Settings, batches: int) -> None:
    """Have another process write letters, and kill it in the middle of a batch."""
    environment = {
        "ENV": "development",
        "INSTANCE": str(settings.instance),
        "SECRET_KEY": "a" * 64,
        "DATABASE_URL": "" if settings.sqlite else settings.database_url,
    }
    named = {config.PREFIX + name: value for name, value in environment.items() if value}
    let_go()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.consent.sender", str(batches)],
        cwd=ROOT,
        env=os.environ | named,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        while said[-1] not in ("in the middle\n", ""):
            said.append(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    assert said[-1] == "in the middle\n", said
