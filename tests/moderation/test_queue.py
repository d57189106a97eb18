"""The queue: what goes first, what it can be narrowed to, where it goes on, what it costs."""

import csv
import io
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import event, text, update

from citizen_voice import clock
from citizen_voice.db import db, dialect, new_key, write
from citizen_voice.ideas import services as ideas
from citizen_voice.moderation import services
from citizen_voice.moderation.models import CONTACTS, HELD, Case, Report
from citizen_voice.moderation.queries import queue
from citizen_voice.team.models import ADMINISTRATOR
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide
from tests.factories.people import resident
from tests.factories.team import colleague

ROW = re.compile(r'data-open lang="\w\w">([^<]*)</a>')


def titles(client: Client, address: str = "/staff/queue") -> list[str]:
    """The rows of a page of the queue, from the top."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return ROW.findall(answer.text)


def reported(about: UUID, category: str, number: int = 1) -> None:
    """Reports of a case, as the reporting service leaves them."""
    with write():
        for _ in range(number):
            key = new_key()
            db.session.add(
                Report(
                    id=key,
                    receipt_hash=key.bytes * 2,
                    case_id=about,
                    category=category,
                    words="It names my neighbour.",
                    language="en",
                    made_at=clock.now(),
                )
            )


def test_the_most_urgent_goes_first_then_what_is_due_first(client: Client, moderator: UUID) -> None:
    asked = challenge()
    case(idea_id=idea(asked, title="Much later"), waits_for="spam")
    case(idea_id=idea(asked, title="A machine noticed"), kind=CONTACTS)
    case(idea_id=idea(asked, title="Somebody is in danger"), waits_for="threat")
    case(idea_id=idea(asked, title="Rather soon"), waits_for="abuse")
    expected = ["Somebody is in danger", "Rather soon", "Much later", "A machine noticed"]
    assert titles(client) == expected


def test_a_row_says_why_for_how_long_and_who_is_on_it(client: Client, moderator: UUID) -> None:
    about = case(idea_id=idea(title="Benches", body="Ring **Sam**."), waits_for="personal")
    reported(about, "personal", 2)
    reported(about, "abuse")
    ceri = colleague(name="Ceri")
    with write():
        services.claim(about, ceri)
    assert "Ceri is on this" in client.get("/staff/queue").text
    with clock.at(clock.now() + timedelta(hours=4)):
        client.sign_in(moderator, staff=True)
        page = client.get("/staff/queue").text
    for words in ("3 reports", "private details (2)", "Insults or bullying", "4 h of 24 h"):
        assert words in page
    assert "Ceri is on this" not in page  # after half an hour anybody may take it
    with clock.at(clock.now() + timedelta(hours=30)):
        client.sign_in(moderator, staff=True)
        assert "Late" in client.get("/staff/queue").text


def test_filters_stand_in_the_address(client: Client, moderator: UUID) -> None:
    asked, another = challenge(moderation="before"), challenge()
    held = idea(asked, title="Held words")
    case(idea_id=held, kind=HELD)
    welsh = idea(another, title="Mainc", language="cy")
    about = case(idea_id=welsh, waits_for="abuse")
    reported(about, "abuse")
    case(comment_id=comment(welsh, body="A comment of mine"), waits_for="spam")
    case(person_id=resident(name="The Fox"))
    found = {
        "kind=held": ["Held words"],
        "category=abuse": ["Mainc"],
        "language=cy": ["Mainc"],
        f"challenge={another.id}": ["Mainc", "A comment of mine"],
        "type=comment": ["A comment of mine"],
        "type=name": ["The Fox"],
        "whose=mine": [],
        "whose=late": [],
        "type=idea&language=en&kind=held": ["Held words"],
    }
    for query, expected in found.items():
        assert titles(client, f"/staff/queue?{query}") == expected, query
    with write():
        services.claim(about, moderator)
    assert titles(client, "/staff/queue?whose=mine") == ["Mainc"]
    assert "Mainc" not in titles(client, "/staff/queue?whose=free")
    assert client.get("/staff/queue?kind=nonsense").status_code == 400
    assert client.get("/staff/queue?challenge=1e9").status_code == 400


def test_each_case_stands_on_one_page_and_once(client: Client, moderator: UUID) -> None:
    asked = challenge()
    moment = clock.now()
    with clock.at(moment):  # so that many are due at the same moment
        expected = [f"Number {number}" for number in range(45)]
        for title in expected:
            case(idea_id=idea(asked, title=title))
    found: list[str] = []
    address: str | None = "/staff/queue"
    while address:
        page = client.get(address).text
        found += ROW.findall(page)
        further = re.search(r'href="(/staff/queue\?after=[^"]+)"', page)
        address = further[1] if further else None
    assert sorted(found) == sorted(expected)
    for bad in ("nonsense", "W10", "WzEsMiwzLDQsNV0"):
        assert client.get(f"/staff/queue?after={bad}").status_code in (200, 400)


def test_an_empty_queue_says_how_long_things_waited(client: Client, moderator: UUID) -> None:
    assert "Nothing waiting" in client.get("/staff/queue").text
    about = case(idea_id=idea())
    with clock.at(clock.now() + timedelta(hours=2, minutes=10)):
        decide(about, "keep")
        client.sign_in(moderator, staff=True)
        assert "Median wait this week: 2 h." in client.get("/staff/queue").text


def test_what_is_on_screen_is_a_table_too_and_calculates_nothing(
    client: Client, moderator: UUID
) -> None:
    case(idea_id=idea(title="=1+1 benches"), waits_for="spam")
    case(person_id=resident(name="The Fox"))
    answer = client.get("/staff/queue.csv?type=idea")
    assert answer.mimetype == "text/csv"
    table = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert len(table) == 2
    assert table[1][1] == "'=1+1 benches"


def test_the_queue_is_for_moderators_alone(client: Client) -> None:
    case(idea_id=idea())
    assert client.get("/staff/queue").status_code == 303
    client.sign_in(resident())
    assert client.get("/staff/queue").status_code == 303
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    assert client.get("/staff/queue").status_code == 403
    assert client.get("/staff/decisions").status_code == 200


def test_the_queue_is_read_along_its_index(app: Flask) -> None:
    asked, author = challenge(), resident()
    with write():
        for number in range(300):
            made = ideas.propose(
                author,
                asked.id,
                title=f"A bench at {number}",
                body="",
                language="en",
                topic_id=None,
                ward_id=None,
            )
            services.note(services.Subject(idea_id=made.id), HELD)
    with write():
        db.session.execute(update(Case).values(due_at=Case.due_at))
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    plan = plan_of_a_page()
    assert "ix_cases_queue" in plan, plan
    assert "SCAN cases" not in plan.replace("USING INDEX ix_cases_queue", ""), plan


def plan_of_a_page() -> str:
    """How the database reads the second page."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, sql: str, values: Any, *_: object) -> None:
        sent.append((sql, values))

    first = queue.page(queue.Filters(), new_key())
    event.listen(db.engines["read"], "before_cursor_execute", note)
    queue.page(queue.Filters(), new_key(), after=first.after)
    event.remove(db.engines["read"], "before_cursor_execute", note)
    sql, values = sent[0]
    explain = "EXPLAIN QUERY PLAN " if dialect() == "sqlite" else "EXPLAIN "
    raw = db.engines["read"].raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute(explain + sql, values)
        lines = cursor.fetchall()
    finally:
        raw.close()
    return "\n".join(str(line[-1]) for line in lines)
