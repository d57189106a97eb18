"""An author takes their idea back, says why, and may think again for an hour."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answering
from citizen_voice.answers.recount import differences
from citizen_voice.db import db, write
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.ideas import queries, services
from citizen_voice.journal import services as journal
from citizen_voice.journal.models import JournalEntry
from tests.accounts.walk import ask, enter, letter
from tests.client import Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import figures, idea, stored
from tests.factories.people import resident

WHY = {"why": "happened", "words": ""}


def withdraw(number: int, author: UUID, why: str = "happened", words: str = "") -> None:
    with write():
        services.withdraw(number, author, why=why, words=words, language="en")


def acts(number: int) -> list[str]:
    """What the journal says was done to an idea."""
    db.session.rollback()
    rows = select(JournalEntry.act).where(JournalEntry.subject == f"idea CV-{number}")
    return list(db.session.scalars(rows.order_by(JournalEntry.number)))


def test_an_author_takes_an_idea_back_and_its_page_says_why(client: Client) -> None:
    author, asked = resident(), challenge()
    number = idea(asked, author, title="A slide", body="For <b>all</b> of us.")
    client.sign_in(author)
    page = client.get(f"/ideas/CV-{number}").text
    assert f'href="/ideas/CV-{number}/withdraw"' in page
    told = client.get(f"/ideas/CV-{number}/withdraw").text
    for sentence in ("It goes off the lists.", "The answers are kept.", "within an hour"):
        assert sentence in told
    words = "See <script>alert(1)</script>\nCV-7"
    sent = client.send(f"/ideas/CV-{number}/withdraw", {"why": "elsewhere", "words": words})
    assert sent.location == f"/ideas/CV-{number}?done=withdrawn"
    client.delete_cookie("session")
    shown = client.get(f"/ideas/CV-{number}")
    assert shown.status_code == 200
    assert "Taken back by its author" in shown.text
    assert "Another idea says it better." in shown.text
    assert "See &lt;script&gt;alert(1)&lt;/script&gt;\nCV-7" in shown.text
    assert "of us." in shown.text
    assert 'value="support"' not in shown.text
    assert "Bring it back" not in shown.text
    assert acts(number) == ["idea open to withdrawn"]
    assert journal.verify() == 1


def test_its_reason_keeps_its_language(client: Client) -> None:
    author = resident()
    number = idea(author=author)
    client.sign_in(author)
    client.send(f"/cy/ideas/CV-{number}/withdraw", {"why": "other", "words": "Dim diolch"})
    english, welsh = (client.get(f"{prefix}/ideas/CV-{number}").text for prefix in ("", "/cy"))
    assert re.search(r'lang="cy">Dim diolch', english)
    assert re.search(r'as-written" hx-ignore>Dim diolch', welsh)


def test_answers_are_kept_and_frozen_and_off_lists_and_totals(client: Client) -> None:
    author, asked, reader = resident(), challenge(), resident()
    number = idea(asked, author, title="A slide at the pond")
    with write():
        answering.cast(reader, number, "support")
    assert queries.totals(asked.id).support == 1
    withdraw(number, author)
    assert figures(number) == (1, 0, 0)
    totals = queries.totals(asked.id)
    assert (totals.ideas, totals.answers) == (0, 0)
    assert "A slide at the pond" not in client.get("/ideas").text
    assert "A slide at the pond" not in client.get(f"/challenges/{asked.slug}").text
    client.sign_in(reader)
    for value in ("oppose", "none"):
        assert client.send(f"/ideas/CV-{number}/answer", {"value": value}).status_code == 422
    assert figures(number) == (1, 0, 0)
    assert not differences()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose a reason."),
        ({"why": "nonsense"}, "Choose a reason."),
        ({"why": "other"}, "Say in a few words why."),
        ({"why": "other", "words": " \u200b\u202e "}, "Say in a few words why."),
        ({"why": "happened", "words": "x" * 301}, "Make this 300 letters or shorter."),
    ],
)
def test_a_reason_is_needed_and_nothing_typed_is_lost(
    client: Client, fields: dict[str, str], sentence: str
) -> None:
    author = resident()
    number = idea(author=author)
    client.sign_in(author)
    answer = client.send(f"/ideas/CV-{number}/withdraw", fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert fields.get("words", "").strip("\u200b\u202e ") in answer.text
    assert stored(number).stage == "open"


def test_a_way_to_contact_somebody_in_the_reason_is_pointed_out(client: Client) -> None:
    author = resident()
    number = idea(author=author)
    client.sign_in(author)
    fields = {"why": "elsewhere", "words": "Ring Sam on 07700 900123"}
    assert 'name="confirm"' not in client.get(f"/ideas/CV-{number}/withdraw").text
    warned = client.send(f"/ideas/CV-{number}/withdraw", fields)
    assert warned.status_code == 422
    assert "There seems to be a way to contact someone in your words:" in warned.text
    assert "<b>07700 900123</b>" in warned.text
    assert "Ring Sam on 07700 900123</textarea>" in warned.text
    assert stored(number).stage == "open"
    sent = client.send(f"/ideas/CV-{number}/withdraw", fields | {"confirm": "y"})
    assert sent.status_code == 303
    assert stored(number).withdrawn_words == "Ring Sam on 07700 900123"


def test_where_a_moderator_reads_everything_first_a_reason_is_chosen_not_written(
    client: Client,
) -> None:
    author, asked = resident(), challenge(moderation="before")
    one, other = idea(asked, author), idea(asked, author)
    with write():
        services.publish(one, actor=None)
        services.publish(other, actor=None)
    client.sign_in(author)
    assert 'name="words"' not in client.get(f"/ideas/CV-{one}/withdraw").text
    for number, why in ((one, "other"), (other, "elsewhere")):
        fields = {"why": why, "words": "Nobody has read this"}
        assert client.send(f"/ideas/CV-{number}/withdraw", fields).status_code == 303
        row = stored(number)
        assert (row.stage, row.withdrawn_why, row.withdrawn_words) == ("withdrawn", why, None)
        assert "Nobody has read this" not in client.get(f"/ideas/CV-{number}").text
    with pytest.raises(Refusal):
        withdraw(idea(asked, author), author, "x", "")


def test_only_the_author_may(client: Client) -> None:
    number, somebody = idea(), resident()
    client.sign_in(somebody)
    assert client.get(f"/ideas/CV-{number}/withdraw").status_code == 404
    assert client.send(f"/ideas/CV-{number}/withdraw", WHY).status_code == 404
    assert client.send(f"/ideas/CV-{number}/bring-back").status_code == 404
    with pytest.raises(NotHere):
        withdraw(number, somebody)
    with pytest.raises(NotHere), write():
        services.bring_back(number, somebody)


def test_not_once_the_council_looks_at_it_nor_after_the_end(client: Client) -> None:
    author, asked = resident(), challenge()
    shortlisted, late = idea(asked, author), idea(asked, author)
    with write():
        services.shortlist(shortlisted, actor=None, reason="Good")
    client.sign_in(author)
    page = client.get(f"/ideas/CV-{shortlisted}/withdraw").text
    assert "The council has begun to look at this idea" in page
    assert 'name="why"' not in page
    assert "/withdraw" not in client.get(f"/ideas/CV-{shortlisted}").text
    fields = {"why": "other", "words": "My own words"}
    refused = client.send(f"/ideas/CV-{shortlisted}/withdraw", fields)
    assert refused.status_code == 422
    assert "My own words" in refused.text
    close(asked)
    assert "This challenge has closed" in client.get(f"/ideas/CV-{late}/withdraw").text
    for number in (shortlisted, late):
        with pytest.raises(NotAllowed):
            withdraw(number, author)


def test_a_held_or_hidden_idea_can_be_taken_back_and_stays_unseen(client: Client) -> None:
    author = resident()
    held = idea(challenge(moderation="before"), author)
    hidden = idea(author=author)
    with write():
        services.hide(hidden, actor=None, reason="Names somebody")
    for number in (held, hidden):
        withdraw(number, author)
    assert client.get(f"/ideas/CV-{held}").status_code == 404
    assert client.get(f"/ideas/CV-{hidden}").status_code == 410
    with write():
        services.bring_back(held, author)
    assert (stored(held).stage, stored(held).visibility) == ("open", "held")


def test_within_the_hour_it_comes_back_as_it_was(client: Client) -> None:
    author, asked, reader = resident(), challenge(), resident()
    number = idea(asked, author, title="A slide at the pond")
    with write():
        answering.cast(reader, number, "support")
    withdraw(number, author, "other", "I was cross")
    client.sign_in(author)
    page = client.get(f"/ideas/CV-{number}").text
    assert "Bring it back" in page
    sent = client.send(f"/ideas/CV-{number}/bring-back")
    assert sent.location == f"/ideas/CV-{number}?done=brought-back"
    page = client.get(sent.location).text
    assert "Your idea is back." in page
    assert "I was cross" not in page
    assert "A slide at the pond" in client.get(f"/challenges/{asked.slug}").text
    row = stored(number)
    assert (row.stage, row.withdrawn_at, row.withdrawn_words) == ("open", None, None)
    assert figures(number) == (1, 0, 0)
    assert acts(number) == ["idea open to withdrawn", "idea withdrawn to open"]
    again = client.send(f"/ideas/CV-{number}/bring-back")
    assert again.status_code == 303
    assert len(acts(number)) == 2


def test_after_the_hour_or_the_end_it_stays_taken_back(client: Client) -> None:
    author, asked = resident(), challenge()
    number, other = idea(asked, author), idea(asked, author)
    with clock.at(clock.now() - timedelta(minutes=61)):
        withdraw(number, author)
    withdraw(other, author)
    client.sign_in(author)
    assert "Bring it back" not in client.get(f"/ideas/CV-{number}").text
    late = client.send(f"/ideas/CV-{number}/bring-back")
    assert late.status_code == 403
    assert "too late" in late.text
    close(asked)
    assert "Bring it back" not in client.get(f"/ideas/CV-{other}").text
    assert client.send(f"/ideas/CV-{other}/bring-back").status_code == 403
    assert {stored(number).stage, stored(other).stage} == {"withdrawn"}


def test_twice_is_once(client: Client) -> None:
    author = resident()
    number = idea(author=author)
    client.sign_in(author)
    for _ in range(2):
        assert client.send(f"/ideas/CV-{number}/withdraw", WHY).status_code == 303
    assert client.get(f"/ideas/CV-{number}/withdraw").status_code == 303
    assert acts(number) == ["idea open to withdrawn"]


def test_what_was_said_goes_along_with_the_author(client: Client) -> None:
    author = resident()
    number = idea(author=author)
    withdraw(number, author, "other", "I moved to 9 Mill Lane")
    with write():
        accounts.leave(author, remove_words=True)
    page = client.get(f"/ideas/CV-{number}").text
    assert "Taken back by its author" in page
    assert "Mill Lane" not in page
    row = stored(number)
    assert (row.withdrawn_words, row.withdrawn_why, row.withdrawn_language) == (None, None, None)
    assert row.withdrawn_at is not None


def test_a_lost_session_keeps_the_reason_through_the_sign_in(client: Client) -> None:
    author = resident(email="author@example.org")
    number = idea(author=author)
    sent = client.post(
        f"/ideas/CV-{number}/withdraw", data={"why": "other", "words": "Kept through it"}
    )
    assert sent.location == "/sign-in"
    assert "Take my idea back" in client.get("/sign-in").text
    ask(client, "author@example.org")
    landed = enter(client, letter("author@example.org").code)
    assert landed.location.endswith(f"/ideas/CV-{number}?done=withdrawn")
    assert stored(number).withdrawn_words == "Kept through it"


@pytest.mark.parametrize(
    ("why", "words"), [("", ""), ("x", ""), ("other", " "), ("other", "x" * 301)]
)
def test_what_is_no_reason_is_refused_without_a_form_too(
    client: Client, why: str, words: str
) -> None:
    author = resident()
    number = idea(author=author)
    with pytest.raises(Refusal):
        withdraw(number, author, why, words)
    assert stored(number).stage == "open"
