"""The three orders of lists, each read along an index."""

from typing import Any

import pytest
from sqlalchemy import event, update

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.ideas import lists, ordering, services
from citizen_voice.ideas.models import SHUFFLES, Idea
from citizen_voice.site.models import SiteSettings
from tests.client import Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.habits.marks import once
from tests.ideas.listing import ORDERS, answer, make, offset, pages, seen

pytestmark = pytest.mark.usefixtures("app", "small_pages")


def test_the_newest_come_first() -> None:
    numbers = make(8)
    assert seen(ordering.NEWEST) == numbers[::-1]


def test_ideas_of_one_moment_come_by_their_number() -> None:
    with clock.at(clock.now()):
        numbers = make(8)
    assert seen(ordering.NEWEST) == numbers[::-1]


def test_the_most_supported_come_first_and_ties_by_number() -> None:
    numbers, people = make(7), [resident() for _person in range(3)]
    for person, supported in zip(people, ((5, 2), (5, 1), (5,)), strict=True):
        for place in supported:
            answer(person, numbers[place])
    first = [numbers[5], numbers[2], numbers[1]]
    assert seen(ordering.SUPPORTED) == first + [n for n in numbers[::-1] if n not in first]


def test_the_supporters_who_have_left_count_in_the_order_as_they_do_on_the_card() -> None:
    less, other = make(2)
    stay, leavers = resident(), [resident() for _person in range(2)]
    answer(stay, other)
    for person in leavers:
        answer(person, less)
    asked = db.session.get_one(Challenge, db.session.get_one(Idea, less).challenge_id)
    close(asked)
    for person in leavers:
        with write():
            accounts.leave(person, remove_words=False)
    assert seen(ordering.SUPPORTED) == [less, other]


def test_ideas_with_the_fewest_answers_come_first_once_the_day_has_begun() -> None:
    numbers, people = make(7), [resident() for _person in range(4)]
    for person in people:
        answer(person, numbers[0], "skip")
    answer(people[0], numbers[1], "oppose")
    for person in people[:2]:
        answer(person, numbers[2])
    with write():
        services.reshuffle()
    order = seen(ordering.FAIR)
    assert order[4:] == [numbers[1], numbers[2], numbers[0]]
    assert sorted(order) == numbers


def test_within_a_bucket_the_order_begins_each_day_at_another_place() -> None:
    numbers = make(9)
    circles = set()
    for begin in (0, SHUFFLES // 2, SHUFFLES - 1):
        with write():
            db.session.execute(update(SiteSettings).values(fair_offset=begin))
        order = seen(ordering.FAIR)
        assert sorted(order) == numbers
        start = order.index(numbers[0])
        circles.add(tuple(order[start:] + order[:start]))
    assert len(circles) == 1


def test_each_order_is_explained_in_a_sentence(client: Client) -> None:
    idea()
    for order in ORDERS:
        label, explanation = lists.ORDER_WORDS[order]
        page = client.get("/ideas", query_string={"order": order}).text
        assert str(label) in page
        assert str(explanation) in page
        assert page.count('aria-current="true"') == 1


def test_it_is_reshuffled_once_a_day_at_londons_midnight() -> None:
    from datetime import UTC, datetime

    with clock.at(datetime(2027, 6, 30, 12, tzinfo=UTC)):
        services.reshuffle_if_new_day()
    begun = offset()
    with clock.at(datetime(2027, 6, 30, 22, 59, tzinfo=UTC)):
        assert not services.reshuffle_if_new_day()
        assert offset() == begun
    with clock.at(datetime(2027, 6, 30, 23, 0, tzinfo=UTC)):  # midnight of 1 July in London
        assert services.reshuffle_if_new_day()
        assert not services.reshuffle_if_new_day()


@once  # SQLite says how it reads a table, whatever there is in it; PostgreSQL looks at its size
@pytest.mark.parametrize("narrowed", [False, True])
@pytest.mark.parametrize("order", ORDERS)
def test_a_page_of_a_list_is_read_along_an_index(order: str, *, narrowed: bool) -> None:
    asked = challenge()
    for _number in range(7):
        idea(asked)
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, sql: str, parameters: Any, *_: object) -> None:
        sent.append((sql, parameters))

    engine = db.engines["read"]
    event.listen(engine, "before_cursor_execute", note)
    try:
        filters: dict[str, Any] = {"challenge_id": asked.id} if narrowed else {}
        assert len(list(pages(order, **filters))) == 3
    finally:
        event.remove(engine, "before_cursor_execute", note)
    name = f"ix_idea_listing_{'challenge_' if narrowed else ''}{order}"
    read = [(sql, parameters) for sql, parameters in sent if "shelf" in sql]
    assert len(read) == 3
    with engine.connect() as connection:
        for sql, parameters in read:
            explained = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters)
            plan = [str(line[3]) for line in explained]
            assert any(name in line for line in plan), plan
            assert "SCAN idea_listing" not in plan
            assert not [line for line in plan if "TEMP B-TREE FOR ORDER BY" in line], plan
