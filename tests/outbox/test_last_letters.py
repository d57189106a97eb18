"""A letter to nobody's account loses its address once it has left, the last one above all."""

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice.accounts import erasure_journal, erasures, wiping
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.db import db, write
from citizen_voice.desk import services as desk
from citizen_voice.desk.models import ERASURE
from citizen_voice.team.models import ADMINISTRATOR
from tests.client import Client
from tests.factories.desk import asked, draft, entered, officer
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.habits import erasing
from tests.outbox.mailing import deliver, later, put, rows, worker
from tests.servers.smtp import Manner, SmtpServer

ADDRESS = "zqgone@example.org"
NO_SUCH = "550 5.1.1 No such user"


def erased(*, by_letter: bool) -> None:
    """The officer deletes the account of who asked for it."""
    actor, person = officer(), resident(email=ADDRESS, name="Zqname")
    if by_letter:
        number = entered(ERASURE, actor=actor, email=ADDRESS, name="Zqname")
    else:
        number = asked(person, ERASURE)
    with write():
        desk.erase(number, draft(), remove_words=True, actor=actor)
    assert db.session.get_one(Person, person, populate_existing=True).kind == FORMER


def seen(app: Flask) -> dict[str, list[str]]:
    """In which files the address, or their name, stands."""
    kept = {name: content.lower() for name, content in erasing.kept_bytes(app).items()}
    words = {word: [word.encode()] for word in ("zqgone", "zqname")}
    return erasing.standing(words, kept)


@pytest.mark.parametrize("by_letter", [True, False])
def test_after_the_officer_erased_somebody_nothing_of_their_address_stays(
    app: Flask, smtp: SmtpServer, by_letter: bool
) -> None:
    erased(by_letter=by_letter)
    assert "zqgone" in seen(app), "the letter waits, and has to know where to"
    assert deliver(smtp) == 1
    assert [message["To"] for message in smtp.wait_for(1)] == [ADDRESS]
    (row,) = rows()
    assert (row.to_address, row.body, row.person_id) == (None, None, None)
    assert row.sent_at is not None
    wiping.wipe()
    assert seen(app) == {}
    (line,) = erasure_journal.erasures(erasures.file().read())
    assert line.done


def test_where_there_is_no_such_mailbox_it_goes_at_once(
    app: Flask, client: Client, smtp: SmtpServer
) -> None:
    erased(by_letter=True)
    smtp.refused[ADDRESS] = f"550 5.1.1 <{ADDRESS}>: No such user"
    assert deliver(smtp) == 0
    (row,) = rows()
    assert (row.to_address, row.body) == (None, None)
    assert row.failed_at is not None
    wiping.wipe()
    assert seen(app) == {}
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    page = client.get("/staff/mail").text
    assert "The address is deleted" in page
    assert "Its words are gone" in page
    assert "Try again" not in page
    assert client.send(f"/staff/mail/{row.id}/again").status_code == 404


def test_where_it_can_be_tried_again_it_keeps_where_to(app: Flask, smtp: SmtpServer) -> None:
    erased(by_letter=True)
    with smtp.behaving(Manner.DEFER):
        deliver(smtp)
    (row,) = rows()
    assert (row.to_address, row.body is None) == (ADDRESS, False)
    with later(1):
        assert deliver(smtp) == 1
    assert rows()[0].to_address is None


def test_letters_of_an_account_are_found_by_it_and_of_others_none_keeps_an_address(
    app: Flask, smtp: SmtpServer
) -> None:
    key = resident(email="ann@example.org")
    for kind in ("news", "rights-letter"):
        put(to="ann@example.org", kind=kind, person_id=key)
    for kind in ("address", "report", "rights-letter", "code"):
        put(to="ann@example.org", kind=kind)
    assert deliver(smtp) == 6
    left = {(row.kind, row.person_id is None): row.to_address for row in rows()}
    assert left == {
        ("news", False): "ann@example.org",
        ("rights-letter", False): "ann@example.org",
        ("address", True): None,
        ("report", True): None,
        ("rights-letter", True): None,
        ("code", True): None,
    }


def test_of_other_letters_that_come_back_staff_still_see_the_provider(
    app: Flask, smtp: SmtpServer
) -> None:
    key = resident(email="ann@example.org")
    smtp.refused["ann@example.org"] = NO_SUCH
    put(to="ann@example.org", kind="report")
    put(to="ann@example.org", kind="rights-letter", person_id=key)
    deliver(smtp)
    assert [row.to_address for row in rows()] == ["ann@example.org"] * 2
    assert all(row.body is not None for row in rows())
    person = db.session.scalars(select(Person).where(Person.id == key)).one()
    assert person.mail_refused_at is not None


def test_in_development_letters_can_be_read_with_where_to(app: Flask) -> None:
    put(to="ann@example.org")
    assert worker(None).run() == 1
    assert [row.to_address for row in rows()] == ["ann@example.org"]
