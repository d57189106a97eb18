"""Lists: three orders, filters, and paging in which nothing is lost or met twice."""

import json
import random
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, select, update

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.answers import queries as answers
from citizen_voice.answers import services as answering
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.ideas import lists, ordering, queries, services
from citizen_voice.ideas.models import SHUFFLES, Idea, IdeaListing
from citizen_voice.ideas.queries import lists as reading
from citizen_voice.ideas.services import stages
from citizen_voice.site.models import SiteSettings
from tests.client import HTMX, Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.places import ward
from tests.habits.marks import once

pytestmark = pytest.mark.usefixtures("app")

ORDERS = ordering.ORDERS
NOBODY = answers.mine(None)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three ideas a page."""
    monkeypatch.setattr(reading, "PAGE", 3)


def offset() -> int:
    """Where *needs answers* begins today."""
    return int(db.session.execute(select(SiteSettings.fair_offset)).scalar_one())


def pages(
    order: str, between: Callable[[], None] = lambda: None, **filters: int | str
) -> Iterator[list[int]]:
    """The numbers on each page of a list, with something done between the pages."""
    after = None
    while True:
        db.session.rollback()
        found = queries.page(
            order,
            queries.Filters(**filters),  # type: ignore[arg-type]
            after=after,
            offset=offset(),
            mine=NOBODY,
        )
        yield [row.id for row in found.rows]
        after = found.after
        if after is None:
            return
        between()


def seen(order: str, between: Callable[[], None] = lambda: None, **filters: int | str) -> list[int]:
    """The numbers in a whole list."""
    return [number for page in pages(order, between, **filters) for number in page]


def make(count: int, **values: object) -> list[int]:
    """So many ideas of one challenge."""
    asked, author = challenge(), resident()
    return [idea(asked, author, **values) for _number in range(count)]


def answer(person: UUID, number: int, value: str = "support") -> None:
    """Answer an idea."""
    with write():
        answering.cast(person, number, value)


def more(page: str) -> str | None:
    """The address behind *Show more*."""
    found = re.search(r'<a [^>]*href="([^"]+)"[^>]*data-more', page)
    return None if found is None else unescape(found[1])


def shown(page: str) -> list[int]:
    """The numbers of the ideas on a page, in their order."""
    listing = page.partition('id="listing"')[2] or page
    return [int(number) for number in re.findall(r'<h3[^>]*><a href="[^"]*CV-(\d+)"', listing)]


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


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("order", ORDERS)
def test_while_others_write_each_idea_that_stays_is_met_exactly_once(order: str, seed: int) -> None:
    chance = random.Random(seed)
    asked, author = challenge(), resident()
    people = [resident() for _person in range(4)]
    numbers = [idea(asked, author) for _number in range(14)]
    for number in chance.sample(numbers, 8):
        answer(chance.choice(people), number)
    if seed:
        with write():
            services.reshuffle()
    moved: set[int] = set()
    touched: set[int] = set()
    hidden: set[int] = set()

    def between() -> None:
        added = idea(asked, author)
        touched.add(added)
        for number in chance.sample(numbers, 2):
            if number not in hidden:
                answer(chance.choice(people), number, chance.choice(["support", "skip", "none"]))
                moved.add(number)
        going = chance.choice(numbers)
        with write():
            if going in hidden and chance.random() < 0.5:
                services.publish(going, actor=None)
                hidden.discard(going)
            else:
                services.hide(going, actor=None, reason="x")
                hidden.add(going)
        touched.add(going)

    met = seen(order, between)
    stayed = set(numbers) - touched - (moved if order == ordering.SUPPORTED else set())
    for number in stayed:
        assert met.count(number) == 1, number
    if order != ordering.SUPPORTED:
        assert len(met) == len(set(met))


def test_hidden_held_and_withdrawn_ideas_are_in_no_list_and_no_total(client: Client) -> None:
    author, asked = resident(), challenge()
    listed, hidden, gone = idea(asked, author), idea(asked, author), idea(asked)
    held = idea(challenge(moderation="before"), author)
    reader = resident()
    for number in (listed, hidden):
        answer(reader, number)
    leaver = db.session.execute(select(Idea.author_id).where(Idea.id == gone)).scalar_one()
    assert leaver is not None
    with write():
        services.hide(hidden, actor=None, reason="x")
        stages.remove_words_of(leaver)
    for order in ORDERS:
        assert seen(order) == [listed]
        assert seen(order, challenge_id=asked.id) == [listed]
    assert queries.totals(asked.id) == queries.Totals(1, 1, 0, 0)
    assert queries.totals_by_challenge()[asked.id] == queries.Totals(1, 1, 0, 0)
    page = client.get(f"/challenges/{asked.slug}").text
    for number in (hidden, gone, held):
        assert f"CV-{number}" not in page + client.get("/ideas").text
    assert stored_stage(gone) == "withdrawn"


def stored_stage(number: int) -> str:
    """The stage in the table of lists."""
    return db.session.get_one(IdeaListing, number, populate_existing=True).stage


def test_filters_narrow_alone_and_together_over_pages(client: Client) -> None:
    asked = challenge(topics=("Streets", "Parks"))
    author, castle, other = resident(), ward("Castle"), ward("Abbey")
    streets, parks = (row.id for row in queries.choices(asked.id).topics)
    numbers = [
        idea(
            asked,
            author,
            topic_id=(streets, parks, None)[n % 3],
            ward_id=(castle, other)[n % 2],
        )
        for n in range(18)
    ]
    with write():
        services.shortlist(numbers[0], actor=None, reason="x")
        services.shortlist(numbers[6], actor=None, reason="x")
    expected = {
        "topic": {n for i, n in enumerate(numbers) if i % 3 == 0},
        "ward": {n for i, n in enumerate(numbers) if i % 2 == 0},
        "stage": {numbers[0], numbers[6]},
    }
    values = {"topic": str(streets), "ward": str(castle), "stage": "shortlisted"}
    for chosen in (("topic",), ("ward",), ("stage",), ("topic", "ward"), tuple(values)):
        wanted = set.intersection(*(expected[name] for name in chosen))
        for order in ORDERS:
            query = {"order": order} | {name: values[name] for name in chosen}
            page = client.get(f"/challenges/{asked.slug}", query_string=query).text
            met = shown(page)
            while (address := more(page)) is not None:
                page = client.get(address).text
                met += shown(page)
            assert sorted(met) == sorted(wanted), (chosen, order)


def test_empty_filters_mean_all_and_wrong_ones_are_no_list(client: Client) -> None:
    number = idea()
    for query in ("topic=&ward=", "topic=&ward=&stage=&order=&after=", "order=fair", "x=y"):
        assert shown(client.get(f"/ideas?{query}").text) == [number]
    for query in (
        "order=active",
        "order=x'",
        "ward=x",
        "ward=-1",
        "ward=%D9%A1",
        "ward=1e3",
        "ward=99999999999999999999",
        "ward=%00",
        "stage=withdrawn",
        "stage=merged",
        "stage=x",
        "stage=%00",
    ):
        answer = client.get(f"/ideas?{query}")
        assert answer.status_code == 400, query
        assert "Home" in answer.text
    assert shown(client.get("/ideas?ward=123456789").text) == []
    assert "Nothing found" in client.get("/ideas?ward=123456789").text


def test_each_order_is_explained_in_a_sentence(client: Client) -> None:
    idea()
    for order in ORDERS:
        label, explanation = lists.ORDER_WORDS[order]
        page = client.get("/ideas", query_string={"order": order}).text
        assert str(label) in page
        assert str(explanation) in page
        assert page.count('aria-current="true"') == 1


def cursor(*place: object) -> str:
    """A place as addresses carry it."""
    return urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def test_a_place_that_cannot_be_is_a_page_that_says_so_and_never_an_error(
    client: Client,
) -> None:
    make(5)
    real = {}
    for order in ORDERS:
        address = more(client.get("/ideas", query_string={"order": order}).text)
        assert address is not None
        found = re.search(r"after=([^&]+)", address)
        assert found is not None
        real[order] = found[1]
    huge = 10**30
    tampered = [
        "x",
        "=",
        "%",
        "AAAA",
        "e30",
        "\0",
        "é",
        "💥",
        "_" * 3_000,
        "A" * 20_000,
        cursor(),
        cursor(1),
        cursor(1, 2),
        cursor(1, 2, 3, 4, 5),
        cursor("1", "2", "3"),
        cursor(1.5, 2, 3),
        cursor(True, True, True),
        cursor(None, None, None),
        cursor([1], [2], [3]),
        cursor(1, huge, 3),
        cursor(2, -huge, 3),
        cursor(2, 2**62, 1),
        cursor(2, -(2**62), 1),
        cursor(0, 99, 1, 1),
        cursor(0, -1, 1, 1),
        cursor(0, 0, -1, 1),
        cursor(0, 0, 2**40, 1),
        cursor(*range(5_000)),
        urlsafe_b64encode(b"[" * 9_000).decode(),
        urlsafe_b64encode(b"[1e999,1,1]").decode(),
        urlsafe_b64encode(b"[NaN,1,1]").decode(),
        urlsafe_b64encode(b"[" + b"9" * 5_000 + b",1,1]").decode(),
        urlsafe_b64encode(b'{"a":1}').decode(),
        urlsafe_b64encode(b"\xff\xfe[1,2,3]").decode(),
    ]
    for order in ORDERS:
        others = [place for name, place in real.items() if name != order]
        for place in [*tampered, *others, real[order][:-3], real[order] + "AAAA"]:
            answer = client.get("/ideas", query_string={"order": order, "after": place})
            assert answer.status_code in (400, 303), (order, place[:60])
            if answer.status_code == 303:  # a place of another day, as far as it tells
                assert order == ordering.FAIR
                assert answer.location == "/ideas?done=reshuffled"


def test_a_place_of_yesterday_leads_to_the_top_with_a_note_and_the_same_filters(
    client: Client,
) -> None:
    asked, castle = challenge(), ward()
    for _number in range(5):
        idea(asked, ward_id=castle)
    for base in ("/ideas", f"/challenges/{asked.slug}"):
        address = more(client.get(f"{base}?ward={castle}").text)
        assert address is not None
        with write():
            services.reshuffle()
        answer = client.get(address)
        assert answer.location == f"{base}?done=reshuffled&ward={castle}"
        assert "The order was shuffled a moment ago" in client.get(answer.location).text
        partial = client.get(address, headers=HTMX | {"HX-Target": "p#more"})
        assert partial.headers["HX-Redirect"] == answer.location


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


def test_the_three_lively_ones_come_to_newcomers_on_the_first_page_alone(client: Client) -> None:
    asked, author = challenge(), resident()
    numbers = [idea(asked, author) for _number in range(6)]
    answer(resident(), numbers[2])
    page = client.get(f"/challenges/{asked.slug}").text
    assert "Start with these" in page
    beside = page.partition("Start with these")[2].partition('id="listing"')[0]
    assert f"CV-{numbers[2]}" in beside
    assert len(set(re.findall(r"/ideas/(CV-\d+)", beside))) == 3
    further = more(page)
    assert further is not None
    assert "Start with these" not in client.get(further).text
    client.sign_in(author)
    assert "Start with these" not in client.get(f"/challenges/{asked.slug}").text
