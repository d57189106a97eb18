"""Drafts: saved while somebody writes, gone on with, never lost to another tab."""

import pytest
from sqlalchemy import select

from citizen_voice.challenges.models import Topic
from citizen_voice.db import db
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.people import resident
from tests.factories.places import ward
from tests.ideas.drafting import BODY, TITLE, autosave, fields_of, hidden, line, rows, where, words


def test_a_form_saves_one_draft_however_often_it_saves(member: Client) -> None:
    castle = ward("Castle")
    asked = challenge(topics=("Streets",))
    topic = db.session.execute(select(Topic.id)).scalar_one()
    form = hidden(member.get(where(asked)).text)
    first = autosave(member, where(asked), words(title="A ben", body="") | form)
    assert (first.status_code, line(first.text)["draft"]) == (200, form["draft"])
    assert "Draft saved" in first.text
    second = autosave(
        member,
        where(asked),
        words(place=str(castle), topic=str(topic)) | form | {"draft_seen": "1"},
    )
    assert line(second.text)["draft_seen"] == "2"
    (draft,) = rows()
    assert (draft.title, draft.body, draft.language) == (TITLE, BODY, "en")
    assert (draft.challenge_id, draft.topic_id, draft.ward_id) == (asked.id, topic, castle)
    assert str(draft.id) == form["draft"]


def test_a_save_whose_answer_was_lost_is_not_made_twice(member: Client) -> None:
    asked = challenge()
    form = hidden(member.get(where(asked)).text)
    for title in ("A be", "A bench", "A bench at"):
        autosave(member, where(asked), words(title=title) | form)
    assert [draft.title for draft in rows()] == ["A bench at"]


def test_an_empty_form_saves_nothing_and_takes_nothing_away(member: Client) -> None:
    asked = challenge()
    form = hidden(member.get(where(asked)).text)
    answer = autosave(member, where(asked), words(title="  ", body="\r\n") | form)
    assert answer.status_code == 200
    assert "Draft saved" not in answer.text
    assert rows() == []
    autosave(member, where(asked), words() | form)
    autosave(member, where(asked), words(title="", body="") | form | {"draft_seen": "1"})
    assert [draft.title for draft in rows()] == [TITLE]


def test_words_that_are_not_fit_to_be_published_are_kept(member: Client) -> None:
    asked = challenge()
    form = hidden(member.get("/ideas/new").text)
    unfit = {"title": "x" * 300, "body": "y" * 2_000, "lang": "fr", "place": "99999"}
    unfit |= {"topic": "1 OR 1=1", "challenge": "-1"}
    answer = autosave(member, "/ideas/new", unfit | form)
    assert answer.status_code == 200
    (draft,) = rows()
    assert (len(draft.title), len(draft.body), draft.language) == (300, 2_000, "en")
    assert (draft.challenge_id, draft.topic_id, draft.ward_id) == (None, None, None)
    shown = member.get(f"/ideas/new?draft={draft.id}").text
    assert "x" * 300 in shown
    assert asked.question_en in shown
    too_long = autosave(member, "/ideas/new", words(body="z" * 10_001) | form)
    assert (too_long.status_code, "too long to be kept" in too_long.text) == (422, True)
    assert len(rows()[0].body) == 2_000


@pytest.mark.parametrize("nonsense", ["", "x", "99", "{}", "'; --", "\u0663" * 32, "0" * 9_999])
def test_nonsense_in_the_hidden_fields_begins_a_draft(member: Client, nonsense: str) -> None:
    asked = challenge()
    fields = {"draft": nonsense, "draft_form": nonsense, "draft_seen": nonsense}
    assert autosave(member, where(asked), words() | fields).status_code == 200
    assert len(rows()) == 1
    assert member.send(where(asked), words() | fields).status_code == 303


def test_without_a_script_a_button_saves_and_the_page_says_so(member: Client) -> None:
    asked = challenge()
    form = hidden(member.get(where(asked)).text)
    answer = member.send(where(asked), words() | form | {"_draft": "1"})
    assert answer.status_code == 200
    for said in ("Draft saved. It waits for you", TITLE, BODY, "Delete draft", "kept until"):
        assert said in answer.text
    assert hidden(answer.text) == form | {"draft_seen": "1"}
    refused = member.send(where(asked), words(body="z" * 10_001) | form | {"_draft": "1"})
    assert (refused.status_code, "<title>Error: " in refused.text) == (422, True)
    assert "z" * 10_001 in refused.text


def test_a_name_asked_the_first_time_stays_when_a_draft_is_saved(client: Client) -> None:
    asked = challenge()
    client.sign_in(resident(name=None))
    form = hidden(client.get(where(asked)).text)
    answer = client.send(where(asked), words(name="Heron") | form | {"_draft": "1"})
    assert fields_of(answer.text)["name"] == "Heron"


def test_a_draft_is_gone_on_with_and_published_once(member: Client) -> None:
    asked, castle = challenge(), ward("Castle")
    form = hidden(member.get(where(asked)).text)
    autosave(member, where(asked), words(place=str(castle)) | form)
    offered = member.get(where(asked)).text
    assert f"{where(asked)}?draft={form['draft']}" in offered
    page = member.get(f"{where(asked)}?draft={form['draft']}")
    assert page.headers["Cache-Control"] == "no-store"
    again = hidden(page.text)
    assert (again["draft"], again["draft_seen"]) == (form["draft"], "1")
    assert fields_of(page.text)["title"] == TITLE
    assert BODY in page.text
    published = member.send(where(asked), words() | again)
    assert published.status_code == 303
    assert rows() == []
    assert member.get(f"{where(asked)}?draft={form['draft']}").status_code == 404


def test_a_draft_stays_where_publishing_is_refused(member: Client) -> None:
    asked = challenge()
    form = hidden(member.get(where(asked)).text)
    autosave(member, where(asked), words() | form)
    refused = member.send(where(asked), words(title="") | form | {"draft_seen": "1"})
    assert refused.status_code == 422
    assert hidden(refused.text) == form | {"draft_seen": "1"}
    assert "Draft saved" in refused.text
    assert len(rows()) == 1


def test_a_save_under_way_when_publish_was_pressed_leaves_no_draft(member: Client) -> None:
    asked = challenge()
    form = hidden(member.get(where(asked)).text)
    autosave(member, where(asked), words() | form)
    member.send(where(asked), words() | form)
    late = autosave(member, where(asked), words(body="So that people") | form)
    assert late.status_code == 200
    assert rows() == []
    another = autosave(member, where(asked), words(title="Another idea") | form)
    assert another.status_code == 200
    assert [draft.title for draft in rows()] == ["Another idea"]


def test_two_tabs_with_one_draft_keep_what_stands_in_both(member: Client) -> None:
    asked = challenge()
    form = hidden(member.get(where(asked)).text)
    autosave(member, where(asked), words(title="One") | form)
    address = f"{where(asked)}?draft={form['draft']}"
    left, right = (hidden(member.get(address).text) for _tab in range(2))
    assert left["draft_form"] != right["draft_form"]
    assert (
        line(autosave(member, where(asked), words(title="Left") | left).text)["draft"]
        == (form["draft"])
    )
    parted = autosave(member, where(asked), words(title="Right") | right)
    assert "changed in another tab" in parted.text
    right = line(parted.text)
    assert right["draft"] != form["draft"]
    assert sorted(draft.title for draft in rows()) == ["Left", "Right"]
    autosave(member, where(asked), words(title="Left, further") | left)
    autosave(member, where(asked), words(title="Right, further") | right)
    assert sorted(draft.title for draft in rows()) == ["Left, further", "Right, further"]


def test_tabs_one_after_the_other_go_on_with_one_draft(member: Client) -> None:
    asked = challenge()
    form = hidden(member.get(where(asked)).text)
    for title in ("One", "Two", "Three"):
        saved = autosave(member, where(asked), words(title=title) | form)
        assert "another tab" not in saved.text
        form = hidden(member.get(f"{where(asked)}?draft={form['draft']}").text)
    assert [draft.title for draft in rows()] == ["Three"]


def test_the_last_words_of_a_form_that_was_closed_are_gone_on_with(member: Client) -> None:
    asked = challenge()
    closed = hidden(member.get(where(asked)).text)
    autosave(member, where(asked), words(title="Unheard of") | closed)
    again = hidden(member.get(where(asked)).text) | {"draft": closed["draft"]}
    again["draft_was"] = f"{closed['draft_form']} 1"
    shown = member.send(where(asked), words() | again | {"_preview": "1"})
    assert hidden(shown.text) == again
    autosave(member, where(asked), words() | again)
    assert [draft.title for draft in rows()] == [TITLE]


def test_a_form_that_was_not_closed_after_all_loses_nothing(member: Client) -> None:
    asked = challenge()
    left = hidden(member.get(where(asked)).text)
    for title in ("Le", "Left"):
        autosave(member, where(asked), words(title=title) | left)
    right = hidden(member.get(where(asked)).text) | {"draft": left["draft"]}
    right["draft_was"] = f"{left['draft_form']} 1"
    autosave(member, where(asked), words(title="Right") | right)
    assert sorted(draft.title for draft in rows()) == ["Left", "Right"]
