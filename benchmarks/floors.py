"""The floors: what the same server, framework and database can do when they do almost nothing.

``python -m benchmarks.floors`` serves them with as many processes and threads as the site has.
"""

import sqlite3
import threading
from typing import Any

from flask import Flask, request
from granian import Granian
from granian.constants import Interfaces
from sqlalchemy import Engine, create_engine, event, text

from benchmarks.servers import FLOORS, PORTS
from citizen_voice import config
from citizen_voice.cli.serve import threads
from citizen_voice.config import Settings
from citizen_voice.db import WriterQueue

ROWS = 20
HELLO = ("Citizens propose, answer and discuss. " * 60)[:2_048]
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Rows</title></head>
<body>
<h1>Rows</h1>
<ol>
{% for row in rows %}
<li><a href="/rows/{{ row.id }}">{{ row.title }}</a> {{ row.support }}</li>
{% endfor %}
</ol>
</body>
</html>
"""
LIST = "SELECT id, title, support FROM bench_rows ORDER BY support DESC, id DESC LIMIT 20"
UPSERT = text(
    "INSERT INTO bench_answers (idea_id, person_id, value) VALUES (:idea, :person, :value) "
    "ON CONFLICT (idea_id, person_id) DO UPDATE SET value = excluded.value"
)
COUNT = text("UPDATE bench_counts SET answers = answers + 1 WHERE idea_id = :idea")
_TABLES = """
CREATE TABLE bench_rows
    (id INTEGER PRIMARY KEY, title VARCHAR(200) NOT NULL, support INTEGER NOT NULL);
CREATE INDEX ix_bench_rows ON bench_rows (support, id);
CREATE TABLE bench_answers
    (idea_id INTEGER NOT NULL, person_id INTEGER NOT NULL, value SMALLINT NOT NULL,
    PRIMARY KEY (idea_id, person_id));
CREATE TABLE bench_counts (idea_id INTEGER PRIMARY KEY, answers INTEGER NOT NULL);
CREATE TABLE bench_touched (id INTEGER PRIMARY KEY, times INTEGER NOT NULL);
INSERT INTO bench_touched VALUES (1, 0)
"""
TABLES = _TABLES.split(";")


def make(settings: Settings) -> Flask:
    """The floors as an app. Engines and transactions are set up as the site's are."""
    app = Flask("floors")
    reading, writing = _engines(settings)
    queue = WriterQueue(settings.instance / "write.lock") if settings.sqlite else None
    by_driver = _driver(settings)
    page = app.jinja_env.from_string(PAGE)
    listed = text(LIST)

    @app.get("/hello")
    def hello() -> str:
        """F-hello: a constant."""
        return HELLO

    @app.get("/list")
    def rows() -> str:
        """F-list: twenty rows by an index, on a bare page."""
        with reading.connect() as connection:
            return page.render(rows=connection.execute(listed).all())

    @app.get("/list-by-driver")
    def rows_by_driver() -> str:
        """The same without SQLAlchemy."""
        found = by_driver().execute(LIST).fetchall()
        return page.render(rows=[{"id": i, "title": t, "support": s} for i, t, s in found])

    @app.post("/write")
    def write() -> str:
        """F-write: one upsert and one counter in a durable transaction, queued as the site's."""
        values = {name: int(request.form[name]) for name in ("idea", "person", "value")}
        if queue is None:
            _answer(writing, values)
        else:
            with queue.turn():
                _answer(writing, values)
        return "done"

    return app


def _answer(engine: Engine, values: dict[str, int]) -> None:
    with engine.begin() as connection:
        connection.execute(UPSERT, values)
        connection.execute(COUNT, {"idea": values["idea"]})


def _engines(settings: Settings) -> tuple[Engine, Engine]:
    """One that reads, without transactions, and one that writes, as durably as the site's."""
    pool: dict[str, Any] = {"pool_size": threads(settings), "max_overflow": 0}
    if not settings.sqlite:
        return (
            create_engine(settings.database_url, isolation_level="AUTOCOMMIT", **pool),
            create_engine(settings.database_url, **pool),
        )
    pool["connect_args"] = {"timeout": 5, "check_same_thread": False}
    reading = create_engine(settings.database_url, **pool)
    writing = create_engine(settings.database_url, **pool)
    for engine in (reading, writing):
        event.listen(engine, "connect", lambda connection, _record: _prepare(connection))
    event.listen(writing, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return reading, writing


def _prepare(connection: sqlite3.Connection) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -16000")


def _driver(settings: Settings) -> Any:
    """A function that gives this thread's own connection of the bare driver."""
    kept = threading.local()

    def connection() -> Any:
        if not hasattr(kept, "connection"):
            if settings.sqlite:
                path = settings.database_url.removeprefix("sqlite:///")
                kept.connection = sqlite3.connect(path)
                _prepare(kept.connection)
            else:
                import psycopg  # noqa: PLC0415  # not needed for SQLite

                url = settings.database_url.replace("+psycopg", "", 1)
                kept.connection = psycopg.connect(url, autocommit=True)
        return kept.connection

    return connection


def main() -> None:
    """Serve them until stopped, as ``citizen-voice serve`` serves the site."""
    settings = config.load()
    Granian(
        "benchmarks.floors_wsgi:app",
        address="127.0.0.1",
        port=PORTS[FLOORS],
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=threads(settings),
        backlog=1024,
        respawn_failed_workers=True,
        websockets=False,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    main()
