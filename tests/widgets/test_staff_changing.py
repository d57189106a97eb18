"""A widget whose subject is on no list any more: everything about it can still be changed."""

import html
import re
from typing import Any

import pytest
from flask import Flask

from citizen_voice.challenges.services import acts as challenges
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.pilots import services as pilots
from citizen_voice.team.models import MODERATOR
from citizen_voice.widgets import queries
from tests.client import Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea
from tests.factories.pilots import a_pilot, owner_of, shortlisted
from tests.factories.team import colleague
from tests.factories.widgets import stored, widget

OTHER = "https://other.example.gov.uk"

HIDDEN, ERASED, ARCHIVED, OF_ARCHIVED, CANCELLED = "hidden", "erased", "archived", "of", "cancelled"


def about(what: str) -> tuple[int, str, str]:
    """A widget whose subject is gone from the lists: its number, the field's value, its words."""
    if what in (HIDDEN, ERASED):
        made = idea()
        number = widget("idea", idea_id=made)
        with write():
            if what == HIDDEN:
                ideas.hide(made, actor=None, reason="A phone number.")
            else:
                stored(number).idea_id = None
        return number, "" if what == ERASED else f"CV-{made}", ""
    if what == CANCELLED:
        trial = a_pilot(*shortlisted([idea()]))
        number = widget("pilot", pilot_id=trial)
        with write():
            pilots.cancel(trial, actor=owner_of(trial))
        return number, str(trial), "Benches that warm up"
    asked = challenge(question_en="What about the bridge?")
    number = widget("challenge" if what == ARCHIVED else "changes", challenge_id=asked.id)
    key = asked.id
    close(asked)
    with write():
        challenges.archive(key, actor=None)
    return number, str(key), "What about the bridge?"


def staff(app: Flask) -> Client:
    """The browser of a moderator."""
    client = app.test_client()
    assert isinstance(client, Client)
    client.sign_in(colleague(MODERATOR), staff=True)
    return client


@pytest.mark.parametrize("what", [HIDDEN, ERASED, ARCHIVED, OF_ARCHIVED, CANCELLED])
def test_its_name_and_its_sites_can_be_changed(app: Flask, what: str) -> None:
    number, value, words = about(what)
    client, address = staff(app), f"/staff/widgets/{number}/edit"
    before = queries.widget(number)
    page = client.get(address).text
    if words:
        chosen = re.search(r'<option value="([^"]*)" selected>([^<]*)<', page)
        assert chosen is not None
        assert (chosen[1], html.unescape(chosen[2]).strip()) == (value, words)
    else:
        assert f'value="{value}"' in page
    said = {"name": "New", "sites": OTHER, "radius": "8", "scheme": "auto", "language": "en"}
    look = client.send(address, data=said | {"accent": "", "subject": value, "preview": "yes"})
    assert look.status_code == 200
    saved = client.send(address, data=said | {"accent": "", "subject": value, **seen(page)})
    assert saved.status_code == 303, saved.text
    after = queries.widget(number)
    assert (after.name, after.origins) == ("New", (OTHER,))
    for column in ("kind", "idea_id", "challenge_id", "pilot_id"):
        assert getattr(after, column) == getattr(before, column)


@pytest.mark.parametrize("what", [HIDDEN, ARCHIVED, CANCELLED])
def test_no_other_widget_can_be_about_it(app: Flask, what: str) -> None:
    number, value, _words = about(what)
    kind = queries.widget(number).kind
    client = staff(app)
    said = {"name": "New", "sites": OTHER, "radius": "8", "scheme": "auto", "language": "en"}
    said |= {"accent": "", "subject": value}
    assert client.send(f"/staff/widgets/new/{kind}", data=said).status_code == 422
    other = widget(kind, idea_id=idea() if kind == "idea" else None)
    address = f"/staff/widgets/{other}/edit"
    assert client.send(address, data=said | seen(client.get(address).text)).status_code == 422


def test_a_hidden_idea_may_be_written_in_any_way_and_another_hidden_one_may_not(app: Flask) -> None:
    number, value, _words = about(HIDDEN)
    other = idea()
    with write():
        ideas.hide(other, actor=None, reason="A phone number.")
    client, address = staff(app), f"/staff/widgets/{number}/edit"
    said = {"name": "New", "sites": OTHER, "radius": "8", "scheme": "auto", "language": "en"}
    for subject, status in (
        (value.removeprefix("CV-"), 303),
        (f"http://localhost/ideas/{value}", 303),
        (f"CV-{other}", 422),
        ("", 422),
        ("nonsense", 422),
    ):
        typed: dict[str, Any] = {"accent": "", "subject": subject, **seen(client.get(address).text)}
        assert client.send(address, data=said | typed).status_code == status, subject


def seen(page: str) -> dict[str, str]:
    """The mark of what is edited."""
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found is not None
    return {"seen": html.unescape(found[1])}


def test_staff_are_told_that_a_widget_shows_nothing_now(app: Flask) -> None:
    client = staff(app)
    number = idea(title="Trees on Castle Street")
    made = widget("idea", idea_id=number)
    assert "Shows nothing now" not in client.get("/staff/widgets").text
    assert "&lt;blockquote&gt;" in client.get(f"/staff/widgets/{made}").text
    with write():
        ideas.hide(number, actor=None, reason="A phone number.")
    assert "Shows nothing now" in client.get("/staff/widgets").text
    page = client.get(f"/staff/widgets/{made}").text
    assert "Shows nothing now" in page
    assert "&lt;blockquote&gt;" not in page, "the card has its title"
