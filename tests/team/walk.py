"""Walking through a colleague's sign-in as people do: links, codes of a device, forms."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pyotp
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from citizen_voice import clock
from citizen_voice.accounts.models import PersonSession
from citizen_voice.db import AnyRow, db, write
from citizen_voice.journal.models import JournalEntry
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.team import codes, passwords, services
from citizen_voice.team.models import ADMINISTRATOR, Colleague
from citizen_voice.team.services.own import put_device, put_password
from tests.client import Client, token_in
from tests.factories.people import resident

PASSWORD = "seven otters paint a harbour"
ANOTHER = "no lantern forgets its quiet street"
EMAIL = "megan@example.org"
BO = "bo.harris@example.org"
"""Who is invited."""
AWAY = {"environ_base": {"REMOTE_ADDR": "198.51.100.7"}}
"""On another network."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A colleague who has a password and a device."""

    key: UUID
    email: str
    recovery_codes: list[str] = field(default_factory=list)

    def code(self) -> str:
        """What their device shows now."""
        row = stored(self.key)
        assert row.totp_seed is not None
        return codes.code_now(codes.device_secret(row.totp_seed, self.key))

    def details(self, **other: str) -> dict[str, str]:
        """What they type into the form for signing in."""
        code = other.pop("code", None)
        known = {"email": self.email, "password": PASSWORD}
        return known | {"code": self.code() if code is None else code} | other


_hashes: dict[str, str] = {}


def equipped(*roles: str, email: str = EMAIL, **further: Any) -> Somebody:
    """A colleague with a password and a device; an administrator unless roles are given."""
    key = resident(email=email, name="Megan Price")
    hashed = _hashes.setdefault(PASSWORD, passwords.hashed(PASSWORD))
    with write():
        services.admit(key, roles or (ADMINISTRATOR,), actor=None, **further)
        colleague = db.session.get_one(Colleague, key)
        put_password(colleague, hashed)
        made = put_device(colleague, codes.new_seed(), step=0)
    return Somebody(key, email, made)


def sign_in(client: Client, who: Somebody, address: str = "", **other: Any) -> TestResponse:
    """Send the form; ``other`` are fields that differ."""
    away = other.pop("away", {})
    client.csrf = None
    return client.post("/staff/sign-in" + address, data=who.details(**other), **away)


def token_of(client: Client) -> str:
    """The forgery token of who is signed in."""
    return token_in(client.get("/").text)


def is_staff(client: Client) -> bool:
    """Whether this browser opens the staff area."""
    client.csrf = None
    return client.get("/staff").status_code == 200


def stored(person_id: UUID) -> Colleague:
    """The colleague's row."""
    db.session.rollback()
    return db.session.get_one(Colleague, person_id, populate_existing=True)


def sessions_of(person_id: UUID) -> list[AnyRow]:
    """Their sessions."""
    db.session.rollback()
    rows = select(*PersonSession.__table__.columns).where(PersonSession.person_id == person_id)
    return list(db.session.execute(rows))


def acts() -> list[str]:
    """What the journal says was done, in order."""
    db.session.rollback()
    return list(db.session.scalars(select(JournalEntry.act).order_by(JournalEntry.number)))


def letters(address: str) -> list[str]:
    """The letters to an address, oldest first."""
    db.session.rollback()
    rows = select(OutboxMail.body).where(OutboxMail.to_address == address)
    return [body or "" for body in db.session.scalars(rows.order_by(OutboxMail.created_at))]


def link(address: str) -> str:
    """The path of the link in the newest letter to an address."""
    found = re.search(r"https?://\S+/staff/invitation/\S+", letters(address)[-1])
    assert found is not None, letters(address)
    return urlsplit(found[0]).path


def secret_on(page: TestResponse) -> str:
    """The device's secret, as a page tells it to who types it in."""
    found = re.search(r'class="key"[^>]*>([A-Z2-7 ]+)<', page.text)
    assert found is not None, page.text
    return found[1].replace(" ", "")


def code_on(page: TestResponse) -> str:
    """The code of the device that a page sets up."""
    return pyotp.TOTP(secret_on(page)).at(clock.now())


def accept(client: Client, link: str, **other: str) -> TestResponse:
    """Open the link of an invitation and send its form; ``other`` are fields that differ."""
    page = client.get(link)
    fields = {"name": "Bo Harris", "new_password": PASSWORD, "code": code_on(page)} | other
    return client.post(link, data=fields)


def codes_on(page: TestResponse) -> list[str]:
    """The recovery codes that a page shows."""
    return re.findall(r"<li>([a-z2-9]{5}-[a-z2-9]{5})</li>", page.text)


def another(app: Flask) -> Client:
    """Another browser."""
    found = app.test_client()
    assert isinstance(found, Client)
    return found
