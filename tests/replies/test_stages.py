"""Staff move ideas from stage to stage, with a reason that everybody reads."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.answers import services as answering
from citizen_voice.answers.recount import differences
from citizen_voice.db import db, write
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.ideas import services
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.ideas.working_days import bank_holidays, is_working_day
from citizen_voice.journal.models import JournalEntry
from tests.client import Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import figures, idea, stored
from tests.factories.people import resident
from tests.factories.replies import working_day
from tests.factories.team import colleague

ACTS = {
    "shortlist": services.shortlist,
    "adopt": services.adopt,
    "decline": services.decline,
    "reopen": services.reopen,
}


def move(number: int, *acts: str, **values: Any) -> None:
    for act in acts:
        with write():
            ACTS[act](number, **({"actor": None, "reason": "Because"} | values))


@pytest.mark.parametrize(
    ("acts", "stage"),
    [
        (("shortlist",), "shortlisted"),
        (("adopt",), "adopted"),
        (("decline",), "declined"),
        (("shortlist", "reopen"), "open"),
        (("shortlist", "adopt"), "adopted"),
        (("shortlist", "decline"), "declined"),
        (("adopt", "reopen"), "open"),
        (("decline", "reopen", "shortlist"), "shortlisted"),
    ],
)
def test_where_an_idea_can_go(app: Flask, acts: tuple[str, ...], stage: str) -> None:
    asked = challenge()
    number = idea(asked)
    close(asked)  # stages go on
    move(number, *acts)
    assert stored(number).stage == stage
    assert db.session.get_one(IdeaListing, number, populate_existing=True).stage == stage
    last = select(JournalEntry.act).order_by(JournalEntry.number.desc()).limit(1)
    assert db.session.scalars(last).one().endswith(f"to {stage}")


@pytest.mark.parametrize(
    ("acts", "then", "sentence"),
    [
        (("shortlist",), "shortlist", "being looked at already"),
        ((), "reopen", "open already"),
        (("adopt",), "decline", "Reopen it first"),
        (("decline",), "shortlist", "Reopen it first"),
        (("adopt",), "adopt", "happening already"),
    ],
)
def test_where_it_cannot_is_said_in_words(
    app: Flask, acts: tuple[str, ...], then: str, sentence: str
) -> None:
    number = idea()
    move(number, *acts)
    with pytest.raises(NotAllowed, match=sentence):
        move(number, then)


def test_what_is_withdrawn_or_hidden_stays_so(app: Flask) -> None:
    author = resident()
    gone, hidden = idea(author=author), idea()
    with write():
        services.withdraw(gone, author, why="happened", words="", language="en")
        services.hide(hidden, actor=None, reason="x")
    for act in ACTS:
        with pytest.raises(NotAllowed, match="taken back by its author"):
            move(gone, act)
        with pytest.raises(NotAllowed, match="published"):
            move(hidden, act)
        with pytest.raises(NotHere):
            move(999_999, act)


def test_a_reason_is_needed_and_a_day_has_to_be_one(app: Flask) -> None:
    number = idea()
    for reason in ("", " . ", "x" * 601):
        with pytest.raises(Refusal) as refused:
            move(number, "shortlist", reason=reason)
        assert refused.value.field == "reason_en"
    with pytest.raises(Refusal) as refused:
        move(number, "shortlist", next_on=clock.today())
    assert refused.value.field == "next_on"
    assert stored(number).stage == "open"


def test_everybody_reads_the_reason_and_the_next_step(client: Client) -> None:
    number, day = idea(), working_day()
    move(number, "shortlist", reason="Many <b>ask</b>.", reason_cy="Mae llawer.", next_on=day)
    page = client.get(f"/ideas/CV-{number}").text
    assert "Many &lt;b&gt;ask&lt;/b&gt;." in page
    assert "Next step by" in page
    assert "Mae llawer." in client.get(f"/cy/ideas/CV-{number}").text
    assert db.session.get_one(IdeaListing, number).owed_on == day


def test_reopened_answers_thaw_while_the_challenge_is_open(client: Client) -> None:
    asked, reader = challenge(), resident()
    number = idea(asked)
    with write():
        answering.cast(reader, number, "support")
    move(number, "decline")
    client.sign_in(reader)
    assert client.send(f"/ideas/CV-{number}/answer", {"value": "none"}).status_code == 422
    assert figures(number) == (1, 0, 0)
    move(number, "reopen", reason="Money was found")
    assert client.send(f"/ideas/CV-{number}/answer", {"value": "oppose"}).status_code == 303
    assert figures(number) == (0, 1, 0)
    assert not differences()
    move(number, "adopt")
    close(asked)
    move(number, "reopen")
    assert client.send(f"/ideas/CV-{number}/answer", {"value": "none"}).status_code == 422


def test_a_reopening_is_news_to_the_author_and_bringing_back_ones_own_is_not(
    client: Client,
) -> None:
    author, asked = resident(), challenge()
    reopened, own = idea(asked, author, title="A slide"), idea(asked, author, title="A swing")
    with clock.at(clock.now() - timedelta(days=3)):
        client.sign_in(author)
        move(reopened, "decline")
    with write():
        services.withdraw(own, author, why="happened", words="", language="en")
        services.bring_back(own, author)
    move(reopened, "reopen", reason="Money was found")
    since = client.get("/").text
    told = since[since.index("Since your last visit") :].split("</section>")[0]
    assert "A slide" in told
    assert "A swing" not in told


def test_on_the_screen_an_idea_is_shortlisted_declined_and_taken_back(client: Client) -> None:
    number = idea()
    address = f"/staff/ideas/CV-{number}/stage"
    client.sign_in(colleague(), staff=True)
    page = client.get(address).text
    assert 'value="reopen"' not in page
    refused = client.send(address, {"act": "will-do", "reason_en": "We can"})
    assert refused.status_code == 422
    assert "Say by which day people hear more." in refused.text
    assert "We can</textarea>" in refused.text
    assert client.send(address, {"act": "reopen", "reason_en": "x y z"}).status_code == 422
    sent = client.send(address, {"act": "shortlist", "reason_en": "Liked"})
    assert sent.location == f"{address}?done=staged"
    sent = client.send(address, {"act": "no", "reason_en": "Too dear"})
    assert stored(number).stage == "declined"
    assert "Too dear" in client.get(f"/ideas/CV-{number}").text
    assert "Your reply is up." in client.get(sent.location).text
    client.send(sent.location.split("?")[0] + "/take-back")
    assert stored(number).stage == "shortlisted"


def test_working_days_know_the_bank_holidays() -> None:
    named = {f"{day:%d %b}" for day in bank_holidays(2026)}
    assert named == {
        "01 Jan",
        "03 Apr",
        "06 Apr",
        "04 May",
        "25 May",
        "31 Aug",
        "25 Dec",
        "28 Dec",
    }
    assert {f"{day:%d %b}" for day in bank_holidays(2022)} >= {"03 Jan", "26 Dec", "27 Dec"}
    assert not any(is_working_day(day) for day in bank_holidays(2027))
