"""The screen of the site: what administrators decide, and what everybody sees of it."""

import re

import pytest
from sqlalchemy import text

from citizen_voice.db import db, write
from citizen_voice.site import colours, queries, services, settling
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from tests.client import HTMX, Client, FormFinder
from tests.factories.places import ward
from tests.factories.team import colleague

HERE = "/staff/site"


@pytest.fixture
def boss(client: Client) -> Client:
    """An administrator's browser."""
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    return client


def fields(client: Client) -> dict[str, str]:
    """What the form has in it; textareas, which the finder passes over, are empty."""
    page = client.get(HERE).text
    forms = FormFinder(page, HERE).forms
    found = next(form["fields"] for form in forms if "seen" in form["fields"])
    found.pop("preview", None)
    return dict(found)


def acts() -> list[str]:
    """What the journal has."""
    db.session.remove()
    return list(db.session.execute(text("SELECT act FROM journal_entries")).scalars())


def test_what_is_saved_everybody_sees_at_once_in_both_languages(boss: Client) -> None:
    revision = queries.revision()
    boss.send(
        HERE,
        fields(boss)
        | {
            "name_en": "Exampleshire Voice",
            "name_cy": "Llais Swydd Enghraifft",
            "council_en": "Exampleshire <Council>",
            "contact_email": "voice@example.org",
            "contact_phone": "01632 960100",
            "footer_en": "Charity 12345\nOpen every day",
            "footer_cy": "Elusen 12345",
            "brand_colour": "#123456",
        },
    )
    db.session.remove()
    assert queries.revision() > revision
    boss.delete_cookie("session")
    english, welsh = boss.get("/").text, boss.get("/cy").text
    assert "Exampleshire Voice" in english
    assert "Exampleshire &lt;Council&gt;" in english
    assert "Charity 12345\nOpen every day" in english
    assert "Llais Swydd Enghraifft" in welsh
    assert "Elusen 12345" in welsh
    assert "mailto:voice@example.org" in english
    assert "#123456" in boss.get("/theme.css").text
    assert "site settings changed" in acts()


def test_nothing_changed_is_nothing_in_the_journal(boss: Client) -> None:
    before = fields(boss)
    assert boss.send(HERE, before).status_code == 303
    assert "site settings changed" not in acts()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name_en", " ", "This can’t be empty."),
        ("council_en", "x" * 81, "Make this 80 letters or shorter."),
        ("tagline_cy", "x" * 201, "Make this 200 letters or shorter."),
        ("contact_email", "not an address", "Enter an e-mail address"),
        ("contact_email", 'a@b.cy"onclick=x', "Enter an e-mail address"),
        ("contact_phone", "ring me", "Enter a phone number"),
        ("footer_en", "left\u202eright", "a character in it"),
        ("brand_colour", "red;}", "six figures"),
        ("brand_colour", "#fff;background:url(//x)", "six figures"),
        ("brand_colour", "#ffd633", "its contrast is"),
        ("link_colour", "#767676", "its contrast is 4.25"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_nothing_is_saved(
    boss: Client, field: str, value: str, said: str
) -> None:
    before = fields(boss)
    theme = boss.get("/theme.css").text
    answer = boss.send(HERE, before | {"tagline_en": "A typed sentence", field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="A typed sentence"' in answer.text, "nothing typed is lost"
    assert boss.get("/theme.css").text == theme
    assert "site settings changed" not in acts()


def test_a_colour_that_is_hard_to_read_comes_with_one_that_can_be(boss: Client) -> None:
    answer = boss.send(HERE, fields(boss) | {"brand_colour": "#e07b00"})
    shade = re.search(r"(#[0-9a-f]{6}) is the\s+nearest darker shade", answer.text)
    assert shade
    assert boss.send(HERE, fields(boss) | {"brand_colour": shade[1]}).status_code == 303
    assert shade[1] in boss.get("/theme.css").text


def test_a_preview_shows_what_everybody_would_see_and_saves_nothing(boss: Client) -> None:
    typed = fields(boss) | {
        "name_en": "Would be <b>this</b>", "brand_colour": "#123456", "preview": "yes",
    }  # fmt: skip
    answer = boss.send(HERE, typed)
    assert answer.status_code == 200
    assert "Would be &lt;b&gt;this&lt;/b&gt;" in answer.text
    assert f"contrast {colours.told(colours.contrast('#123456', '#ffffff'))}" in answer.text
    link = re.search(r'href="(/staff/site/preview\.css[^"]+)"', answer.text)
    assert link
    assert "#123456" in boss.get(link[1].replace("&amp;", "&")).text
    part = boss.send(HERE, typed, headers=HTMX)
    assert "<html" not in part.text
    assert 'id="site-seen"' in part.text
    assert "Would be" not in boss.get("/").text
    bad = boss.send(HERE, typed | {"brand_colour": "red;}"})
    assert "not a colour" in bad.text
    assert "red;}" not in (re.search(r"preview\.css[^\"]+", bad.text) or [""])[0]


@pytest.mark.parametrize("query", ["", "brand=red;}&link=0b5a55", "brand=0b5a55", "link=0b5a55"])
def test_the_colours_of_a_preview_are_colours(boss: Client, query: str) -> None:
    assert boss.get(f"/staff/site/preview.css?{query}").status_code == 404


def test_two_who_save_at_once_are_told_and_keep_their_words(boss: Client) -> None:
    mine = fields(boss)
    with write():
        services.settle({"tagline_en": "Theirs"}, seen=None, actor=None)
    answer = boss.send(HERE, mine | {"tagline_en": "Mine"})
    assert answer.status_code == 409
    assert 'value="Mine"' in answer.text
    assert "Theirs" in answer.text
    assert queries.settings().tagline_en == "Theirs"
    seen = re.search(r'name="seen" value="([^"]+)"', answer.text)
    assert seen
    assert boss.send(HERE, mine | {"tagline_en": "Mine", "seen": seen[1]}).status_code == 303
    db.session.remove()
    assert queries.settings().tagline_en == "Mine"


def test_a_new_ward_is_no_conflict_though_it_raises_the_revision(boss: Client) -> None:
    mine = fields(boss)
    ward("Armley")
    assert boss.send(HERE, mine | {"tagline_en": "Mine"}).status_code == 303


def test_welsh_is_switched_off_and_on(boss: Client) -> None:
    off = fields(boss)
    off.pop("welsh_on")
    boss.send(HERE, off)
    assert "Cymraeg" not in boss.get("/").text
    boss.send(HERE, fields(boss) | {"welsh_on": "y"})
    assert "Cymraeg" in boss.get("/").text


def test_managers_are_told_where_an_administrator_wants_it(boss: Client) -> None:
    assert queries.settings().managers_told is False
    boss.send(HERE, fields(boss) | {"managers_told": "y"})
    db.session.rollback()
    assert queries.settings().managers_told is True
    off = fields(boss)
    off.pop("managers_told")
    boss.send(HERE, off)
    db.session.rollback()
    assert queries.settings().managers_told is False


@pytest.mark.usefixtures("app")
def test_what_is_settled_is_what_the_form_asks_and_what_tells_a_conflict() -> None:
    row = queries.settings()
    with write():
        services.change(fair_offset=7)
    db.session.remove()
    assert settling.fingerprint(queries.settings()) == settling.fingerprint(row)


def test_it_is_for_administrators_alone(client: Client) -> None:
    client.sign_in(colleague(MODERATOR), staff=True)
    for address in (HERE, "/staff/site/logo", "/staff/site/preview.css?brand=123456&link=123456"):
        assert client.get(address).status_code == 403
