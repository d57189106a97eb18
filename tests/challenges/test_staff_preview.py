"""The preview is the public page as it will look, of what is typed; it saves nothing."""

from flask import Flask
from sqlalchemy import func, select

from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db
from tests.challenges.setting_up import LIST, administrator, fields, row, typed
from tests.factories.challenges import PROMISE, challenge
from tests.factories.ideas import idea


def test_what_is_typed_is_shown_and_nothing_is_saved(app: Flask) -> None:
    staff = administrator(app)
    page = staff.send(f"{LIST}/preview", typed(background_en="Because **we** ask"))
    assert page.status_code == 200
    for words in ("Preview", "What would make your street safer?", *PROMISE.values()):
        assert words in page.text
    assert "<strong>we</strong>" in page.text
    assert db.session.scalar(select(func.count()).select_from(Challenge)) == 0
    assert page.headers["Cache-Control"] == "no-store"


def test_unsaved_edits_are_shown_in_both_languages_without_losing_them(app: Flask) -> None:
    staff = administrator(app)
    asked = challenge(money_cy="Deg mil")
    idea(asked)
    sent = fields(staff, f"{LIST}/{asked.id}/edit") | {"money_en": "£77", "money_cy": "Saith deg"}
    english = staff.send(f"{LIST}/{asked.id}/preview", sent)
    assert "£77" in english.text
    assert f'action="/cy{LIST}/{asked.id}/preview"' in english.text
    assert 'name="money_cy" value="Saith deg"' in english.text
    welsh = staff.send(f"/cy{LIST}/{asked.id}/preview", sent)
    assert "Saith deg" in welsh.text
    assert asked.question_cy in welsh.text
    assert row(asked.id).money_en == asked.money_en


def test_welsh_that_is_missing_shows_the_english_marked_so(app: Flask) -> None:
    staff = administrator(app)
    page = staff.send(f"/cy{LIST}/preview", typed(question_cy="", sponsor_en="The mayor"))
    assert '<span lang="en">The mayor</span>' in page.text


def test_nonsense_is_shown_as_well_as_it_goes(app: Flask) -> None:
    staff = administrator(app)
    for wrong in (
        {"opens_on": "never", "closes_on": "9999-12-31"},
        {"slug": "../<b>\0"},
        {"slug": ""},
        {"question_en": "<script>x</script>" * 99, "replies_by": "x"},
        {"ballot": "x", "moderation": "x"},
    ):
        page = staff.send(f"{LIST}/preview", typed() | wrong)
        assert page.status_code == 200
        assert "<script>x" not in page.text
    assert staff.send(f"{LIST}/preview", {}).status_code == 200
    assert staff.get(f"{LIST}/preview").location == f"{LIST}/new"


def test_a_saved_draft_can_be_looked_at_and_has_no_way_out_that_leads_nowhere(app: Flask) -> None:
    staff = administrator(app)
    draft = challenge(published=False, background_en="Why")
    page = staff.get(f"{LIST}/{draft.id}/preview").text
    assert "Links and buttons do nothing here." in page
    assert f'href="/challenges/{draft.slug}' not in page
    assert f'href="{LIST}/{draft.id}"' in page
