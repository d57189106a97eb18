"""What changed: shares from ten on, neutral where nothing happened, a month on paper."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.pilots import services
from citizen_voice.pilots.becoming import Figures
from citizen_voice.replies import services as replies
from citizen_voice.team.models import PILOT_OWNER
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.pilots import a_pilot, shortlisted
from tests.factories.replies import reply
from tests.factories.team import colleague


@pytest.fixture
def owner(app: Flask) -> UUID:
    return colleague(PILOT_OWNER)


@pytest.fixture
def asked(app: Flask) -> Challenge:
    return challenge(replies_by=clock.today() + timedelta(days=30))


def decided(pilot: int, owner: UUID, decision: str, learned: str) -> None:
    second = colleague()
    with write():
        services.move(pilot, "running", actor=owner)
        services.move(pilot, "evaluating", actor=owner)
        number = services.declare(
            pilot,
            decision=decision,
            evidence={},
            next_on=None,
            actor=owner,
            learned_en=learned,
            next_en="It ends.",
        )
    with write():
        services.confirm(number, actor=second)


def this_month() -> str:
    return clock.today().isoformat()[:7]


def test_where_nothing_happened_it_says_so(client: Client) -> None:
    assert "Nothing to tell yet" in client.get("/changes").text
    page = client.get(f"/changes/{this_month()}")
    assert page.status_code == 200
    assert "Nothing was replied, begun or decided in this month." in page.text


@pytest.mark.parametrize(
    "month", ["2026-13", "2026-00", "1999-01", "9999-01", "2026", "2026-1", "x", "2026-01-01"]
)
def test_no_such_month(client: Client, month: str) -> None:
    assert client.get(f"/changes/{month}").status_code == 404


def test_a_month_to_come_is_not_there(client: Client) -> None:
    later = (clock.today() + timedelta(days=40)).isoformat()[:7]
    assert client.get(f"/changes/{later}").status_code == 404


def test_shares_are_shown_from_ten_replies_on(client: Client, asked: Challenge) -> None:
    reply(*(idea(asked) for _ in range(9)))
    page = client.get("/changes").text
    assert "9 of 9 came by the promised day" in page
    assert "%" not in page.split("<main", 1)[1].split("</main", 1)[0]
    reply(idea(asked))
    assert "100% came by the promised day (10 of 10)" in client.get("/changes").text


def test_the_first_reply_counts_and_one_taken_back_does_not(
    client: Client, asked: Challenge
) -> None:
    number = idea(asked)
    first = reply(number)
    reply(number, outcome="already", reason_en="Since May.")
    assert "1 of 1 came by the promised day" in client.get("/changes").text
    with write():
        replies.take_back(first, actor=None)
    assert "1 of 1 came by the promised day" in client.get("/changes").text


def test_late_replies_are_told(client: Client, asked: Challenge) -> None:
    idea(asked)
    overdue = asked.replies_by
    assert overdue is not None
    with clock.at(clock.start_of(overdue + timedelta(days=1))):
        page = client.get("/changes").text
    assert "Replies that are late now</dt><dd>1<" in page


def test_trials_and_what_changed_because_of_you_stand_in_their_month(
    client: Client, owner: UUID, asked: Challenge
) -> None:
    number = idea(asked)
    stopped = a_pilot(*shortlisted([number]), owner=owner, title_en="Bins that talk")
    going = a_pilot(*shortlisted([idea()]), owner=owner, title_en="Benches that warm up")
    thanked = comment(number)
    with write():
        services.thank(stopped, thanked, words_en="One stands by the chemist.", actor=owner)
    decided(stopped, owner, "stop", "The sensors freeze.")
    for address in ("/changes", f"/changes/{this_month()}"):
        page = client.get(address).text
        for words in ("Bins that talk", "Benches that warm up", "The sensors freeze.",
                      "One stands by the chemist."):  # fmt: skip
            assert words in page, (address, words)
    of_it = client.get(f"/challenges/{asked.slug}/changes").text
    assert "Bins that talk" in of_it
    assert "Benches that warm up" not in of_it
    with write():
        services.cancel(going, actor=owner)
    assert "Benches that warm up" not in client.get("/changes").text


def test_an_idea_that_happens_is_told_until_it_is_hidden(client: Client) -> None:
    number = idea(title="A tap at the square")
    reply(number, outcome="already", reason_en="Since May.", adopt=True)
    assert "A tap at the square" in client.get("/changes").text
    with write():
        ideas.hide(number, actor=None, reason="It names somebody.")
    assert "A tap at the square" not in client.get("/changes").text


def test_a_month_carries_the_councils_name(client: Client) -> None:
    page = client.get(f"/changes/{this_month()}").text
    assert 'class="month-page__council"' in page


@pytest.mark.parametrize(("promised", "share"), [(9, None), (10, 90), (200, 4)])
def test_a_share_of_few_is_none(promised: int, share: int | None) -> None:
    figures = Figures()
    row: Any = type("Row", (), {"replies": promised, "promised": promised, "on_time": 9})
    figures.count(row)
    assert figures.share == share


def test_a_month_ends_at_midnight_in_london(client: Client, owner: UUID) -> None:
    with clock.at(datetime(2027, 3, 31, 23, 30, tzinfo=UTC)):  # half past midnight in London
        a_pilot(*shortlisted([idea()]), owner=owner, title_en="Bins that talk")
    with clock.at(datetime(2027, 4, 20, tzinfo=UTC)):
        pages = [client.get(f"/changes/{month}").text for month in ("2027-03", "2027-04")]
    assert ["Bins that talk" in page for page in pages] == [False, True]


def test_each_challenge_has_its_month_on_paper(
    client: Client, owner: UUID, asked: Challenge
) -> None:
    a_pilot(*shortlisted([idea(asked)]), owner=owner, title_en="Bins that talk")
    a_pilot(*shortlisted([idea()]), owner=owner, title_en="Benches that warm up")
    address = f"/challenges/{asked.slug}/changes/{this_month()}"
    assert f'href="{address}"' in client.get(f"/challenges/{asked.slug}/changes").text
    page = client.get(address).text
    assert asked.question_en in page
    assert "Bins that talk" in page
    assert "Benches that warm up" not in page
    assert f"http://localhost{address}" in page  # where to read it anew
    assert f'href="/cy{address.rpartition("/")[0]}"' in client.get(f"/cy{address}").text
    before = clock.today().replace(day=1) - timedelta(days=1)
    quiet = client.get(f"{address.rpartition('/')[0]}/{before.isoformat()[:7]}")
    assert "Nothing was replied, begun or decided in this month." in quiet.text


@pytest.mark.parametrize("where", ["no-such/changes/2026-10", "{slug}/changes/2026-13"])
def test_no_such_month_of_a_challenge(client: Client, asked: Challenge, where: str) -> None:
    assert client.get(f"/challenges/{where.format(slug=asked.slug)}").status_code == 404
