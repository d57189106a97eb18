"""*Across groups* agrees with a calculation from the files of a real conversation."""

import csv
from collections import defaultdict
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import select

from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answering
from citizen_voice.board import queries
from citizen_voice.board.models import ParticipantGroup
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import Idea
from citizen_voice.imports import services
from citizen_voice.imports.models import ImportedIdea
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.imports.conversations import conversation

pytestmark = pytest.mark.usefixtures("app")

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "polis" / "bowling-green"

NINETIETH = Decimal("1.2815515655446004")
"""Of 100 draws from a normal distribution, 90 lie below it."""


def from_the_files(folder: Path) -> dict[int, float]:
    """Statement → the lower end of its least convinced group, from the files alone."""
    with (folder / "comments.csv").open(encoding="utf-8", newline="") as file:
        accepted = {
            int(row["comment-id"]) for row in csv.DictReader(file) if row["moderated"] != "-1"
        }
    tally: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    with (folder / "participants-votes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["group-id"]:
                continue
            for column, cell in row.items():
                if column.isdigit() and cell and int(column) in accepted:
                    of_group = tally[int(column)][row["group-id"]]
                    of_group[0] += cell == "1"
                    of_group[1] += 1
    found = {}
    for statement, groups in tally.items():
        large = [(yes, answers) for yes, answers in groups.values() if answers >= 10]
        small = [n for yes, answers in large for n in (yes, answers - yes) if 0 < n < 10]
        if len(large) >= 2 and not small:
            found[statement] = min(lower_end(*group) for group in large)
    return found


def lower_end(yes: int, answers: int) -> float:
    """The smaller root of (p - share)² = z² · p · (1 - p) / answers."""
    share = Fraction(yes, answers)
    with localcontext(prec=40):
        z2 = NINETIETH * NINETIETH / answers
        p = Decimal(share.numerator) / share.denominator
        a, b, c = 1 + z2, -(2 * p + z2), p * p
        return float((-b - (b * b - 4 * a * c).sqrt()) / (2 * a))


def shown(narrowed: queries.Narrowed) -> dict[int, float]:
    """Idea → value, in the order of the board; whose pages have the same."""
    found = {row.id: row.value for row in queries.streamed(queries.ACROSS, narrowed)}
    for number in (1, 2):
        first = (number - 1) * queries.PAGE
        rows, more = queries.page(queries.ACROSS, narrowed, number)
        assert [row.id for row in rows] == list(found)[first : first + queries.PAGE]
        assert more == (len(found) > first + queries.PAGE)
    return found


@pytest.mark.skipif(not REAL.is_dir(), reason="the real export is not beside the repository")
def test_a_real_town_comes_in_the_order_that_its_files_say() -> None:
    services.run(conversation(REAL), services.Wish("bowling-green"))
    imported = db.session.execute(select(ImportedIdea.external_id, ImportedIdea.idea_id))
    numbers = {row.external_id: row.idea_id for row in imported}
    true = {numbers[statement]: value for statement, value in from_the_files(REAL).items()}
    town = db.session.scalars(select(Challenge.id)).one()
    found = shown(queries.Narrowed(challenge=town))
    assert len(true) > 500
    assert found.keys() == true.keys()
    assert all(found[number] == pytest.approx(true[number], abs=1e-12) for number in true)
    assert list(found) == sorted(true, key=lambda number: (-round(true[number], 12), -number))


def grouped(asked: Challenge, group: int, *, people: int, age: str = "adult") -> list[object]:
    """Some residents in an opinion group of a challenge."""
    keys = [resident(age=age) for _each in range(people)]
    with write():
        db.session.add_all(
            ParticipantGroup(challenge_id=asked.id, person_id=key, group_number=group)
            for key in keys
        )
    return list(keys)


def answer(people: list[object], number: int, values: str) -> None:
    said = {"+": "support", "-": "oppose", "o": "skip"}
    with write():
        for person, value in zip(people, values, strict=True):
            answering.cast(person, number, said[value])  # type: ignore[arg-type]  # a key


def test_a_group_of_nine_is_left_out_and_one_group_alone_is_none() -> None:
    asked = challenge()
    large, other, nine = (grouped(asked, at, people=n) for at, n in enumerate((12, 20, 9)))
    both, small = idea(asked), idea(asked)
    answer(large, both, "++++++++++++")
    answer(other, both, "++++++++++----------")
    answer(nine, both, "---------")
    answer(large, small, "++++++++++++")
    answer(nine, small, "---------")
    found = shown(queries.Narrowed())
    assert found == {both: pytest.approx(lower_end(10, 20), abs=1e-12)}


@pytest.mark.parametrize("values", ["++++++++++---------", "+++++++++----------", "+++++++++-"])
def test_an_idea_that_few_of_a_group_support_or_do_not_is_left_out(values: str) -> None:
    asked = challenge()
    one, other = grouped(asked, 0, people=10), grouped(asked, 1, people=len(values))
    number = idea(asked)
    answer(one, number, "++++++++++")
    answer(other, number, values)
    assert shown(queries.Narrowed()) == {}


def test_who_passed_was_not_won() -> None:
    asked = challenge()
    one, other = grouped(asked, 0, people=10), grouped(asked, 1, people=20)
    number = idea(asked)
    answer(one, number, "++++++++++")
    answer(other, number, "++++++++++oooooooooo")
    assert shown(queries.Narrowed())[number] == pytest.approx(lower_end(10, 20), abs=1e-12)


def test_who_is_under_18_is_in_no_group() -> None:
    asked = challenge()
    one, other = grouped(asked, 0, people=10), grouped(asked, 1, people=9)
    young = grouped(asked, 1, people=3, age="teen")
    number = idea(asked)
    answer(one, number, "++++++++++")
    answer(other, number, "+++++++++")
    answer(young, number, "+++")
    assert shown(queries.Narrowed()) == {}


def test_hidden_ideas_and_who_left_are_not_in_it() -> None:
    asked = challenge()
    one, other = grouped(asked, 0, people=10), grouped(asked, 1, people=10)
    kept, hidden = idea(asked), idea(asked)
    for number in (kept, hidden):
        answer(one, number, "++++++++++")
        answer(other, number, "++++++++++")
    with write():
        ideas.hide(hidden, actor=None, reason="Names somebody")
    assert list(shown(queries.Narrowed())) == [kept]
    with write():
        accounts.leave(other[0], remove_words=False)  # type: ignore[arg-type]  # a key
    assert shown(queries.Narrowed()) == {}
    assert db.session.get_one(Idea, kept).stage == "open"
