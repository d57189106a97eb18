"""Lists from inside: every order and filter in the database, a page in process, statements."""

import time
from collections.abc import Iterator
from itertools import combinations
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import event, func, select, text

from benchmarks import openly
from benchmarks.beside import TOUCH
from benchmarks.drive import Answer, Failed
from benchmarks.figures import percentile
from citizen_voice.answers import queries as answers
from citizen_voice.db import db, write
from citizen_voice.ideas import ordering, queries
from citizen_voice.ideas.models import IdeaListing as L
from citizen_voice.ideas.queries import Filters
from citizen_voice.site import queries as site
from citizen_voice.site import storage
from tests.client import HTMX, Client, token_in
from tests.habits.statements import Statements, counted

REPEATS = 7
COMMON, RARE = "common", "rare"
COMMON_TO_ALL = ("FROM site_settings", "FROM sessions")
MARK = "SELECT CAST(pg_current_snapshot() AS text)"
"""What PostgreSQL is asked before a visitor's page."""


class Database:
    """Times statements as the driver sends them, without what Python does around them."""

    def __init__(self) -> None:
        self._connection: Any = db.engines["read"].raw_connection()
        self._sent: list[tuple[str, Any]] = []
        event.listen(db.engines["read"], "before_cursor_execute", self._note)

    def milliseconds(self, act: Any) -> float:
        """What the statements of ``act`` take in the database: the median of some runs."""
        self._sent.clear()
        act()
        sent = list(self._sent)
        assert sent, "nothing was asked"
        return median(self._once(sent) for _ in range(REPEATS))

    def _note(
        self, _connection: object, _cursor: object, sql: str, values: Any, *_: object
    ) -> None:
        self._sent.append((sql, values))

    def _once(self, sent: list[tuple[str, Any]]) -> float:
        cursor = self._connection.cursor()
        begun = time.perf_counter()
        for sql, values in sent:
            cursor.execute(sql, values)
            if cursor.description:
                cursor.fetchall()
        taken = time.perf_counter() - begun
        cursor.close()
        return taken * 1_000


def orders(_app: Flask) -> dict[str, Any]:
    """Every order × filter, with common and with rare values, at the top and further down."""
    database = Database()
    nobody, offset = answers.mine(None), site.settings().fair_offset
    found: list[tuple[float, str]] = []
    for order in ordering.ORDERS:
        for words, filters in _filters():
            after = None
            for place in ("top", "second page", "tenth page"):

                def act(
                    order: str = order, filters: Filters = filters, after: str | None = after
                ) -> queries.Page:
                    return queries.page(
                        order, filters, after=after, offset=offset, mine=nobody, lively=False
                    )

                found.append((database.milliseconds(act), f"{order}, {words}, {place}"))
                after = _further(act, order, filters, offset, 1 if place == "top" else 8)
                if after is None:
                    break
    found.sort(reverse=True)
    times = [taken for taken, _words in found]
    return {
        "slowest": times[0],
        "p95": percentile(times, 0.95),
        "median": median(times),
        "lists": len(found),
        "five": [f"{taken:.2f} ms: {words}" for taken, words in found[:5]],
    }


def _further(act: Any, order: str, filters: Filters, offset: int, pages: int) -> str | None:
    """The place some pages on."""
    found = act()
    for _ in range(pages - 1):
        if found.after is None:
            return None
        found = queries.page(
            order, filters, after=found.after, offset=offset, mine=answers.mine(None)
        )
    after: str | None = found.after
    return after


def _filters() -> Iterator[tuple[str, Filters]]:
    """Every combination that a page offers (topics within their challenge), common and rare."""
    yield "everything", Filters()
    columns = {"challenge_id": L.challenge_id, "topic": L.topic_id, "ward": L.ward_id}
    columns["stage"] = L.stage  # type: ignore[assignment]  # a column of words
    for values in (COMMON, RARE):
        chosen = {name: _value(column, values) for name, column in columns.items()}
        for size in range(1, len(columns) + 1):
            for names in combinations(columns, size):
                if "topic" in names and "challenge_id" not in names:
                    continue
                narrowed = {name: chosen[name] for name in names}
                if "topic" in names:
                    narrowed["topic"] = _value(
                        L.topic_id, values, L.challenge_id == chosen["challenge_id"]
                    )
                yield f"{values} {' + '.join(names)}", Filters(**narrowed)


def _value(column: Any, which: str, *where: Any) -> Any:
    """The value that most rows have, or the fewest."""
    many = func.count()
    statement = (
        select(column)
        .where(column.is_not(None), *where)
        .group_by(column)
        .order_by(many.desc() if which == COMMON else many, column)
    )
    return db.session.execute(statement.limit(1)).scalar_one()


def page_in_process(app: Flask, seconds: float = 2) -> dict[str, Any]:
    """The list in process: microseconds a page, without server and network."""
    app.test_client_class = Client
    client = app.test_client()
    taken: list[float] = []
    first = client.get("/ideas")
    if first.status_code != 200:
        raise Failed(f"/ideas: {first.status_code}")
    give_up = time.perf_counter() + seconds
    while time.perf_counter() < give_up:
        begun = time.perf_counter()
        client.get("/ideas")
        taken.append(time.perf_counter() - begun)
    return {"microseconds": median(taken) * 1e6, "pages": len(taken)}


def statements(app: Flask, token: str, idea: int, answered: int) -> dict[str, int]:
    """How many statements the list, an idea and an answer take, beyond session and settings."""
    app.test_client_class = Client
    client = app.test_client(use_cookies=False)
    me = {"Cookie": f"__Host-{storage.SESSION}={token}"}
    csrf = token_in(client.get(f"/ideas/CV-{answered}", headers=me).text)
    found = {}
    for name, address in (("list", "/ideas"), ("idea", f"/ideas/CV-{idea}")):
        client.get(address, headers=me)
        with counted() as sent:
            page = client.get(address, headers=me)
        if page.status_code != 200:
            raise Failed(f"{address}: {page.status_code}")
        found[name] = _own(sent)
    with counted() as sent:
        answer = client.post(
            f"/ideas/CV-{answered}/answer",
            data={"value": "oppose", "from": "list", "csrf_token": csrf},
            headers=me | HTMX,
        )
    if answer.status_code != 200:
        raise Failed(f"an answer: {answer.status_code}")
    return found | {"answer": _own(sent)}


def statements_openly(app: Flask, widgets: dict[str, str]) -> dict[str, int]:
    """How many statements other sites and programs cost, all told, when somebody has committed.

    Only PostgreSQL's look whether anything was committed is left out.
    """
    app.test_client_class = Client
    client = app.test_client(use_cookies=False)
    found = {}
    for one in openly.asked(widgets):
        path = one.path
        if one.name == openly.NEXT:
            path = openly.next_page(client.get(path).data)
        client.get(path, headers=dict(one.headers))
        with write():
            db.session.execute(text(TOUCH))
        with counted() as sent:
            page = client.get(path, headers=dict(one.headers))
        one.hold(Answer(page.status_code, {}, page.data))
        found[one.name] = sum(sql != MARK for sql in sent.sent)
    return found


def _own(sent: Statements) -> int:
    """How many there are beside those that every page asks."""
    flat = [" ".join(sql.split()) for sql in sent.sent]
    return sum(not any(each in sql for each in COMMON_TO_ALL) for sql in flat)
