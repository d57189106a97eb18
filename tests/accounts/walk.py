"""Walking through the sign-in as people do: ask for a code, read the letter, enter it."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from citizen_voice.accounts.models import PendingSignIn, Person, PersonSession
from citizen_voice.consent.models import Notice, NoticeServed
from citizen_voice.db import AnyRow, db
from citizen_voice.outbox.models import OutboxMail
from tests.client import Client

ADDRESS = "ada@example.org"


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in a letter with a code."""

    subject: str
    body: str

    @property
    def code(self) -> str:
        """The six digits."""
        found = re.search(r"Your code is: (\d{3}) (\d{3})|Eich cod yw: (\d{3}) (\d{3})", self.body)
        digits = found or re.search(r"(\d{3}) (\d{3})", self.subject)
        assert digits is not None, self.body
        return "".join(part for part in digits.groups() if part)

    @property
    def link(self) -> str:
        """The path of the link."""
        found = re.search(r"https?://\S+", self.body)
        assert found is not None, self.body
        return urlsplit(found[0]).path


def letters(address: str = ADDRESS) -> list[Letter]:
    """The letters to an address, oldest first."""
    db.session.rollback()
    rows = db.session.execute(
        select(OutboxMail.subject, OutboxMail.body)
        .where(OutboxMail.to_address == address)
        .order_by(OutboxMail.created_at, OutboxMail.id)
    )
    return [Letter(row.subject or "", row.body or "") for row in rows]


def letter(address: str = ADDRESS) -> Letter:
    """The newest letter to an address."""
    return letters(address)[-1]


def ask(client: Client, address: str = ADDRESS, **fields: str) -> TestResponse:
    """Send the form with the address, as it stands on the page."""
    shown = client.get("/sign-in").text
    notice = re.search(r'name="notice"[^>]* value="(\d*)"', shown)
    return client.post(
        "/sign-in", data={"email": address, "notice": notice[1] if notice else ""} | fields
    )


def enter(client: Client, code: str) -> TestResponse:
    """Send the form with the code."""
    return client.post("/sign-in/code", data={"code": code})


def sign_in(client: Client, address: str = ADDRESS, age: str = "adult") -> TestResponse:
    """The whole way; gives the last answer."""
    ask(client, address)
    answer = enter(client, letter(address).code)
    if answer.location == "/sign-in/age":
        answer = client.post("/sign-in/age", data={"age": age})
    client.csrf = None
    return answer


def is_signed_in(client: Client) -> bool:
    """Whether this browser opens the page for members."""
    return client.get("/me").status_code == 200


def person(address: str = ADDRESS) -> AnyRow | None:
    """The row of who has this address."""
    db.session.rollback()
    return db.session.execute(
        select(*Person.__table__.columns).where(Person.email == address)
    ).one_or_none()


def sessions_of(person_id: UUID) -> list[AnyRow]:
    """Their sessions, oldest first."""
    db.session.rollback()
    return list(
        db.session.execute(
            select(*PersonSession.__table__.columns)
            .where(PersonSession.person_id == person_id)
            .order_by(PersonSession.created_at)
        )
    )


def under_way() -> list[AnyRow]:
    """All sign-ins under way."""
    db.session.rollback()
    return list(db.session.execute(select(*PendingSignIn.__table__.columns)))


def another(app: Flask) -> Client:
    """Another browser."""
    found = app.test_client()
    assert isinstance(found, Client)
    return found


def notices_of(address: str) -> list[tuple[object, ...]]:
    """What somebody was shown: name, version, language, place."""
    rows = db.session.execute(
        select(Notice.name, Notice.version, Notice.language, NoticeServed.place)
        .join(NoticeServed, NoticeServed.notice_id == Notice.id)
        .join(Person, Person.id == NoticeServed.person_id)
        .where(Person.email == address)
    )
    return [tuple(row) for row in rows]


def answer_as_visitor(client: Client, number: int, value: str) -> None:
    """Press a button as a visitor; they are asked to sign in."""
    answered = client.post(f"/ideas/CV-{number}/answer", data={"value": value, "from": "page"})
    assert (answered.status_code, answered.location) == (303, "/sign-in")
