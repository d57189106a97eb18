"""Visitors and colleagues who mean harm: what they get."""

import io
from datetime import timedelta
from uuid import UUID

import pytest
from PIL import Image

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.pilots import services
from tests.client import Client
from tests.factories.comments import remark
from tests.factories.ideas import idea
from tests.factories.pilots import (
    WORDS,
    a_pilot,
    declared,
    evaluated,
    said,
    shortlisted,
)
from tests.factories.team import colleague
from tests.pilots.desk import SCRIPT, at, begun, measured, photo, picture_in, read, started, update


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + b"\0" * 40,
        b"%PDF-1.4 nothing",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
        b"\xff\xd8\xff\xe0<script>alert(1)</script>",
        b"x" * (9 * 1024 * 1024),
        photo(size=(9000, 9000)),
    ],
    ids=["svg", "gif", "pdf", "broken png", "polyglot", "huge", "pixels"],
)
def test_what_is_no_picture_is_refused_and_the_words_stay(
    client: Client, owner: UUID, content: bytes
) -> None:
    pilot = begun(owner)
    sent = update(words_en="The first bench is warm.", alt_en="A bench")
    sent["picture"] = (io.BytesIO(content), "a.png", "image/png")
    answer = client.send(at(pilot, "/say"), sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "picture-error" in answer.text
    assert "The first bench is warm." in answer.text


def test_a_picture_is_made_anew_without_what_hides_in_it(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    content = photo() + b"<script>alert(1)</script>PK\x03\x04"
    sent = update(alt_en=SCRIPT) | {"picture": (io.BytesIO(content), "../../a.html", "text/html")}
    answer = client.send(at(pilot, "/say"), sent, content_type="multipart/form-data")
    assert answer.status_code == 303
    page = client.get(f"/pilots/CVT-{pilot}").text
    assert "<script>alert" not in page
    picture = client.get(picture_in(page))
    assert picture.mimetype == "image/webp"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    for hint in (b"Elm", b"<script", b"PK\x03\x04", b"Exif"):
        assert hint not in picture.data


def test_a_photograph_of_a_phone_is_taken_and_made_small(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    content = photo(size=(4032, 3024)) + b"\0" * (4 * 1024 * 1024)
    sent = update(alt_en="A bench") | {"picture": (io.BytesIO(content), "a.jpg", "image/jpeg")}
    assert (
        client.send(at(pilot, "/say"), sent, content_type="multipart/form-data").status_code == 303
    )
    shown = client.get(picture_in(client.get(f"/pilots/CVT-{pilot}").text)).data
    with Image.open(io.BytesIO(shown)) as small:
        assert small.size == (1024, 768)


def test_what_staff_write_never_acts(client: Client, owner: UUID) -> None:
    words = dict.fromkeys(WORDS, f"{SCRIPT[:60]}")
    pilot = begun(owner, **words)
    short = '"><svg onload=alert(1)>'
    measure = measured(pilot, owner, name_en=SCRIPT, unit_en=short, source_en=SCRIPT)
    read(measure, owner, 5.0, note=SCRIPT)
    said(pilot, words_en=SCRIPT)
    heard = remark(pilot, body=SCRIPT)
    with write():
        services.describe(pilot, actor=owner, that_en=SCRIPT, risks_en=SCRIPT)
        services.thank(pilot, heard, words_en=SCRIPT, actor=owner)
        services.change_plan(pilot, "that", now_en=short, why_en=SCRIPT, actor=owner)
        services.change_target(measure, 3.0, why_en=SCRIPT, actor=owner)
    evaluated(pilot)
    number = declared(pilot, evidence={measure: (SCRIPT, "")}, learned_en=SCRIPT, next_en=SCRIPT)
    pages = ["", "/decision", "/measures", f"/measures/{measure}", f"/measures/{measure}/change"]
    pages += ["/words", "/plan", "/people", "/ideas", "/thanks", f"/measures/{measure}/table"]
    second = colleague()
    for address in [at(pilot, page) for page in pages]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert_harmless(answer.text, address)
    with write():
        services.confirm(number, actor=second)
    month = clock.today().isoformat()[:7]
    public = ("/pilots", f"/pilots/CVT-{pilot}", "/changes", f"/changes/{month}", "/")
    for address in (*public, *(f"/cy{each}" for each in public), at(pilot, "/decision")):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert_harmless(answer.text, address)


def assert_harmless(page: str, address: str) -> None:
    for bad in ("<script>alert", "<svg onload", '""><'):
        assert bad not in page, (address, page[page.index(bad) - 200 :][:400])


def test_a_file_of_readings_calculates_nothing(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    measure = measured(pilot, owner, name_en="=HYPERLINK(1)", unit_en="@SUM(1)")
    read(measure, owner, -5.0, note="+cmd|' /C calc'!A0\t=1")
    text = client.get(f"/pilots/CVT-{pilot}/readings.csv").text
    for line in text.splitlines()[1:]:
        for cell in line.split(","):
            assert cell.lstrip('"')[:1] not in "=+@\t"


@pytest.mark.parametrize("number", ["0", "99999999999", "9" * 30])
def test_numbers_that_nothing_has_are_not_found(client: Client, owner: UUID, number: str) -> None:
    pilot = begun(owner)
    for address in (
        f"/measures/{number}",
        f"/measures/{number}/change",
        f"/measures/{number}/table",
    ):
        assert client.get(at(pilot, address)).status_code == 404, address
    for address in (
        f"/measures/{number}/remove",
        f"/measures/{number}/readings/remove",
        f"/updates/{number}/take-back",
        f"/thanks/{number}/take-back",
        f"/ideas/CV-{number}/unlink",
    ):
        assert client.send(at(pilot, address), {"day": "2026-01-01"}).status_code == 404, address
    linked = client.send(at(pilot, "/ideas"), {"idea": f"CV-{number}", "taken_en": "Warmth"})
    assert linked.status_code == 422
    assert "Warmth" in linked.text


def test_a_trial_of_no_idea_or_of_too_many_is_said_so(client: Client, owner: UUID) -> None:
    sent = started(owner)
    none = client.send("/staff/pilots/new", sent)
    assert none.status_code == 422
    assert "Choose at least one idea." in none.text
    assert "The market square" in none.text
    gone = client.send("/staff/pilots/new", sent | {"idea": ["CV-999999"]})
    assert gone.status_code == 422
    assert "The market square" in gone.text


def test_a_measure_of_another_trial_is_not_found(client: Client, owner: UUID) -> None:
    mine, theirs = begun(owner), a_pilot(*shortlisted([idea()]))
    with write():
        measure = services.add_measure(
            theirs, better="more", baseline=None, target=None, name_en="Theirs", actor=None
        )
    for rest in ("", "/change", "/table"):
        assert client.get(at(mine, f"/measures/{measure}{rest}")).status_code == 404
        assert client.get(at(theirs, f"/measures/{measure}{rest}")).status_code == 403
    for rest in ("/remove", "/readings/remove"):
        assert client.send(at(mine, f"/measures/{measure}{rest}")).status_code == 404


@pytest.mark.parametrize("value", ["1e400", "NaN", "inf", "n/a", "-", "1e13", "٣", "0x10", "1_000"])
def test_what_is_no_number_is_no_reading(client: Client, owner: UUID, value: str) -> None:
    pilot = begun(owner)
    measure = measured(pilot, owner)
    day = clock.today().isoformat()
    typed = client.send(at(pilot, f"/measures/{measure}"), {"day": day, "value": value})
    assert typed.status_code == 422
    assert "value-error" in typed.text
    pasted = client.send(at(pilot, f"/measures/{measure}/table"), {"pasted": f"{day}\t{value}"})
    assert "1 line can’t be read" in pasted.text
    assert (
        client.send(
            at(pilot, "/measures/new"), {"name_en": "A", "better": "more", "baseline": value}
        ).status_code
        == 422
    )


def test_minus_nothing_is_nothing(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    measure = measured(pilot, owner)
    day = clock.today().isoformat()
    assert (
        client.send(at(pilot, f"/measures/{measure}"), {"day": day, "value": "-0"}).status_code
        == 303
    )
    assert ">-0<" not in client.get(f"/pilots/CVT-{pilot}").text


def test_ten_thousand_lines_are_answered_in_words(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    measure = measured(pilot, owner)
    first = clock.today() - timedelta(days=10_000)
    lines = [f"{first + timedelta(days=n)}\t{n}" for n in range(10_000)]
    table = at(pilot, f"/measures/{measure}/table")
    answer = client.send(table, {"pasted": "\n".join(lines)})
    assert answer.status_code == 422
    assert "A measure has 2000 readings at most." in answer.text
    wrong = client.send(table, {"pasted": "x\ty\n" * 20_000})
    assert wrong.status_code == 200
    huge = client.send(table, {"pasted": "1" * 2_000_000})
    assert huge.status_code == 413
