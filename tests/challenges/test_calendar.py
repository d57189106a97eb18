"""The closing day as an entry for calendars, read back by a parser that is not ours."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from citizen_voice import clock
from citizen_voice.challenges.calendar import closing_day
from citizen_voice.db import write
from citizen_voice.site import services as site
from tests.client import Client
from tests.factories.challenges import challenge, close

DAY = date(2027, 3, 31)
NOW = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
HARD = [
    "Parks; paths, and \\streets\\: which first?",
    "One line\nand\r\nanother\rand a last",
    "Ŵy a ŷd: " + "ŷ" * 90,
    "Families 👩‍👩‍👧‍👦 " * 12,
    "n\\n, \\N, \\\\n;",
    "a" * 300,
    "",
]


def entry(**words: str) -> bytes:
    given = {"summary": "Last day", "description": "Until midnight", "uid": "challenge-1@example"}
    url = "https://voice.example.org/challenges/one"
    return closing_day(day=DAY, now=NOW, url=url, **(given | words))


def parsed(data: bytes) -> Any:
    """The one entry of a calendar."""
    calendar = Calendar.from_ical(data)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    (event,) = calendar.walk("VEVENT")
    return event


@pytest.mark.parametrize("words", HARD)
def test_any_words_come_back_as_they_were(words: str) -> None:
    event = parsed(entry(summary=words, description=words + words))
    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    assert str(event["SUMMARY"]) == plain
    assert str(event["DESCRIPTION"]) == plain + plain


@pytest.mark.parametrize("words", HARD)
def test_lines_are_folded_at_75_octets_between_letters(words: str) -> None:
    data = entry(summary=words, description=words * 3)
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode()  # raises in the middle of a letter
        assert b"\n" not in line
        assert b"\r" not in line


def test_nothing_that_is_written_adds_a_property() -> None:
    event = parsed(entry(summary="x\r\nATTACH:https://elsewhere.example/\x00\x07\r\n y"))
    assert "ATTACH" not in event
    assert "\x00" not in str(event["SUMMARY"])


def test_it_is_one_whole_day_with_a_reminder_the_day_before() -> None:
    event = parsed(entry())
    assert event["DTSTART"].dt == DAY
    assert event["DTEND"].dt == DAY + timedelta(days=1)
    assert event["DTSTAMP"].dt == NOW
    (alarm,) = event.walk("VALARM")
    assert alarm["ACTION"] == "DISPLAY"
    rings = datetime.combine(DAY, datetime.min.time()) + alarm["TRIGGER"].dt
    assert rings == datetime(2027, 3, 30, 9)  # noqa: DTZ001  # floats, as the day does


def test_an_open_challenge_offers_its_closing_day(client: Client) -> None:
    asked = challenge(question_en="Safer streets; how?", closes=clock.today() + timedelta(days=5))
    address = f"/challenges/{asked.slug}/closing.ics"
    assert f'href="{address}"' in client.get(f"/challenges/{asked.slug}").text
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{asked.slug}.ics"'
    event = parsed(answer.data)
    assert event["DTSTART"].dt == asked.closes_on
    assert "Safer streets; how?" in str(event["SUMMARY"])
    assert str(event["URL"]) == f"http://localhost/challenges/{asked.slug}"
    assert str(event["URL"]) in str(event["DESCRIPTION"])


def test_the_last_day_is_londons_in_summer_and_winter(client: Client) -> None:
    for day in (date(2027, 3, 28), date(2027, 6, 30), date(2027, 10, 31), date(2027, 12, 31)):
        asked = challenge(opens=date(2026, 1, 1), closes=day)
        event = parsed(client.get(f"/challenges/{asked.slug}/closing.ics").data)
        assert event["DTSTART"].dt == day


def test_welsh_pages_give_welsh_words_and_the_same_entry(client: Client) -> None:
    asked = challenge()
    english = parsed(client.get(f"/challenges/{asked.slug}/closing.ics").data)
    welsh = parsed(client.get(f"/cy/challenges/{asked.slug}/closing.ics").data)
    assert asked.question_cy in str(welsh["SUMMARY"])
    assert str(welsh["URL"]).endswith(f"/cy/challenges/{asked.slug}")
    assert welsh["UID"] == english["UID"]


def test_a_day_that_moves_keeps_its_entry(client: Client) -> None:
    asked = challenge()
    before = parsed(client.get(f"/challenges/{asked.slug}/closing.ics").data)
    close(asked)
    after = parsed(client.get(f"/challenges/{asked.slug}/closing.ics").data)
    assert after["UID"] == before["UID"]
    assert after["DTSTART"].dt == clock.today() - timedelta(days=1)
    assert "closing.ics" not in client.get(f"/challenges/{asked.slug}").text


def test_two_challenges_are_two_entries(client: Client) -> None:
    uids = {
        str(parsed(client.get(f"/challenges/{challenge().slug}/closing.ics").data)["UID"])
        for _ in range(2)
    }
    assert len(uids) == 2


def test_there_is_none_for_what_is_not_published(client: Client) -> None:
    draft = challenge(published=False)
    for slug in (draft.slug, "nowhere", "%00"):
        assert client.get(f"/challenges/{slug}/closing.ics").status_code == 404


def test_an_english_council_gives_the_english_entry(client: Client) -> None:
    asked = challenge()
    with write():
        site.change(welsh_on=False)
    answer = client.get(f"/cy/challenges/{asked.slug}/closing.ics")
    assert answer.status_code == 302
    assert answer.location == f"/challenges/{asked.slug}/closing.ics"
