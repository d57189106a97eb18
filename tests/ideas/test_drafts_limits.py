"""How many drafts somebody may have and how often they are saved; saves at once."""

import threading
from datetime import timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import update

from citizen_voice import clock, limits
from citizen_voice.db import db, new_key, write
from citizen_voice.ideas import services
from citizen_voice.ideas.limits import SAVES
from citizen_voice.ideas.services import drafting
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.people import resident
from tests.ideas.drafting import (
    BODY,
    TITLE,
    autosave,
    fields_of,
    hidden,
    ideas_there_are,
    line,
    rows,
    where,
    words,
)


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


def save_without_end(person: UUID) -> None:
    """As often as one may in a while."""
    limits.hit(SAVES, str(person))
    with write():
        db.session.execute(update(limits.LimitHit).values(hits=SAVES.most))


def test_saving_without_end_is_refused_for_a_while_and_nothing_typed_is_lost(
    client: Client,
) -> None:
    author, asked = resident(), challenge()
    client.sign_in(author)
    form = hidden(client.get(where(asked)).text)
    now = clock.now()
    with clock.at(now):
        save_without_end(author)
        quiet = autosave(client, where(asked), words() | form)
        assert (quiet.status_code, rows()) == (429, [])
        assert "What you wrote is still here" in quiet.text
        assert "HX-Retarget" not in quiet.headers
        assert line(quiet.text) == form
        by_hand = client.send(where(asked), words() | form | {"_draft": "1"})
        assert (by_hand.status_code, fields_of(by_hand.text)["title"]) == (422, TITLE)
        assert "What you wrote is still here" in by_hand.text
        assert BODY in by_hand.text
        client.sign_in(resident())
        assert autosave(client, where(asked), words(title="Another's")).status_code == 200
        client.sign_in(author)
        assert client.send(where(asked), words(title="Published") | form).status_code == 303
    with clock.at(now + SAVES.per):
        assert autosave(client, where(asked), words() | form).status_code == 200
    assert sorted(draft.title for draft in rows()) == [TITLE, "Another's"]


def test_saving_every_other_second_for_an_hour_is_no_saving_without_end() -> None:
    assert SAVES.per / SAVES.most <= timedelta(seconds=2)
