"""Names: what may stand beside somebody's words, and never as anything but words."""

import pytest
from sqlalchemy import select

from citizen_voice.accounts import names
from citizen_voice.accounts.models import Person
from citizen_voice.db import db
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.people import resident

# ruff: noqa: RUF001, RUF003  # letters that look like others are the point here


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ada", "Ada"),
        ("  Ada   Lovelace\t", "Ada Lovelace"),
        ("Zoe\u0308", "Zoë"),
        ("李", None),
        ("李明", "李明"),
        ("Ωμέγα", "Ωμέγα"),
        ("Siân Llŷr", "Siân Llŷr"),
        ("Resident in Stafford", "Resident in Stafford"),
        ("Ada 🙂", "Ada 🙂"),
        ("O'Brien-Smith", "O'Brien-Smith"),
        ("A" * 60, "A" * 60),
    ],
)
def test_people_are_called_what_they_like(typed: str, shown: str | None) -> None:
    if shown is None:
        with pytest.raises(names.BadName, match="at least 2"):
            names.clean(typed)
    else:
        assert names.clean(typed) == shown


@pytest.mark.parametrize("typed", ["", " ", "A", "\n\n", "A" * 61, "Ada " * 30])
def test_a_name_has_from_two_to_sixty_characters(typed: str) -> None:
    with pytest.raises(names.BadName):
        names.clean(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Ada\u202eecilA",
        "\u2066Ada\u2069",
        "Ada\u200b",
        "Ad\u200da",
        "Ad\u00ada",
        "Ada\ufeff",
        "Ada\0",
        "Ada\x1b[31m",
        "\u3164\u3164",
        "\u115f\u1160",
        "\u2800\u2800",
        "Ada\U000e0041",
        "Ada\ud800",
        "Ada\ue000",
    ],
)
def test_what_cannot_be_seen_is_refused(typed: str) -> None:
    with pytest.raises(names.BadName, match="can't be seen"):
        names.clean(typed)


@pytest.mark.parametrize("typed", ["🙂🙂", "!!!", "--", "···", "♥️♥️"])
def test_a_name_of_signs_alone_is_refused(typed: str) -> None:
    with pytest.raises(names.BadName, match="letter or number"):
        names.clean(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "The Council",
        "COUNCIL",
        "Соuncil",  # a Cyrillic С and о
        "Cоuncіl team",
        "Ϲouncil",  # a Greek lunate sigma
        "Ｃｏｕｎｃｉｌ",
        "C0unc1l",
        "CounciI",  # a capital I
        "Counci1",
        "C.o.u.n.c.i.l",
        "C o u n c i l",
        "_Council_",
        "Parks-Council",
        "TheCouncil",
        "Councillor Smith",
        "Cóuncil",
        "Cyngor Sir",
        "Cynghorydd Jones",
        "Moderator",
        "МОDЕRАТОR",
        "admin",
        "@dmin",
        "Site Administrator",
        "Staff",
        "$taff",
        "The Mayor",
        "Y Maer",
        "Official account",
    ],
)
def test_nobody_can_be_mistaken_for_the_council(typed: str) -> None:
    with pytest.raises(names.BadName, match="mistaken"):
        names.clean(typed)


@pytest.mark.parametrize("typed", ["Stafford Lane", "Mary Mayorga", "Staffan", "Colin Counsel"])
def test_a_name_that_only_begins_like_one_is_fine(typed: str) -> None:
    assert names.clean(typed) == typed


HOSTILE = '<b onclick=alert(1)>A&B</b> "x" {{7*7}}'


def test_a_name_is_shown_as_words_everywhere(client: Client) -> None:
    person = resident(name=None)
    number = idea(author=person)
    client.sign_in(person)
    saved = client.send("/me/name", {"name": HOSTILE})
    assert saved.location == "/me?done=name-saved"
    escaped = "&lt;b onclick=alert(1)&gt;A&amp;B&lt;/b&gt;"
    for address in ("/", "/me", "/ideas", f"/ideas/CV-{number}"):
        page = client.get(address).text
        assert "<b onclick" not in page
        assert escaped in page, address
        assert "49" not in page.split(escaped)[1][:40]


def test_a_refused_name_stays_in_the_form_and_changes_nothing(client: Client) -> None:
    person = resident(name="Ada")
    client.sign_in(person)
    for typed in ("", "A", "The Council", "A" * 5_000, "Ada\u202e", "\0\0\0"):
        answer = client.send("/me/name", {"name": typed})
        assert answer.status_code == 422
        assert "<title>Error: " in answer.text
    stored = select(Person.display_name).where(Person.id == person)
    assert db.session.execute(stored).scalar_one() == "Ada"


def test_an_idea_shows_the_name_its_author_has_now(client: Client) -> None:
    person = resident(name="Ada")
    number = idea(author=person)
    client.sign_in(person)
    client.send("/me/name", {"name": "Countess"})
    assert "Countess" in client.get(f"/ideas/CV-{number}").text
