"""Thousands of comments are as cheap to read as a few."""

import sqlite3
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.comments import queries, recount, versions
from citizen_voice.comments.models import Comment, CommentThread, CommentVersion
from citizen_voice.comments.services.writing import key_of
from citizen_voice.db import db, dialect, new_key, write
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.habits.statements import counted
from tests.habits.test_statements import MARK


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


@pytest.mark.parametrize("signed_in", [False, True])
def test_two_thousand_comments_cost_the_statements_of_two(
    client: Client, *, signed_in: bool
) -> None:
    few, many = idea(), idea()
    crowd(few, tops=2, replies=2)
    last = crowd(many, tops=1_200, replies=800)
    if signed_in:
        client.sign_in(resident())
    most = 4 + signed_in + (dialect() == "postgresql" and not signed_in) * MARK
    costs = {
        (number, path): cost(client, f"/ideas/CV-{number}{path}")
        for number in (few, many)
        for path in ("", "/comments", "/comments?order=oldest")
    }
    assert costs[few, ""] == costs[many, ""] <= most
    assert costs[few, "/comments"] == costs[many, "/comments"]
    assert costs[few, "/comments?order=oldest"] == costs[many, "/comments?order=oldest"]
    assert cost(client, f"/comments/{last}") <= most + 1
    assert recount.differences() == []


def cost(client: Client, path: str) -> int:
    """How many statements a page sends when somebody has just committed."""
    client.get(path)
    resident()
    with counted() as statements:
        assert client.get(path).status_code in (200, 303), path
    return len(statements)


def pages(number: int, last: UUID) -> list[tuple[Any, dict[str, Any]]]:
    """Every statement of a discussion, with values."""
    reader: dict[str, Any] = {"reader": new_key(), "since": clock.now()}
    middle: dict[str, Any] = {"after": key_of(clock.now())}
    found: list[tuple[Any, dict[str, Any]]] = []
    for newest in (True, False):
        for after in (False, True):
            for signed_in in (True, False):
                values: dict[str, Any] = {"number": number, "limit": 6} | (middle if after else {})
                statement = queries._discussion(newest, after, signed_in)
                found.append((statement, values | (reader if signed_in else {})))
    for after in (False, True):
        for signed_in in (True, False):
            values = {"parent": last, "limit": 21} | (middle if after else {})
            statement = queries._replies(after, signed_in)
            found.append((statement, values | (reader if signed_in else {})))
    found.append((queries._ONE, {"key": last}))
    found.append((versions._VERSIONS, {"key": last, "first": 1, "last": 1}))
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
