"""A breach has 72 hours, says all that the law asks, and is closed only then (Arts 33 and 34)."""

import csv
import io
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID

import pytest

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.desk.clock import breach_due
from citizen_voice.errors import Conflict, NotAllowed, Refusal
from citizen_voice.records import asked, queries, standing
from citizen_voice.records.models import Breach
from citizen_voice.records.services import breaches as services
from citizen_voice.records.services.history import mark
from tests.client import Client
from tests.factories.records import WHOLE, breach, nothing

KNOWN = datetime(2026, 10, 23, 9, 0, tzinfo=UTC)
"""23 October 2026, 10:00 in British Summer Time: the clocks change before the 72 hours are over."""
USUAL = {
    "title": "A lost key",
    "known_at": KNOWN,
    "happened": "A key was lost.",
    "known_at_typed": "2026-10-23T10:00",
}


def said(**more: object) -> dict[str, object]:
    kept = {name: value for name, value in USUAL.items() if name != "known_at_typed"}
    return nothing(asked.BREACH, **(kept | more))


def stands(key: int, now: datetime) -> standing.Standing:
    return standing.of_breach(queries.one(Breach, key), now)


def test_its_72_hours_are_hours_although_the_clocks_change(client: Client, officer: UUID) -> None:
    with clock.at(KNOWN + timedelta(hours=1)):
        client.sign_in(officer, staff=True)
        answer = client.send(
            "/staff/privacy/breaches/new",
            {"title": "A lost key", "known_at": "2026-10-23T10:00", "happened": "It was lost."},
        )
        assert answer.status_code == 303
        page = client.get(answer.headers["Location"]).text
        assert "Report by 26 October 2026, 09:00" in page
        assert "2 days, 23 hours left" in page
        assert "record-tag--good" in page
    key = queries.breaches()[0].id
    assert queries.one(Breach, key).known_at == KNOWN
    due = breach_due(KNOWN)
    assert stands(key, due - timedelta(hours=3)).more == "3 hours left"
    assert stands(key, due - timedelta(hours=3)).tone == standing.SOON
    assert stands(key, due).more == "0 minutes left"
    late = stands(key, due + timedelta(days=1, hours=1))
    assert (late.tone, late.more) == (standing.LATE, "Late by 1 day, 1 hour")


def test_a_report_after_that_says_why_it_is_late(officer: UUID) -> None:
    with clock.at(KNOWN + timedelta(days=9)):
        key = breach(officer, known_at=KNOWN)
        seen = mark(queries.one(Breach, key))
        late = breach_due(KNOWN) + timedelta(hours=5)
        with pytest.raises(Refusal) as refused, write():
            services.change(key, said(reported_at=late), seen=seen, actor=officer)
        assert refused.value.field == "late_why"
        with write():
            services.change(
                key, said(reported_at=late, late_why="Nobody was in."), seen=seen, actor=officer
            )
        found = stands(key, clock.now())
        assert "late by 5 hours" in found.words
        in_time = said(reported_at=breach_due(KNOWN))
        with write():
            services.change(key, in_time, seen=None, actor=officer)
        assert "in time" in stands(key, clock.now()).words


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("known_at", datetime(2112, 1, 1, tzinfo=UTC)),
        ("reported_at", KNOWN - timedelta(hours=1)),
        ("told_at", datetime(2112, 1, 1, tzinfo=UTC)),
        ("title", ""),
        ("title", "x" * 121),
        ("happened", ""),
        ("how_many", -1),
        ("how_many", 2**40),
        ("risk", "enormous"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(officer: UUID, name: str, value: object) -> None:
    with clock.at(KNOWN + timedelta(days=9)), pytest.raises(Refusal) as refused, write():
        services.begin(said(**{name: value}), actor=officer)
    assert refused.value.field == name
    assert not queries.breaches()


def test_nothing_typed_is_lost_when_a_field_is_refused(client: Client, officer: UUID) -> None:
    answer = client.send(
        "/staff/privacy/breaches/new",
        {
            "title": "A lost key",
            "known_at": "yesterday",
            "happened": "Behind the desk.",
            "how_many": "many",
        },
    )
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert "Give a day and a time, like 2027-01-31 14:05." in page
    assert "Give a number, like 250." in page
    for typed in ("A lost key", 'value="yesterday"', "Behind the desk.", 'value="many"'):
        assert typed in page


def test_it_is_closed_only_once_everything_is_said(client: Client, officer: UUID) -> None:
    key = breach(officer)
    at = f"/staff/privacy/breaches/{key}"
    refused = client.send(f"{at}/close")
    assert refused.status_code == 422
    assert "Say whose data it is." in refused.text
    for risk, missing in (("none", "not_reported_why"), ("some", "reported_at")):
        now = queries.one(Breach, key)
        values = {each.name: getattr(now, each.name) for each in asked.BREACH}
        with write():
            services.change(key, values | WHOLE | {"risk": risk}, seen=None, actor=officer)
        with pytest.raises(Refusal) as refusal, write():
            services.close(key, actor=officer)
        assert refusal.value.field == missing


def test_one_that_is_not_reported_says_why_and_stays_in_the_register(
    client: Client, officer: UUID
) -> None:
    key = breach(officer, risk="none", not_reported_why="It was found at once.", **WHOLE)
    assert client.send(f"/staff/privacy/breaches/{key}/close").status_code == 303
    listed = client.get("/staff/privacy/breaches").text
    assert "Not reported, with the reason" in listed
    assert "It was found at once." in listed
    cells = list(
        csv.reader(io.StringIO(client.get("/staff/privacy/breaches.csv").data.decode("utf-8-sig")))
    )
    assert "It was found at once." in cells[1]


def test_people_are_told_of_a_high_risk_or_it_is_said_why_not(officer: UUID) -> None:
    key = breach(officer, risk="high", reported_at=clock.now(), **WHOLE)
    with pytest.raises(Refusal) as refusal, write():
        services.close(key, actor=officer)
    assert refusal.value.field == "told_at"
    row = queries.one(Breach, key)
    values = {each.name: getattr(row, each.name) for each in asked.BREACH}
    with write():
        services.change(
            key, values | {"not_told_why": "All of it was coded."}, seen=None, actor=officer
        )
    with write():
        services.close(key, actor=officer)


def test_what_is_closed_stays_as_it_is_until_it_is_opened_again(
    client: Client, officer: UUID
) -> None:
    key = breach(officer, risk="none", not_reported_why="Found.", **WHOLE)
    at = f"/staff/privacy/breaches/{key}"
    for _twice in range(2):
        assert client.send(f"{at}/close").status_code == 303
    with pytest.raises(NotAllowed), write():
        services.say(key, "One thing more.", actor=officer)
    assert client.send(f"{at}/reopen").status_code == 303
    assert client.send(f"{at}/notes", {"words": "One thing more."}).status_code == 303
    assert "One thing more." in client.get(at).text


def test_two_who_write_at_once_see_both_and_lose_nothing(client: Client, officer: UUID) -> None:
    key = breach(officer)
    at = f"/staff/privacy/breaches/{key}/edit"
    seen = mark(queries.one(Breach, key))
    row = queries.one(Breach, key)
    values = {each.name: getattr(row, each.name) for each in asked.BREACH}
    with write():
        services.change(key, values | {"whose": "Two people"}, seen=seen, actor=officer)
    with pytest.raises(Conflict), write():
        services.change(key, values, seen=seen, actor=officer)
    typed = {"title": "Mine", "known_at": "2026-01-02T10:00", "happened": "x", "seen": seen}
    conflict = client.send(at, typed)
    assert conflict.status_code == 409
    assert "Two people" in conflict.text
    assert 'value="Mine"' in conflict.text
    again = typed | {"seen": mark(queries.one(Breach, key))}
    assert client.send(at, again).status_code == 303
    assert queries.one(Breach, key).title == "Mine"


def test_an_open_one_shows_everything_and_who_changed_what(client: Client, officer: UUID) -> None:
    key = breach(officer, **WHOLE)
    at = f"/staff/privacy/breaches/{key}"
    client.send(f"{at}/notes", {"words": "The letter is back."})
    page = unescape(client.get(at).text)
    for field in asked.BREACH:
        assert str(field.label) in page
    for words in (*(str(value) for value in WHOLE.values()), "The letter is back.", "Aisha Khan"):
        assert words in page
    assert "<b>Entered</b>" in page


def test_an_empty_note_is_refused(client: Client, officer: UUID) -> None:
    key = breach(officer)
    refused = client.send(f"/staff/privacy/breaches/{key}/notes", {"words": "  "})
    assert refused.status_code == 422
    assert "Write what happened." in refused.text
