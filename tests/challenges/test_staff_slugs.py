"""An address that was public once leads to its challenge for good."""

import pytest
from flask import Flask

from citizen_voice.challenges.services import slugs
from citizen_voice.db import write
from tests.challenges.setting_up import LIST, administrator, errors, fields, newest, row, typed
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident


def rename(staff: Client, key: int, slug: str) -> None:
    sent = fields(staff, f"{LIST}/{key}/edit") | {"slug": slug}
    answer = staff.send(f"{LIST}/{key}/edit", sent)
    assert answer.status_code == 303, answer.text


def test_every_page_under_a_former_address_leads_to_the_new_one(app: Flask) -> None:
    staff = administrator(app)
    asked = challenge(slug="a")
    idea(asked)
    rename(staff, asked.id, "b")
    visitor = app.test_client()
    for part in ("", "/next", "/suggest", "/closing.ics", "/qr.svg", "?order=newest&stage=open"):
        moved = visitor.get(f"/challenges/a{part}")
        assert (moved.status_code, moved.location) == (302, f"/challenges/b{part}")
        assert visitor.get(moved.location).status_code == 200
        assert visitor.get(f"/cy/challenges/a{part}").location == f"/cy/challenges/b{part}"
    assert "/challenges/a" in staff.get(f"{LIST}/{asked.id}").text


def test_a_form_to_a_former_address_is_sent_on_whole(app: Flask) -> None:
    staff, author = administrator(app), app.test_client()
    asked = challenge(slug="a")
    rename(staff, asked.id, "b")
    assert isinstance(author, Client)
    author.sign_in(resident(name="Heron"))
    sent = {"title": "A bench at the stop", "body": "", "place": "", "lang": "en"}
    moved = author.send("/challenges/a/suggest", sent)
    assert (moved.status_code, moved.location) == (307, "/challenges/b/suggest")
    assert author.send(moved.location, sent).status_code == 303  # a browser sends it once more
    assert "A bench at the stop" in author.get("/challenges/b").text


def test_a_chain_of_addresses_leads_straight_to_the_last_and_back_to_the_first(app: Flask) -> None:
    staff, visitor = administrator(app), app.test_client()
    asked = challenge(slug="a")
    rename(staff, asked.id, "b")
    rename(staff, asked.id, "c")
    for former in "ab":
        assert visitor.get(f"/challenges/{former}").location == "/challenges/c"
    rename(staff, asked.id, "a")
    assert visitor.get("/challenges/a").status_code == 200
    for former in "bc":
        assert visitor.get(f"/challenges/{former}").location == "/challenges/a"


def test_what_another_has_or_had_is_refused_at_the_field(app: Flask) -> None:
    staff = administrator(app)
    first, second = challenge(slug="a"), challenge(slug="z")
    rename(staff, first.id, "b")
    for taken in ("a", "b"):
        sent = fields(staff, f"{LIST}/{second.id}/edit") | {"slug": taken}
        assert set(errors(staff.send(f"{LIST}/{second.id}/edit", sent))) == {"slug"}
        assert set(errors(staff.send(f"{LIST}/new", typed(slug=taken)))) == {"slug"}
    assert row(second.id).slug == "z"
    assert app.test_client().get("/challenges/a").location == "/challenges/b"


def test_a_draft_leaves_no_address_behind(app: Flask) -> None:
    staff = administrator(app)
    draft = challenge(slug="a", published=False)
    rename(staff, draft.id, "b")
    assert app.test_client().get("/challenges/a").status_code == 404
    assert challenge(slug="a").slug == "a"
    assert app.test_client().get("/challenges/b").status_code == 404


def test_an_empty_address_of_what_is_there_stays_as_it_is(app: Flask) -> None:
    staff = administrator(app)
    asked = challenge(slug="a")
    rename(staff, asked.id, "")
    assert row(asked.id).slug == "a"


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("What’s next for Tŷ Mawr?", "whats-next-for-ty-mawr"),
        ("何が必要ですか", "challenge"),
        ("x" * 160, "challenge"),
        ("Safer streets " * 9, "safer-streets-safer-streets-safer-streets-safer"),
        ("???", "challenge"),
    ],
)
def test_an_address_is_made_from_any_question(question: str, slug: str) -> None:
    assert slugs.proposed(question) == slug
    with write():
        slugs.refuse_unless_free(slug)
    challenge(slug=slug)
    assert slugs.proposed(question) == f"{slug}-2"


def test_one_made_without_an_address_avoids_former_ones(app: Flask) -> None:
    staff = administrator(app)
    asked = challenge(slug="a-bench")
    rename(staff, asked.id, "b")
    staff.send(f"{LIST}/new", typed(question_en="A bench?"))
    assert newest().slug == "a-bench-2"
