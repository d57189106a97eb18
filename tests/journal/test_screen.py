"""The screen of the journal."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.journal import services
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from tests.client import Client
from tests.factories.people import resident
from tests.factories.team import colleague
from tests.journal.test_every_byte import tamper

HERE = "/staff/journal"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def ann(app: Flask) -> UUID:
    """An administrator."""
    return colleague(ADMINISTRATOR, name="Ann Evans")


@pytest.fixture
def boss(client: Client, ann: UUID) -> Client:
    """Her browser."""
    client.sign_in(ann, staff=True)
    return client


def entry(act: str, actor: UUID | None = None, subject: str = "idea CV-1001") -> None:
    """An act."""
    with write():
        services.append(act, actor=actor, subject=subject)


def rows_of(page: str) -> int:
    """How many entries a page shows."""
    return page.count('<th scope="row"')


def test_the_newest_stand_first_with_who_acted_by_name(boss: Client, ann: UUID) -> None:
    entry("idea hidden", ann)
    entry("idea withdrawn", resident(name="Sam of the hill"))
    entry("order shuffled", None, "site")
    page = boss.get(HERE).text
    order = [
        page.index(f">{act}</th>") for act in ("order shuffled", "idea withdrawn", "idea hidden")
    ]
    assert order == sorted(order)
    assert "Ann Evans" in page
    assert "The site itself" in page
    assert "A resident" in page
    assert "Sam of the hill" not in page, "residents are not named here"
    assert 'href="/ideas/CV-1001"' in page


def test_filters_live_in_the_address(boss: Client, ann: UUID) -> None:
    for day in range(3):
        with clock.at(NOON + timedelta(days=day)):
            entry("idea hidden", ann, f"idea CV-{2000 + day}")
    entry("ward added", None, "ward 100%_")
    for query, count in (
        ("act=idea%20hidden", 3),
        ("act=nothing", 0),
        (f"who={ann}&act=idea%20hidden", 3),
        ("subject=cv-2001", 1),
        ("subject=%25_", 1),
        ("from=2026-06-02&to=2026-06-02", 1),
        ("from=2026-06-02&act=idea%20hidden", 2),
        ("to=2026-05-31", 0),
        ("act=&who=&subject=&from=&to=", 5),
    ):
        answer = boss.get(f"{HERE}?{query}")
        assert answer.status_code == 200
        assert rows_of(answer.text) == count, query
    assert "Nothing fits" in boss.get(f"{HERE}?act=nothing").text


@pytest.mark.parametrize(
    "query",
    [
        "who=ann", "from=yesterday", "to=2026-13-01", "from=0001-01-01", "to=9999-12-31",
        "after=x", "after=Wy01XQ", "subject=%00", "act=%00",
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_page_of_its_own(boss: Client, query: str) -> None:
    assert boss.get(f"{HERE}?{query}").status_code == 400


def test_every_entry_is_on_one_page_and_once(boss: Client) -> None:
    with write():
        for number in range(120):
            services.append("act", actor=None, subject=f"thing {number}")
    seen: list[str] = []
    address = f"{HERE}?act=act"
    for _page in range(3):
        page = boss.get(address).text
        seen += [part.partition("<")[0] for part in page.split('<span lang="en">thing ')[1:]]
        further = re.search(r'href="(/staff/journal\?[^"]+)">Earlier', page)
        address = further[1].replace("&amp;", "&") if further else ""
    assert not address
    assert seen == [str(number) for number in reversed(range(120))]


def test_verify_says_how_many_hold_or_names_the_first_that_does_not(boss: Client) -> None:
    for _ in range(4):
        entry("act")
    count = db.session.execute(text("SELECT count(*) FROM journal_entries")).scalar_one()
    assert f"Every entry holds: {count}." in boss.send(f"{HERE}/verify").text
    tamper("UPDATE journal_entries SET act = 'acx' WHERE number = 3")
    said = boss.send(f"{HERE}/verify").text
    assert "Entry 3 was changed." in said
    assert "Every entry holds" not in said


def test_a_download_asks_again_and_stands_in_the_journal(boss: Client, ann: UUID) -> None:
    entry("=act", ann)
    with clock.at(clock.now() + timedelta(minutes=11)):
        asked = boss.send(f"{HERE}/export")
    assert asked.mimetype == "text/html"
    assert "=act" not in asked.text
    answer = boss.send(f"{HERE}/export", {"act": "=act"})
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) == 1
    assert rows[0]["act"] == "'=act"
    assert rows[0]["who"] == "Ann Evans"
    assert "journal exported" in boss.get(HERE).text


def test_it_is_for_administrators_alone(client: Client) -> None:
    client.sign_in(colleague(MODERATOR), staff=True)
    assert client.get(HERE).status_code == 403
    assert client.send(f"{HERE}/export").status_code == 403
    assert client.send(f"{HERE}/verify").status_code == 403
