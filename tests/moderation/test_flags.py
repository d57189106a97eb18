"""What stands out is noted for moderators, and hides nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from citizen_voice import clock, housekeeping
from citizen_voice.answers import services as answering
from citizen_voice.comments import services as comments
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.moderation import flags, surges
from citizen_voice.moderation.models import (
    ADVICE,
    CONTACTS,
    FLAGS,
    LINKS,
    REPEATED,
    SURGE,
    WORDS,
    AnswerWatch,
    Case,
    CaseReason,
    WatchedWords,
)
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea, stored
from tests.factories.people import resident
from tests.growth import STEADY, growth
from tests.habits.statements import counted

THREE_LINKS = "See https://a.example/1 and https://b.example/2 and www.c.example."
LONG = "Buy the very best double glazing in the whole county from us."


def noticed(**subject: object) -> dict[str, str]:
    """What was noted of an idea or comment: kind → detail."""
    ((name, key),) = subject.items()
    found = db.session.execute(
        select(CaseReason.kind, CaseReason.detail)
        .join(Case, Case.id == CaseReason.case_id)
        .where(getattr(Case, name) == key, CaseReason.kind.in_(FLAGS))
    )
    return {row.kind: row.detail for row in found}


def watch(words: str, language: str = "en") -> None:
    with write():
        db.session.merge(WatchedWords(language=language, words=words))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", []),
        ("Look at https://a.example/path?x=1.", ["https://a.example/path?x=1."]),
        ("[here](https://a.example/1), www.b.example", ["https://a.example/1", "www.b.example"]),
        ("HTTP://A.EXAMPLE", ["HTTP://A.EXAMPLE"]),
        ("awww.nice, and http: //nothing", []),
    ],
)
def test_links_are_found(text: str, seen: list[str]) -> None:
    assert flags.links(text) == seen


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("https://a.example https://b.example", None),
        (THREE_LINKS, "3: a.example, b.example, c.example."),
        ("Look: https://bit.ly/x", "1: bit.ly"),
        ("Look: http://user@TinyURL.com:80/x", "1: tinyurl.com"),
        ("https://[::1 https://[ https://]", None),
    ],
)
def test_many_links_or_a_shortener_stand_out(text: str, detail: str | None) -> None:
    assert flags.noticed(text).get(LINKS, "").rstrip(". ") == (detail or "").rstrip(". ")


@pytest.mark.parametrize(
    ("watched", "text", "found"),
    [
        ("spam", "SPAM!", ["spam"]),
        ("spam", "spammer", []),
        ("spam*", "Spammers", ["spam*"]),
        ("dŵr", "y dwr yma", ["dŵr"]),
        ("café", "CAFE", ["café"]),
        ("buy now", "Please buy,\n now!", ["buy now"]),
        ("buy now", "buy it now", []),
        ("buy no*", "Buy nothing", ["buy no*"]),
        ("can't", "We can't.", ["can't"]),
        ("*\n\n  \n!?", "anything * at all !?", []),
        ("one\ntwo", "two, one", ["one", "two"]),
    ],
)
def test_watched_words_are_found_whole_in_any_case_and_accent(
    watched: str, text: str, found: list[str]
) -> None:
    assert flags.watched_in(text, watched) == found


def test_a_long_list_and_a_long_text_take_no_time() -> None:
    watched = [f"word{number} again" for number in range(2_000)]

    def lines(number: int) -> None:
        assert flags.watched_in("word again " * 20, "\n".join(watched[:number])) == []

    def words(number: int) -> None:
        assert flags.watched_in("word again " * number, "\n".join(watched[:25])) == []

    assert growth(lines, 250) < STEADY
    assert growth(words, 20) < STEADY


@pytest.mark.usefixtures("app")
class TestNoted:
    def test_what_stands_out_when_it_is_published_is_noted_and_stays_public(self) -> None:
        watch("ducks")
        number = idea(body=f"{THREE_LINKS} Ring 0113 496 0000. Ducks!")
        assert noticed(idea_id=number) == {
            LINKS: "3: a.example, b.example, c.example.",
            CONTACTS: "0113 496 0000",
            WORDS: "ducks",
        }
        assert stored(number).visibility == "published"
        case = db.session.scalars(select(Case)).one()
        assert case.urgency == ADVICE

    def test_the_list_of_the_words_own_language_counts(self) -> None:
        watch("hwyaid", "cy")
        assert not noticed(idea_id=idea(body="Hwyaid"))
        assert noticed(idea_id=idea(body="Hwyaid!", language="cy")) == {WORDS: "hwyaid"}

    def test_an_edit_is_looked_at_and_the_same_words_once(self) -> None:
        author = resident()
        number = idea(author=author, title="A bench")
        for body in (THREE_LINKS, "Plain", THREE_LINKS):
            with write():
                ideas.edit(
                    number,
                    author,
                    title="A bench",
                    body=body,
                    language="en",
                    topic_id=None,
                    ward_id=None,
                )
        assert set(noticed(idea_id=number)) == {LINKS}
        version = db.session.scalars(select(CaseReason.version)).one()
        assert version == 2

    def test_a_comment_is_looked_at_and_the_councils_own_is_not(self) -> None:
        number = idea()
        assert set(noticed(comment_id=comment(number, body=THREE_LINKS))) == {LINKS}
        assert not noticed(comment_id=comment(number, body=THREE_LINKS, by_council=True))

    def test_long_words_that_somebody_else_has_said_stand_out(self) -> None:
        number = idea()
        assert not noticed(comment_id=comment(number, body=LONG))
        assert noticed(comment_id=comment(number, body=f"  {LONG.upper()}")) == {REPEATED: "2"}

    def test_short_words_may_be_said_by_everybody(self) -> None:
        number = idea()
        assert not any(noticed(comment_id=comment(number, body="I agree!")) for _each in range(4))

    def test_the_third_time_by_the_same_author_stands_out(self) -> None:
        author = resident()
        said = [comment(idea(), author, body="Look at mine!") for _each in range(3)]
        assert [noticed(comment_id=key) for key in said] == [{}, {}, {REPEATED: "3"}]

    def test_words_are_forgotten_after_thirty_days(self) -> None:
        number = idea()
        comment(number, body=LONG)
        with clock.at(clock.now() + timedelta(days=31)):
            housekeeping.tidy()
            place = challenge()
            later = comment(idea(place), body=LONG)
        assert not noticed(comment_id=later)

    def test_what_waited_is_not_looked_at_again_when_it_is_published(self) -> None:
        number = idea(challenge(moderation="before"), body=THREE_LINKS)
        assert set(noticed(idea_id=number)) == {LINKS}
        case = db.session.scalars(select(Case)).one()
        with write():
            case = db.session.get_one(Case, case.id)
            case.closed_at = clock.now()
        with write():
            ideas.publish(number, actor=None)
        assert db.session.scalars(select(Case).where(Case.closed_at.is_(None))).all() == []

    def test_to_publish_something_ordinary_costs_three_statements_more(self) -> None:
        number, author = idea(), resident()
        with counted() as statements, write():
            comments.comment(author, number, body="Once.", language="en")
        ours = ("word_marks", "watched_words", "case")
        assert sum(any(name in sql for name in ours) for sql in statements.sent) == 3


def answer(number: int, answers: int) -> None:
    """So many answers, as figures alone: the job reads nothing else."""
    with write():
        db.session.execute(
            update(IdeaListing).where(IdeaListing.idea_id == number).values(support=answers)
        )


@pytest.mark.usefixtures("app")
class TestSurges:
    def test_a_surge_is_noted_and_hides_nothing(self) -> None:
        number, quiet = idea(), idea()
        answer(number, 20)
        answer(quiet, 20)
        hour = clock.now() + timedelta(hours=10)
        with clock.at(hour):
            assert surges.look() == 0
        answer(number, 80)
        answer(quiet, 40)
        with clock.at(hour + timedelta(hours=1)):
            assert surges.look() == 1
            assert surges.look() == 0
        assert noticed(idea_id=number) == {SURGE: "60"}
        assert not noticed(idea_id=quiet)
        assert stored(number).visibility == "published"

    def test_what_is_always_lively_does_not_surge(self) -> None:
        number, began = idea(), clock.now()
        for hour in range(4):
            answer(number, 40 * hour)
            with clock.at(began + timedelta(hours=hour)):
                surges.look()
        answer(number, 120 + 60)
        with clock.at(began + timedelta(hours=4)):
            assert surges.look() == 0

    def test_a_new_idea_surges_and_an_old_one_that_was_never_watched_does_not(self) -> None:
        number = idea()
        answer(number, 60)
        with clock.at(clock.now() + timedelta(minutes=50)):
            assert surges.look() == 1
        old = idea()
        answer(old, 6_000)
        with clock.at(clock.now() + timedelta(days=9)):
            assert surges.look() == 0
        assert not noticed(idea_id=old)

    def test_hours_that_the_job_missed_are_shared_out(self) -> None:
        number = idea()
        with clock.at(clock.now() + timedelta(hours=1)):
            surges.look()
        answer(number, 60)
        with clock.at(clock.now() + timedelta(hours=5)):
            assert surges.look() == 0

    def test_the_job_takes_few_statements_however_many_ideas_there_are(self) -> None:
        costs = []
        for _time in range(2):
            place = challenge()
            for _each in range(5):
                number, supporter = idea(place), resident()
                with write():
                    answering.cast(supporter, number, "support")
            with counted() as statements:
                surges.look()
            costs.append(len(statements))
        assert costs[0] == costs[1] <= 4
        assert len(db.session.scalars(select(AnswerWatch)).all()) == 10

    def test_ideas_of_closed_challenges_are_not_watched(self) -> None:
        number = idea(challenge())
        with clock.at(clock.now() + timedelta(days=90)):
            surges.look()
        assert db.session.get(AnswerWatch, number) is None
