"""Hands for the tests of challenges' staff screens: what an administrator sends."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from citizen_voice import clock
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db
from citizen_voice.journal import services as journal
from citizen_voice.journal.models import JournalEntry
from citizen_voice.team.models import ADMINISTRATOR
from tests.client import Client, FormFinder
from tests.factories.challenges import PROMISE
from tests.factories.team import colleague

LIST = "/staff/challenges"


def administrator(app: Flask) -> Client:
    """The browser of an administrator."""
    client = app.test_client()
    assert isinstance(client, Client)
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    return client


def typed(**other: Any) -> dict[str, Any]:
    """A whole challenge as its form sends it."""
    return PROMISE | {
        "question_en": "What would make your street safer?",
        "question_cy": "Beth fyddai'n gwneud eich stryd yn fwy diogel?",
        "slug": "",
        "opens_on": (clock.today() + timedelta(days=1)).isoformat(),
        "closes_on": (clock.today() + timedelta(days=30)).isoformat(),
        "ballot": "opinion",
        "moderation": "after",
        **other,
    }


def fields(client: Client, address: str, form_id: str = "challenge-form") -> dict[str, Any]:
    """What a page's form sends when nothing is changed in it."""
    page = client.get(address)
    assert page.status_code == 200, page.text
    return fields_of(page.text, form_id)


def fields_of(text: str, form_id: str = "challenge-form") -> dict[str, Any]:
    """The same of a page at hand; what stands in text areas, too."""
    part = re.search(rf'<form[^>]* id="{form_id}".*?</form>', text, re.DOTALL)
    assert part, text
    found: dict[str, Any] = dict(FormFinder(part[0]).forms[0]["fields"])
    for name, words in re.findall(
        r'<textarea[^>]* name="(\w+)"[^>]*>\n?(.*?)</textarea>', part[0], re.DOTALL
    ):
        found[name] = html.unescape(words)
    for name in ("_publish", "act", "_language"):
        found.pop(name, None)
    return found


def row(key: int) -> Challenge:
    """A challenge as the database has it."""
    db.session.expire_all()
    found = db.session.get(Challenge, key)
    assert found is not None
    return found


def newest() -> Challenge:
    """The challenge that was made last."""
    db.session.expire_all()
    return db.session.scalars(select(Challenge).order_by(Challenge.id.desc())).first() or _none()


def _none() -> Any:
    pytest.fail("there is no challenge")


def journalled() -> list[tuple[str, str]]:
    """Act and subject of every entry about challenges, in order; the chain holds."""
    assert isinstance(journal.verify(), int)
    entries = select(JournalEntry.act, JournalEntry.subject).order_by(JournalEntry.number)
    about = entries.where(JournalEntry.subject.startswith("challenge "))
    return [(act, subject) for act, subject in db.session.execute(about)]


def errors(page: TestResponse) -> dict[str, str]:
    """The fields that a page links from its summary, and what it says of them."""
    found = re.search(r'class="govuk-error-summary.*?</ul>', page.text, re.DOTALL)
    assert found, page.text
    pairs = re.findall(r'<a href="#(\w+)">(.*?)</a>', found[0], re.DOTALL)
    return {field: html.unescape(words).strip() for field, words in pairs}
