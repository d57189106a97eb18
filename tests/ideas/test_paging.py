"""Paging: nothing is lost or met twice, and a place that cannot be is said to be none."""

import json
import random
import re
from base64 import urlsafe_b64encode

import pytest

from citizen_voice.db import write
from citizen_voice.ideas import ordering, services
from tests.client import HTMX, Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.places import ward
from tests.ideas.listing import ORDERS, answer, make, more, seen

pytestmark = pytest.mark.usefixtures("app", "small_pages")


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
