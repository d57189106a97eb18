"""Somebody leaves: their answers go, and what is published of closed challenges stands."""

from uuid import UUID

from flask import Flask

from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.answers import services
from citizen_voice.answers.models import Answer
from citizen_voice.answers.services import remove_answers_of
from citizen_voice.db import db, write
from citizen_voice.ideas.models import IdeaListing
from tests.factories.challenges import challenge, close
from tests.factories.ideas import figures, idea
from tests.factories.people import resident
from tests.habits.statements import counted

EACH = ("support", "oppose", "skip")


def test_open_figures_fall_and_closed_ones_stand_as_detached(app: Flask) -> None:
    person, other = resident(), resident()
    over, running = challenge(), challenge()
    closed, still = [[idea(asked) for _value in EACH] for asked in (over, running)]
    for ideas in (closed, still):
        answers(person, ideas)
        answers(other, ideas)
    close(over)
    with write():
        remove_answers_of(PersonLeaving(person, remove_words=False))
    assert [figures(number) for number in closed] == [(2, 0, 0), (0, 2, 0), (0, 0, 2)]
    assert [figures(number) for number in still] == [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    assert [detached(number) for number in closed] == [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    assert [detached(number) for number in still] == [(0, 0, 0)] * 3
    assert db.session.query(Answer).filter_by(person_id=person).count() == 0


def test_how_many_answers_somebody_gave_costs_no_more_statements(app: Flask) -> None:
    asked, few, many = challenge(), resident(), resident()
    ideas = [idea(asked) for _number in range(12)]
    answers(few, ideas[:3])
    answers(many, ideas)
    assert costs(few) == costs(many)


def answers(person: UUID, ideas: list[int]) -> None:
    """Somebody answers each idea, in one way after the other."""
    with write():
        for place, number in enumerate(ideas):
            services.cast(person, number, EACH[place % 3])


def costs(person: UUID) -> int:
    """How many statements it takes to take somebody's answers away."""
    with write(), counted() as statements:
        remove_answers_of(PersonLeaving(person, remove_words=False))
    return len(statements)


def detached(number: int) -> tuple[int, int, int]:
    """How many answers of an idea have no row any more: support, oppose, skip."""
    row = db.session.get_one(IdeaListing, number)
    return row.detached_support, row.detached_oppose, row.detached_skip
