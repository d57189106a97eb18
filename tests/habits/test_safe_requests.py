"""A page that is read changes nothing, and leaves nothing on the device."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from citizen_voice import clock
from citizen_voice.accounts.models import PersonSession
from citizen_voice.accounts.sessions import TOUCH_EVERY
from citizen_voice.db import db
from citizen_voice.places.models import Ward
from tests.client import Client
from tests.habits import addresses
from tests.habits.marks import once
from tests.habits.rows import Rows, changed, everything
from tests.habits.statements import counted
from tests.habits.world import READERS, World, browser

METHODS = ("GET", "HEAD", "OPTIONS")
EXCEPTIONS = {"sessions": {"seen_at"}}
"""What a safe request may change: that a session is in use, at most every five minutes."""


@pytest.mark.parametrize("reader", READERS)
def test_safe_requests_write_nothing_and_set_no_cookie(
    app: Flask, world: World, reader: str
) -> None:
    client = browser(app, world, reader)
    before = everything()
    guilty, cookies, failed = [], [], []
    for method in METHODS:
        found = addresses.safe(app, world, method=method)
        for address in addresses.of_reader(app, reader, found):
            with counted() as statements:
                answer = client.open(address.path, method=method)
            if statements.written:
                guilty.append(f"{address}: {statements.written}")
            if "Set-Cookie" in answer.headers:
                cookies.append(f"{address}: {answer.headers['Set-Cookie']}")
            if answer.status_code >= 500:
                failed.append(f"{address}: {answer.status_code}")
    assert not failed, f"as {reader}: {failed}"
    assert not guilty, f"A GET writes nothing; give the act an address for POST: {guilty}"
    assert not cookies, f"Reading sets no cookie: {cookies}"
    assert changed(before, everything()) == set()


def test_a_session_in_use_is_touched_after_five_minutes_and_nothing_else_is(
    app: Flask, world: World
) -> None:
    client = browser(app, world, "resident")
    before, sessions = everything(), session_rows()
    with clock.at(clock.now() + TOUCH_EVERY + timedelta(seconds=1)):
        client.get("/ideas")
    assert changed(before, everything()) == set(EXCEPTIONS)
    after = session_rows()
    columns = {
        name
        for key, row in after.items()
        for name, value in row.items()
        if sessions[key][name] != value
    }
    assert columns == EXCEPTIONS["sessions"]


@once
@pytest.mark.parametrize("reader", ["visitor", "signing in", "first time"])
def test_nothing_is_written_for_visitors_however_late_it_is(
    app: Flask, world: World, reader: str
) -> None:
    client = browser(app, world, reader)
    before: Rows = everything()
    with clock.at(clock.now() + timedelta(days=2)):
        visit_all(client, app, world)
    assert changed(before, everything()) == set()


def test_the_engine_that_reads_cannot_write(app: Flask) -> None:
    statements = (
        insert(Ward).values(code="x", name_en="X"),
        update(Ward).values(name_en="X"),
        delete(Ward),
    )
    for statement in statements:
        with (
            db.engines["read"].connect() as connection,
            pytest.raises(DBAPIError, match=r"read-?only"),
        ):
            connection.execute(statement)
        with pytest.raises(DBAPIError, match=r"read-?only"):
            db.session.execute(statement)
        db.session.rollback()
    assert db.session.execute(select(Ward.id)).all() == []


def visit_all(client: Client, app: Flask, world: World) -> None:
    """Open every address once."""
    for address in addresses.safe(app, world):
        answer = client.get(address.path)
        assert answer.status_code < 500, f"{address}: {answer.status_code}"
        assert "Set-Cookie" not in answer.headers, str(address)


def session_rows() -> dict[UUID, dict[str, object]]:
    """All sessions, column by column."""
    db.session.rollback()
    rows = db.session.execute(select(*PersonSession.__table__.columns)).all()
    return {row.id: dict(row._mapping) for row in rows}
