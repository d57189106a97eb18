"""A discussion page by page: each comment once, in order, thousands as cheap as a few."""

import re
import sqlite3
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.comments import queries, recount, services
from citizen_voice.comments.models import Comment, CommentThread, CommentVersion
from citizen_voice.comments.services.writing import key_of
from citizen_voice.db import db, new_key, write
from tests.client import HTMX, Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment, reply
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.habits.statements import counted

MORE = re.compile(r'<p class="more[^"]*" id="more-[^"]*"><a [^>]*href="([^"]+)"')
KEYS = re.compile(r'<article class="comment[^"]*" id="comment-([0-9a-f-]{36})"')


def crowd(number: int, *, tops: int, replies: int = 0) -> UUID:
    """Many comments by one person, and replies to the last; written as rows, for speed."""
    author = resident(name="Crowd")
    now = clock.now()
    with write():
        thread = CommentThread(idea_id=number, published=tops + replies)
        db.session.add(thread)
        db.session.flush()  # its comments refer to it
        keys = [key_of(now) for _each in range(tops + replies)]
        keys.sort()
        last = keys[tops - 1]
        db.session.bulk_insert_mappings(
            Comment.__mapper__,
            [
                {
                    "id": key,
                    "thread_id": thread.id,
                    "parent_id": last if each >= tops else None,
                    "author_id": author,
                    "by_council": False,
                    "visibility": "published",
                    "version": 1,
                    "replies": replies if key == last else 0,
                    "shown": True,
                    "erased": False,
                    "created_at": now,
                }
                for each, key in enumerate(keys)
            ],
        )
        db.session.bulk_insert_mappings(
            CommentVersion.__mapper__,
            [
                {
                    "comment_id": key,
                    "number": 1,
                    "body": f"Word {each}.",
                    "language": "en",
                    "created_at": now,
                }
                for each, key in enumerate(keys)
            ],
        )
    assert db.session.get(Person, author)
    return last


def walk(client: Client, address: str, **kwargs: Any) -> list[str]:
    """Every comment met by following "Show more", in the order in which they are met."""
    met: list[str] = []
    for _page in range(100):
        answer = client.get(address, **kwargs)
        assert answer.status_code == 200
        met += KEYS.findall(answer.text)
        more = MORE.search(answer.text)
        if more is None:
            return met
        address = more[1].replace("&amp;", "&")
    raise AssertionError("the list has no end")


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_every_comment_is_met_once_in_order(client: Client, order: str) -> None:
    number = idea()
    keys = [str(comment(number)) for _each in range(47)]
    wanted = keys[::-1] if order == "newest" else keys
    assert walk(client, f"/ideas/CV-{number}/comments?order={order}") == wanted
    assert walk(client, f"/cy/ideas/CV-{number}/comments?order={order}") == wanted
    parts = walk(
        client,
        f"/ideas/CV-{number}/comments?order={order}",
        headers=HTMX | {"HX-Target": "p#more-comments"},
    )
    assert parts == wanted


def test_the_idea_page_has_the_newest_five_and_the_way_to_the_others(client: Client) -> None:
    number = idea()
    keys = [str(comment(number)) for _each in range(12)][::-1]
    page = client.get(f"/ideas/CV-{number}").text
    assert KEYS.findall(page) == keys[:5]
    assert 'id="comment-count">12<' in page
    assert walk(client, f"/ideas/CV-{number}") == keys


def test_three_replies_are_shown_and_the_others_on_the_comments_page(client: Client) -> None:
    number = idea()
    top = comment(number)
    replies = [str(reply(top)) for _each in range(26)]
    page = client.get(f"/ideas/CV-{number}").text
    assert KEYS.findall(page) == [str(top), *replies[:3]]
    assert "Show 23 more replies" in page
    more = re.search(rf'href="(/comments/{top}\?after=[^"]+)"', page)
    assert more is not None
    part = client.get(more[1], headers=HTMX | {"HX-Target": f"p#more-{top}"}).text
    assert KEYS.findall(part) == replies[3:23]
    assert "<html" not in part
    assert [key for key in walk(client, f"/comments/{top}") if key != str(top)] == replies


def test_a_comment_that_arrives_meanwhile_moves_nothing_out_of_the_list(client: Client) -> None:
    number = idea()
    keys = [str(comment(number)) for _each in range(30)][::-1]
    first = client.get(f"/ideas/CV-{number}/comments").text
    comment(number)
    more = re.search(r'id="more-comments"><a [^>]*href="([^"]+)"', first)
    assert more is not None
    second = client.get(more[1].replace("&amp;", "&")).text
    assert KEYS.findall(first) + KEYS.findall(second) == keys


def test_the_readers_own_waiting_comments_stand_in_their_place(client: Client) -> None:
    asked = challenge(moderation="before")
    author = resident()
    number = idea(asked, author)
    from citizen_voice.ideas import services as ideas

    with write():
        ideas.publish(number, actor=None)
    keys = []
    for each in range(12):
        key = comment(number, author if each % 2 else None)
        if each % 3:
            with write():
                services.publish(key, actor=None)
        keys.append((str(key), bool(each % 3), bool(each % 2)))
    seen = [key for key, shown, _own in keys if shown][::-1]
    assert walk(client, f"/ideas/CV-{number}") == seen
    client.sign_in(author)
    assert (
        walk(client, f"/ideas/CV-{number}") == [k for k, shown, own in keys if shown or own][::-1]
    )
    assert recount.differences() == []


@pytest.mark.parametrize(
    "place",
    ["x", "0", "null", "' OR 1=1 --", "%00", "1" * 5_000, str(UUID(int=0))[:-1], "%F0%9F%99%82"],
)
def test_a_tampered_place_is_a_bad_address(client: Client, place: str) -> None:
    number = idea()
    top = comment(number)
    assert client.get(f"/ideas/CV-{number}/comments?after={place}").status_code == 400
    assert client.get(f"/comments/{top}?after={place}").status_code == 400


def test_a_place_that_was_never_given_out_is_only_another_place(client: Client) -> None:
    number = idea()
    comment(number)
    for place in (UUID(int=0), UUID(int=2**128 - 1), uuid4()):
        for order in ("newest", "oldest"):
            address = f"/ideas/CV-{number}/comments?order={order}&after={place}"
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("order", ["sideways", "newest'", "NEWEST"])
def test_another_order_is_a_bad_address(client: Client, order: str) -> None:
    answer = client.get(f"/ideas/CV-{idea()}/comments", query_string={"order": order})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "key",
    [
        "x",
        "1",
        "None",
        str(UUID(int=1)),
        "0B09D387-A53D-4467-9A3E-7B8978C9136D",
        "%00",
        "a" * 3_000,
    ],
)
def test_what_is_no_comment_is_not_found(client: Client, key: str) -> None:
    client.sign_in(resident())
    for path in ("", "/edit", "/versions"):
        assert client.get(f"/comments/{key}{path}").status_code == 404
    for path in ("/replies", "/edit", "/remove", "/restore"):
        fields = {"comment": "Kept.", "lang": "en"}
        assert client.send(f"/comments/{key}{path}", fields).status_code == 404


def test_an_idea_without_comments_says_so(client: Client) -> None:
    number = idea()
    assert "No comments yet." in client.get(f"/ideas/CV-{number}").text
    assert client.get(f"/ideas/CV-{number}/comments").status_code == 200


@pytest.mark.parametrize("signed_in", [False, True])
def test_two_thousand_comments_cost_the_statements_of_two(
    client: Client, *, signed_in: bool
) -> None:
    few, many = idea(), idea()
    crowd(few, tops=2, replies=2)
    last = crowd(many, tops=1_200, replies=800)
    if signed_in:
        client.sign_in(resident())
    costs = {}
    for number in (few, many):
        client.get(f"/ideas/CV-{number}")
        for path in ("", "/comments", "/comments?order=oldest"):
            with counted() as statements:
                assert client.get(f"/ideas/CV-{number}{path}").status_code == 200
            costs[number, path] = len(statements)
    assert costs[few, ""] == costs[many, ""] <= 4 + signed_in
    assert costs[few, "/comments"] == costs[many, "/comments"]
    assert costs[few, "/comments?order=oldest"] == costs[many, "/comments?order=oldest"]
    with counted() as statements:
        client.get(f"/comments/{last}")
    assert len(statements) <= 4 + 1 + signed_in
    assert recount.differences() == []


def pages(number: int, last: UUID) -> list[tuple[Any, dict[str, Any]]]:
    """Every statement of a discussion, with values."""
    reader: dict[str, Any] = {"reader": new_key(), "since": clock.now()}
    middle: dict[str, Any] = {"after": key_of(clock.now())}
    found: list[tuple[Any, dict[str, Any]]] = []
    for newest in (True, False):
        for after in (False, True):
            for signed_in in (True, False):
                values: dict[str, Any] = {"idea": number, "limit": 6} | (middle if after else {})
                statement = queries._discussion(newest, after, signed_in)
                found.append((statement, values | (reader if signed_in else {})))
    for after in (False, True):
        for signed_in in (True, False):
            values = {"parent": last, "limit": 21} | (middle if after else {})
            statement = queries._replies(after, signed_in)
            found.append((statement, values | (reader if signed_in else {})))
    found.append((queries._ONE, {"key": last}))
    found.append((queries._VERSIONS, {"key": last}))
    return found


def test_the_work_of_the_database_does_not_grow_with_the_discussion(
    app: Flask, database: str
) -> None:
    small, large = idea(), idea()
    in_small = crowd(small, tops=50, replies=50)
    in_large = crowd(large, tops=1_500, replies=1_500)
    if database == "postgresql":
        with db.engines[None].connect() as connection:
            connection.exec_driver_sql("ANALYZE")
            connection.commit()
    measure = rows_read if database == "postgresql" else steps_taken
    for (statement, few), (_same, many) in zip(
        pages(small, in_small), pages(large, in_large), strict=True
    ):
        before, after = measure(statement, few), measure(statement, many)
        assert after <= before * 1.5 + 60, f"{before} → {after}\n{plan(statement, many, database)}"


def rows_read(statement: Any, values: dict[str, Any]) -> int:
    """How many rows PostgreSQL touched: by its own account, on all levels of the plan."""
    explained = explain(statement, values, "ANALYZE, FORMAT JSON").scalar_one()

    def total(node: dict[str, Any]) -> float:
        mine = node["Actual Loops"] * (
            node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
        ) + node.get("Rows Removed by Join Filter", 0)
        return float(mine) + sum(total(child) for child in node.get("Plans", ()))

    return int(total(explained[0]["Plan"]))


def steps_taken(statement: Any, values: dict[str, Any]) -> int:
    """How many tens of steps SQLite's machine took."""
    raw: sqlite3.Connection = db.session.connection().connection.driver_connection  # type: ignore[assignment]  # SQLite's
    ticks = 0

    def tick() -> int:
        nonlocal ticks
        ticks += 1
        return 0

    raw.set_progress_handler(tick, 10)
    try:
        db.session.execute(statement, values).all()
    finally:
        raw.set_progress_handler(None, 0)
    return ticks


def plan(statement: Any, values: dict[str, Any], database: str) -> str:
    """How PostgreSQL goes about it; for SQLite the statement."""
    compiled = statement.compile(db.session.connection())
    if database == "sqlite":
        return str(compiled)
    explained = explain(statement, values, "ANALYZE")
    return "\n".join(str(row[0]) for row in explained)


def explain(statement: Any, values: dict[str, Any], options: str) -> Any:
    """What PostgreSQL says of a statement."""
    connection = db.session.connection()
    compiled = statement.compile(connection)
    return connection.exec_driver_sql(
        f"EXPLAIN ({options}) {compiled}", compiled.construct_params(values)
    )
