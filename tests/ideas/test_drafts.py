"""Drafts: saved while somebody writes, theirs alone, never lost to another tab, gone in time."""

import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice import clock, housekeeping
from citizen_voice.accounts import services as accounts
from citizen_voice.challenges.models import Challenge, Topic
from citizen_voice.db import db, new_key, write
from citizen_voice.errors import NotHere
from citizen_voice.ideas import queries, services
from citizen_voice.ideas.models import Draft, Idea
from citizen_voice.ideas.services import drafting
from tests.client import HTMX, Client, FormFinder
from tests.factories.challenges import challenge, close
from tests.factories.people import resident
from tests.factories.places import ward

TITLE, BODY = "A bench at the bus stop", "So that people can rest."


def words(**changed: Any) -> dict[str, Any]:
    """What stands in the form."""
    return {"title": TITLE, "body": BODY, "lang": "en", "place": ""} | changed


def where(asked: Challenge) -> str:
    """The address of the form."""
    return f"/challenges/{asked.slug}/suggest"


def fields_of(page: str) -> dict[str, Any]:
    """The fields of the form of an idea, with what stands in them (of a long one: the name)."""
    forms = FormFinder(page).forms
    return next(form["fields"] for form in forms if "draft_form" in form["fields"])


def hidden(page: str) -> dict[str, str]:
    """What a form sends along about its draft."""
    given = fields_of(page)
    return {name: given[name] for name in ("draft", "draft_form", "draft_seen", "draft_was")}


def line(html: str) -> dict[str, str]:
    """The same in the answer to a script."""
    fields: dict[str, str] = FormFinder(f"<form>{html}</form>").forms[0]["fields"]
    return fields


def autosave(client: Client, address: str, fields: dict[str, Any]) -> Any:
    """What the script sends."""
    return client.send(address, fields | {"_draft": "1"}, headers=HTMX)


def rows() -> list[Draft]:
    """Every draft there is, the first made first."""
    db.session.rollback()
    return list(
        db.session.scalars(
            select(Draft).order_by(Draft.created_at, Draft.id),
            execution_options={"populate_existing": True},
        )
    )


def ideas_there_are() -> int:
    db.session.rollback()
    return int(db.session.execute(select(func.count()).select_from(Idea)).scalar_one())


@pytest.fixture
def author() -> UUID:
    """Somebody with a name."""
    return resident()


@pytest.fixture
def member(client: Client, app: Flask) -> Client:
    """Somebody, signed in."""
    client.sign_in(resident())
    return client


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


def test_somebody_elses_draft_is_not_there(app: Flask, client: Client, author: UUID) -> None:
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


def test_the_limit_is_said_where_the_draft_is_saved(member: Client) -> None:
    asked = challenge()
    for number in range(drafting.MOST_DRAFTS):
        assert autosave(member, where(asked), words(title=f"No. {number}")).status_code == 200
    form = hidden(member.get(where(asked)).text)
    refused = autosave(member, where(asked), words() | form)
    assert refused.status_code == 422
    assert "You have 50 drafts" in refused.text
    assert "HX-Retarget" not in refused.headers
    assert len(rows()) == drafting.MOST_DRAFTS
    kept = rows()[3]
    member.send(f"/drafts/{kept.id}/delete")
    assert autosave(member, where(asked), words() | form).status_code == 200
    published = member.send(where(asked), words(title="Published all the same") | form)
    assert published.status_code == 303


def test_the_limit_holds_for_saves_at_once_and_one_draft_stays_one(app: Flask) -> None:
    author, form = resident(), new_key()
    asked = challenge()
    there = drafting.DraftWords(TITLE, BODY, "en", asked.id, None, None)
    with write():
        for _number in range(drafting.MOST_DRAFTS - 3):
            services.save_draft(author, services.OpenForm(new_key(), new_key()), there)
    shared = services.OpenForm(new_key(), form)
    refused = []

    def save(number: int) -> None:
        of = shared if number % 2 else services.OpenForm(new_key(), new_key())
        with app.app_context():
            try:
                with write():
                    services.save_draft(author, of, there)
            except drafting.TooManyDrafts:
                refused.append(number)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=save, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows()) == drafting.MOST_DRAFTS
    assert sum(draft.form_key == form for draft in rows()) <= 1
    assert refused


def test_two_saves_at_once_from_two_tabs_keep_both(app: Flask) -> None:
    author, asked = resident(), challenge()
    key = new_key()
    with write():
        services.save_draft(
            author,
            services.OpenForm(key, new_key()),
            drafting.DraftWords("One", "", "en", asked.id, None, None),
        )

    def save(title: str) -> None:
        with app.app_context():
            try:
                with write():
                    services.save_draft(
                        author,
                        services.OpenForm(key, new_key(), 1),
                        drafting.DraftWords(title, "", "en", asked.id, None, None),
                    )
            finally:
                db.session.remove()

    threads = [threading.Thread(target=save, args=(f"Tab {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(draft.title for draft in rows()) == [f"Tab {number}" for number in range(8)]


def test_publishing_and_saving_at_once_leave_no_draft(app: Flask) -> None:
    author, asked = resident(), challenge()
    form = services.OpenForm(new_key(), new_key())
    there = drafting.DraftWords(TITLE, BODY, "en", asked.id, None, None)
    begin = threading.Barrier(6)

    def save() -> None:
        with app.app_context():
            begin.wait()
            try:
                with write():
                    services.save_draft(author, form, there)
            finally:
                db.session.remove()

    def publish() -> None:
        with app.app_context():
            begin.wait()
            try:
                with write():
                    services.discard_draft(author, form.draft_id)
                    services.propose(
                        author,
                        asked.id,
                        title=TITLE,
                        body=BODY,
                        language="en",
                        topic_id=None,
                        ward_id=None,
                    )
            finally:
                db.session.remove()

    threads = [threading.Thread(target=act) for act in (save, save, publish, save, save, save)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (rows(), ideas_there_are()) == ([], 1)


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


def rows_person() -> UUID:
    """Whose the one draft is, read inside the transaction at hand."""
    return db.session.execute(select(Draft.person_id)).scalar_one()


@pytest.mark.parametrize("remove_words", [True, False])
def test_who_leaves_leaves_no_draft(app: Flask, author: UUID, *, remove_words: bool) -> None:
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


PREVIEWED = "Call 01632 960123. <script>alert(1)</script>\n\n- *one*\n- [two](https://example.org)"


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_preview_shows_the_words_as_they_will_look_and_loses_nothing(
    app: Flask, client: Client, *, signed_in: bool
) -> None:
    asked, castle = challenge(), ward("Castle")
    if signed_in:
        client.sign_in(resident(name=None))
    sent = words(title="<b>Bold</b> & new", body=PREVIEWED, place=str(castle), name="Heron")
    whole = client.send(where(asked), sent | {"_preview": "1"})
    part = client.send(where(asked), sent | {"_preview": "1"}, headers=HTMX)
    for answer in (whole, part):
        assert answer.status_code == 200
        assert "&lt;b&gt;Bold&lt;/b&gt; &amp; new</h3>" in answer.text
        assert "<em>one</em>" in answer.text
        assert 'rel="nofollow ugc noopener"' in answer.text
        assert "<script>alert" not in answer.text
        assert "Nothing is published yet." in answer.text
    assert "<form" not in part.text
    assert "error-summary" not in whole.text
    assert f'value="{castle}" selected' in whole.text
    assert "Call 01632 960123. &lt;script&gt;" in whole.text
    if signed_in:
        assert fields_of(whole.text)["name"] == "Heron"
    assert (rows(), ideas_there_are()) == ([], 0)


def test_a_preview_needs_nothing_to_be_fit(member: Client) -> None:
    asked = challenge()
    for changed in ({"title": ""}, {"title": "x" * 999}, {"lang": "fr"}, {"body": "y" * 20_000}):
        answer = member.send(where(asked), words(**changed) | {"_preview": "1"})
        assert (answer.status_code, "Nothing is published" in answer.text) == (200, True)


def test_an_edit_is_previewed_and_changes_nothing(member: Client) -> None:
    asked = challenge()
    published = member.send(where(asked), words())
    edit = published.location.partition("?")[0] + "/edit"
    for headers in ({}, HTMX):
        answer = member.send(edit, words(body="*New* words", _preview="1"), headers=headers)
        assert (answer.status_code, "<em>New</em> words" in answer.text) == (200, True)
    assert "<em>New</em>" not in member.get(published.location).text
    assert 'data-draft="edit:CV-' in member.get(edit).text
