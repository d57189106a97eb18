"""Somebody's drafts: theirs alone, listed, deleted, moved to an open challenge, gone in time."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock, housekeeping
from citizen_voice.accounts import services as accounts
from citizen_voice.challenges.models import Topic
from citizen_voice.db import db, new_key, write
from citizen_voice.errors import NotHere
from citizen_voice.ideas import queries, services
from citizen_voice.ideas.models import Idea
from citizen_voice.ideas.services import drafting
from tests.client import Client, FormFinder
from tests.factories.challenges import challenge, close
from tests.factories.people import resident
from tests.factories.places import ward
from tests.ideas.drafting import (
    BODY,
    TITLE,
    autosave,
    fields_of,
    hidden,
    line,
    rows,
    rows_person,
    where,
    words,
)


def test_somebody_elses_draft_is_not_there(app: Flask, client: Client) -> None:
    author = resident()
    asked = challenge()
    client.sign_in(author)
    form = hidden(client.get(where(asked)).text)
    autosave(client, where(asked), words() | form)
    client.sign_in(resident())
    key = form["draft"]
    assert client.get(f"/ideas/new?draft={key}").status_code == 404
    assert client.get(f"{where(asked)}?draft={key}").status_code == 404
    assert client.get("/ideas/new?draft=nonsense").status_code == 404
    assert client.send(f"/drafts/{key}/delete").status_code == 404
    assert TITLE not in client.get("/drafts").text
    saved = autosave(client, where(asked), words(title="Mine") | form | {"draft_seen": "1"})
    assert line(saved.text)["draft"] != key
    client.send(where(asked), words(title="Published by another") | form)
    assert {(draft.title, draft.person_id == author) for draft in rows()} == {
        (TITLE, True),
        ("Mine", False),
    }


def test_drafts_are_listed_with_what_they_are_about(member: Client) -> None:
    asked, later = challenge(), challenge()
    assert "No drafts" in member.get("/drafts").text
    for address, fields in (
        (where(asked), words()),
        (where(later), words(title="", body="Only  words,\r\n" + "and more " * 30)),
        ("/ideas/new", words(title="For no question yet")),
    ):
        autosave(member, address, fields)
    close(later)
    page = member.get("/drafts")
    assert page.headers["Cache-Control"] == "no-store"
    for said in (
        TITLE,
        "Only words, and more",
        "…",
        "For no question yet",
        "No question chosen yet",
        asked.question_en,
        "That challenge is not open now.",
        "30 days",
    ):
        assert said in page.text, said
    assert page.text.count("Go on writing</a>") == 3
    assert member.get("/").text.count('href="/drafts"') == 1


def test_deleting_a_draft_can_be_undone_from_the_page_that_says_so(member: Client) -> None:
    asked, castle = challenge(topics=("Streets",)), ward("Castle")
    topic = db.session.execute(select(Topic.id)).scalar_one()
    body = "\nFirst <b>line</b>.\n\n- second"
    autosave(member, where(asked), words(body=body, place=str(castle), topic=str(topic)))
    (before,) = rows()
    answer = member.send(f"/drafts/{before.id}/delete", words())
    assert (answer.status_code, "Draft deleted." in answer.text) == (200, True)
    assert rows() == []
    undo = next(form for form in FormFinder(answer.text).forms if "draft" in form["fields"])
    sent = undo["fields"] | {"_draft": "undo", "body": before.body}
    assert "&lt;b&gt;line" in answer.text
    again = member.send(undo["action"], sent)
    assert (again.status_code, "Draft saved" in again.text) == (200, True)
    (after,) = rows()
    for name in ("id", "title", "body", "language", "challenge_id", "topic_id", "ward_id"):
        assert getattr(after, name) == getattr(before, name), name
    assert member.send(f"/drafts/{new_key()}/delete").status_code == 404


def test_undo_brings_back_what_had_not_been_saved_yet_under_the_form(member: Client) -> None:
    asked = challenge()
    form = hidden(member.get(where(asked)).text)
    autosave(member, where(asked), words(body="") | form)
    answer = member.send(f"/drafts/{form['draft']}/delete", words(title="Typed since") | form)
    undo = next(each for each in FormFinder(answer.text).forms if "draft" in each["fields"])
    assert undo["fields"]["title"] == "Typed since"
    assert BODY in answer.text


@pytest.mark.parametrize("preset", [True, False])
@pytest.mark.parametrize("others", [True, False])
def test_a_challenge_that_closes_meanwhile_leaves_a_draft_that_moves_to_an_open_one(
    member: Client, *, preset: bool, others: bool
) -> None:
    asked = challenge(topics=("Streets",))
    topic = db.session.execute(select(Topic.id)).scalar_one()
    open_one = challenge() if others else None
    address = where(asked) if preset else "/ideas/new"
    further = {"topic": str(topic)} | ({} if preset else {"challenge": str(asked.id)})
    form = hidden(member.get(address).text)
    close(asked)
    answer = member.send(address, words(**further) | form)
    assert answer.status_code == 422
    assert "closed meanwhile. What you wrote is kept as a draft." in answer.text
    assert fields_of(answer.text)["title"] == TITLE
    assert BODY in answer.text
    (draft,) = rows()
    assert (draft.challenge_id, draft.topic_id) == (asked.id, topic)
    later = member.get(f"{where(asked)}?draft={draft.id}")
    assert later.location.endswith(f"/ideas/new?draft={draft.id}")
    page = member.get(later.location).text
    assert BODY in page
    if open_one is None:
        assert "No challenge is open now. Your draft is kept until" in page
        assert ">Publish<" not in page
        open_one = challenge()
        page = member.get(later.location).text
    assert "is not open now. Choose another one" in page
    assert ">Publish<" in page
    again = hidden(page)
    unsaid = member.send("/ideas/new", words() | again)
    assert "Choose the question that your idea is about." in unsaid.text
    moved = member.send("/ideas/new", words(challenge=str(open_one.id)) | again)
    assert moved.status_code == 303
    assert rows() == []
    idea = db.session.execute(select(Idea)).scalar_one()
    assert (idea.challenge_id, idea.topic_id) == (open_one.id, None)


def test_a_challenge_that_is_closed_still_offers_its_drafts(member: Client) -> None:
    asked = challenge()
    autosave(member, where(asked), words())
    close(asked)
    page = member.get(where(asked)).text
    assert "takes no ideas just now" in page
    assert f"/ideas/new?draft={rows()[0].id}" in page


def test_a_draft_is_kept_for_thirty_days_after_its_last_save(member: Client) -> None:
    asked = challenge(closes=clock.today() + timedelta(days=90))
    form = hidden(member.get(where(asked)).text)
    autosave(member, where(asked), words() | form)
    begun = clock.now()
    with clock.at(begun + timedelta(days=20)), write():
        services.save_draft(
            rows_person(),
            services.OpenForm(UUID(form["draft"]), UUID(form["draft_form"]), 1),
            drafting.DraftWords("Later", "", "en", asked.id, None, None),
        )
    with clock.at(begun + timedelta(days=49)):
        assert housekeeping.tidy()["drafts"] == 0
        assert len(queries.drafts(rows()[0].person_id)) == 1
    with clock.at(begun + timedelta(days=52)):
        assert queries.drafts(rows()[0].person_id) == []  # not shown, even before it is deleted
        with pytest.raises(NotHere):
            queries.draft(rows()[0].person_id, UUID(form["draft"]))
        assert housekeeping.tidy()["drafts"] == 1
    assert rows() == []


@pytest.mark.parametrize("remove_words", [True, False])
def test_who_leaves_leaves_no_draft(app: Flask, *, remove_words: bool) -> None:
    author = resident()
    asked, other = challenge(), resident()
    there = drafting.DraftWords(TITLE, BODY, "en", asked.id, None, None)
    for person in (author, other):
        with write():
            services.save_draft(person, services.OpenForm(new_key(), new_key()), there)
    with write():
        accounts.leave(author, remove_words=remove_words)
    assert [draft.person_id for draft in rows()] == [other]
    with pytest.raises(NotHere), write():
        services.save_draft(author, services.OpenForm(new_key(), new_key()), there)


def test_a_visitor_is_asked_to_sign_in_and_then_it_is_saved_or_shown(client: Client) -> None:
    asked = challenge()
    assert client.get("/drafts").location == "/sign-in?next=/drafts"
    key = new_key()
    assert (
        client.get(f"/ideas/new?draft={key}").location == f"/sign-in?next=/ideas/new?draft%3D{key}"
    )
    assert "_draft" not in client.get(where(asked)).text
    quiet = autosave(client, where(asked), words())
    assert (quiet.status_code, quiet.headers["HX-Retarget"]) == (403, "#alert")
    assert "Set-Cookie" not in quiet.headers
    asked_to = client.send(where(asked), words() | {"_draft": "1"})
    assert asked_to.location == "/sign-in"
    assert "Save your draft ‘A bench at the bus stop’" in client.get("/sign-in").text
    assert rows() == []
