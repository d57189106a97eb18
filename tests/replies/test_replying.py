"""The council replies to ideas, one or many, and everybody reads it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.answers import services as answering
from citizen_voice.answers.recount import differences
from citizen_voice.db import db, write
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.journal import services as journal
from citizen_voice.journal.models import JournalEntry
from citizen_voice.news import queries as news
from citizen_voice.replies import queries, services
from tests.client import Client
from tests.factories.challenges import challenge, close
from tests.factories.comments import comment
from tests.factories.ideas import figures, idea, stored
from tests.factories.people import resident
from tests.factories.replies import reply, working_day
from tests.meanwhile import meanwhile
from tests.replies.rows import listed

SAID: dict[str, Any] = {"outcome": "no", "reason_en": "It would cost too much."}


def test_one_reply_to_twelve_ideas_shows_on_each(client: Client) -> None:
    asked = challenge()
    numbers = [idea(asked) for _ in range(12)]
    given = reply(*numbers, reason_en="The bridge is too old.", team_en="Bridges team")
    assert {listed(number) for number in numbers} == {(given, None)}
    for number in numbers:
        page = client.get(f"/ideas/CV-{number}").text
        for words in ("We won’t do this.", "The bridge is too old.", "Bridges team"):
            assert words in page
    subjects = select(JournalEntry.subject).where(JournalEntry.act == "idea replied: no")
    assert set(db.session.scalars(subjects)) == {f"idea CV-{number}" for number in numbers}
    db.session.rollback()
    assert journal.verify() == 12


def test_it_is_welsh_where_there_is_welsh_and_english_with_its_language_where_not(
    client: Client,
) -> None:
    one, other = idea(), idea()
    reply(one, reason_cy="Mae’n rhy ddrud.")
    reply(other)
    assert "Mae’n rhy ddrud." in client.get(f"/cy/ideas/CV-{one}").text
    assert 'lang="en">It would cost too much.' in client.get(f"/cy/ideas/CV-{other}").text


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"outcome": "maybe"}, "outcome", "Choose what the council says."),
        ({"reason_en": " . "}, "reason_en", "Say in a few words why."),
        ({"reason_en": "x" * 601}, "reason_en", "Make this 600 letters or shorter."),
        ({"reason_cy": "x" * 601}, "reason_cy", "Make this 600 letters or shorter."),
        ({"team_en": "x" * 81}, "team_en", "Make this 80 letters or shorter."),
        ({"outcome": "passed-on"}, "passed_to_en", "Say who it was passed to."),
        ({"outcome": "will-do"}, "next_on", "Say by which day people hear more."),
        ({"outcome": "trying"}, "next_on", "Say by which day people hear more."),
        ({"outcome": "not-now"}, "next_on", "Say by which day people hear more."),
        ({"outcome": "no", "adopt": True}, "stage", "Only what the council does"),
        ({"outcome": "already", "decline": True}, "stage", "can’t be declined"),
    ],
)
def test_what_an_outcome_needs_is_asked_for_at_its_field(
    app: Flask, values: dict[str, Any], field: str, sentence: str
) -> None:
    number = idea()
    for act in (services.reply, services.look_at):
        given = SAID | values
        if act is services.reply:
            given |= {"actor": None}
        with pytest.raises(Refusal) as refused, write():
            act([number], **given)
        assert refused.value.field == field
        assert sentence in str(refused.value)
    assert listed(number) == (None, None)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 5, 11), "still to come"),
        (date(2026, 5, 12), "still to come"),
        (date(2026, 5, 16), "a weekend or a holiday"),
        (date(2026, 5, 25), "a weekend or a holiday"),
        (date(2036, 5, 13), "within three years"),
    ],
)
def test_a_promised_day_is_a_working_day_to_come(app: Flask, day: date, sentence: str) -> None:
    with clock.at(datetime(2026, 5, 12, 12, tzinfo=UTC)):
        number = idea()
        with pytest.raises(Refusal, match=sentence):
            reply(number, outcome="will-do", next_on=day)
        reply(number, outcome="will-do", next_on=date(2026, 5, 13))
    assert listed(number)[1] == date(2026, 5, 13)


def test_what_is_not_asked_for_is_not_kept(app: Flask) -> None:
    number = idea()
    reply(number, outcome="already", next_on=date(2020, 1, 1), passed_to_en="The Crown")
    row = queries.of_idea(number)[0]
    assert (row.next_on, row.passed_to_en, listed(number)[1]) == (None, "", None)


def test_one_idea_that_takes_no_reply_refuses_all(app: Flask) -> None:
    author, asked = resident(), challenge()
    good, gone, hidden = idea(asked), idea(asked, author), idea(asked)
    decided = idea(asked)
    reply(decided, decline=True)
    with write():
        ideas.withdraw(gone, author, why="happened", words="", language="en")
        ideas.hide(hidden, actor=None, reason="A name")
    for bad in (gone, hidden):
        with pytest.raises(NotAllowed, match=f"CV-{bad}"):
            reply(good, bad)
    with pytest.raises(NotAllowed, match=f"CV-{decided}"):
        reply(good, decided, outcome="already", adopt=True)
    with pytest.raises(NotHere):
        reply(good, 999_999)
    with pytest.raises(Refusal, match="at least one"):
        reply()
    with pytest.raises(Refusal, match="100 ideas"):
        reply(*range(1, 102))
    assert listed(good) == (None, None)
    reply(good, decided, decline=True)  # declined already stays so
    assert stored(decided).stage == stored(good).stage == "declined"


def test_a_newer_reply_takes_over_and_older_ones_stay_readable(client: Client) -> None:
    number = idea()
    day = working_day()
    reply(number, outcome="not-now", next_on=day, reason_en="After the winter.")
    newer = reply(number, outcome="already", reason_en="It is there since May.")
    assert listed(number) == (newer, None)
    page = client.get(f"/ideas/CV-{number}").text
    assert "It is there since May." in page
    assert "After the winter." not in page
    assert "Earlier replies: 1" in page
    earlier = client.get(f"/ideas/CV-{number}/replies").text
    assert earlier.index("It is there since May.") < earlier.index("After the winter.")


def test_a_reply_adopts_a_quick_fix_or_declines_and_answers_are_frozen_and_counted(
    client: Client,
) -> None:
    asked, reader = challenge(), resident()
    fixed, refused = idea(asked), idea(asked)
    for number in (fixed, refused):
        with write():
            answering.cast(reader, number, "support")
    reply(fixed, outcome="will-do", next_on=working_day(), adopt=True)
    reply(refused, decline=True)
    assert (stored(fixed).stage, stored(refused).stage) == ("adopted", "declined")
    client.sign_in(reader)
    for number in (fixed, refused):
        for value in ("oppose", "none"):
            assert client.send(f"/ideas/CV-{number}/answer", {"value": value}).status_code == 422
        assert figures(number) == (1, 0, 0)
        comment(number)  # comments go on
    assert "Happening" in client.get(f"/challenges/{asked.slug}").text
    assert "Not going ahead" in client.get(f"/ideas/CV-{refused}").text
    assert not differences()


def test_two_moderators_reply_at_once_and_both_stand_in_order(app: Flask) -> None:
    number, other = idea(), idea()
    said = SAID | {"actor": None}
    ended = meanwhile(
        app,
        lambda: services.reply([number, other], **said),
        lambda: reply(other, number, outcome="already", reason_en="It is there."),
    )
    assert ended == {"other", "done"}
    for each in (number, other):
        found = queries.of_idea(each)
        assert [row.outcome for row in found] == ["already", "no"]
        assert listed(each)[0] == found[0].reply_id


def test_a_page_that_somebody_has_is_sent_again_once_there_is_a_reply(client: Client) -> None:
    asked = challenge()
    number = idea(asked)
    for address in (f"/ideas/CV-{number}", f"/challenges/{asked.slug}"):
        first = client.get(address)
        known = {"If-None-Match": first.headers["ETag"]}
        assert client.get(address, headers=known).status_code == 304
        given = reply(number)
        again = client.get(address, headers=known)
        assert again.status_code == 200
        assert "It would cost too much." in again.text
        with write():
            services.take_back(given, actor=None)
        assert "It would cost too much." not in client.get(address).text


def test_a_challenge_shows_its_two_newest_replies_each_once(client: Client) -> None:
    asked = challenge()
    one, two, three = idea(asked), idea(asked, title="A pond"), idea(asked)
    reader = resident()
    with write():
        answering.cast(reader, two, "support")
    reply(one, reason_en="The oldest of three.")
    reply(one, two, three, reason_en="One for all.")
    reply(three, reason_en="The newest.")
    page = client.get(f"/challenges/{asked.slug}").text
    assert "The oldest of three." not in page
    assert page.count("One for all.") == page.count("The newest.") == 1
    assert page.index("The newest.") < page.index("One for all.")
    assert "and 1 idea more" in page
    with write():
        ideas.hide(three, actor=None, reason="x")
    page = client.get(f"/challenges/{asked.slug}").text
    assert "The newest." not in page


def test_replies_go_on_after_the_challenge_has_closed(app: Flask) -> None:
    asked = challenge()
    number = idea(asked)
    close(asked)
    reply(number, outcome="already", adopt=True)
    assert stored(number).stage == "adopted"
    with write():
        ideas.reopen(number, actor=None, reason="By mistake")
    assert stored(number).stage == "open"


def test_an_audience_counts_each_person_once(app: Flask) -> None:
    author, both, supporter, talker, against = (resident() for _ in range(5))
    asked = challenge()
    one, other = idea(asked, author), idea(asked, author)
    with write():
        for person, number in ((both, one), (both, other), (supporter, one), (author, other)):
            answering.cast(person, number, "support")
        answering.cast(against, one, "oppose")
    comment(one, both)
    comment(other, talker)
    assert news.tells_of_ideas([one, other]) == 4
    assert news.tells_of_ideas([one]) == 3
    assert news.tells_of_ideas([]) == 0
