"""The screens of wards."""

import io
import re
import threading

import pytest
from flask import Flask
from sqlalchemy import select, text

from citizen_voice.db import db, write
from citizen_voice.errors import Conflict
from citizen_voice.ideas.queries.choices import choices, names
from citizen_voice.places import queries, services
from citizen_voice.places.models import Ward
from citizen_voice.places.wardfile import Row
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from tests.client import Client, token_in
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.team import colleague

FILE = "code,name,welsh\nW01,Castle,Y Castell\nW02,Penrhos,Penrhos\n"


@pytest.fixture
def boss(client: Client) -> Client:
    """An administrator's browser."""
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    return client


def told() -> list[tuple[str, str, str, bool]]:
    """The wards that there are."""
    db.session.remove()
    return [
        (ward.code, ward.name_en, ward.name_cy, ward.retired_at is not None)
        for ward in queries.wards()
    ]


def acts() -> list[str]:
    """What the journal says of wards."""
    db.session.remove()
    found = db.session.execute(text("SELECT act FROM journal_entries ORDER BY number"))
    return [act for (act,) in found if "ward" in act]


def preview(client: Client, content: str | bytes = FILE, **fields: str) -> str:
    """The page that shows what a file would change."""
    raw = content.encode() if isinstance(content, str) else content
    answer = client.send(
        "/staff/wards/file",
        {"file": (io.BytesIO(raw), "wards.csv"), **fields},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 200, answer.text
    return answer.text


def carried(html: str) -> str:
    """What the page carries for *Apply*."""
    found = re.search(r'name="carried" value="([^"]+)"', html)
    assert found
    return found[1]


def test_a_ward_is_added_renamed_retired_and_brought_back(boss: Client) -> None:
    assert "No wards yet" in boss.get("/staff/wards").text
    fields = {"code": "W01", "name_en": " Castle  ward ", "name_cy": "Y Castell"}
    assert boss.send("/staff/wards/new", fields).status_code == 303
    assert told() == [("W01", "Castle ward", "Y Castell", False)]
    key = db.session.scalars(select(Ward.id)).one()
    assert 'value="Castle ward"' in boss.get(f"/staff/wards/{key}").text
    boss.send(f"/staff/wards/{key}", {"name_en": "Castle", "name_cy": ""})
    assert told() == [("W01", "Castle", "", False)]
    boss.send(f"/staff/wards/{key}/retire")
    assert told() == [("W01", "Castle", "", True)]
    assert "Bring back" in boss.get("/staff/wards").text
    boss.send(f"/staff/wards/{key}/bring-back")
    assert told() == [("W01", "Castle", "", False)]
    assert acts() == ["ward added", "ward renamed", "ward retired", "ward brought back"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"code": "", "name_en": "Castle"}, "There is no code."),
        ({"code": "w01", "name_en": "Castle"}, "a ward with that code already"),
        ({"code": "W02", "name_en": " "}, "There is no name."),
        ({"code": "W 02", "name_en": "Castle"}, "That is not a code"),
        ({"code": "W02", "name_en": "x" * 81}, "longer than 80"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_nothing_typed_is_lost(
    boss: Client, fields: dict[str, str], said: str
) -> None:
    boss.send("/staff/wards/new", {"code": "W01", "name_en": "Market"})
    answer = boss.send("/staff/wards/new", fields | {"name_cy": "Y Castell"})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Y Castell"' in answer.text
    assert len(told()) == 1


def test_nothing_changes_before_apply_and_then_exactly_what_was_shown(boss: Client) -> None:
    boss.send("/staff/wards/new", {"code": "W01", "name_en": "Old Castle"})
    boss.send("/staff/wards/new", {"code": "W09", "name_en": "Gone"})
    shown = preview(boss, retire_others="y")
    assert "1 ward is added" in shown
    assert "1 ward is renamed" in shown
    assert "1 ward is retired" in shown
    assert len(told()) == 2
    answer = boss.send("/staff/wards/file/apply", {"carried": carried(shown)})
    assert answer.status_code == 303
    assert told() == [
        ("W01", "Castle", "Y Castell", False),
        ("W09", "Gone", "", True),
        ("W02", "Penrhos", "Penrhos", False),
    ]
    assert acts()[-1] == "wards read from a file"


def test_a_file_that_retires_nobody_leaves_the_others(boss: Client) -> None:
    boss.send("/staff/wards/new", {"code": "W09", "name_en": "Stays"})
    boss.send("/staff/wards/file/apply", {"carried": carried(preview(boss))})
    assert ("W09", "Stays", "", False) in told()
    assert "Nothing would change" in preview(boss)


def test_a_file_without_welsh_keeps_the_welsh_names_and_brings_retired_wards_back(
    boss: Client,
) -> None:
    boss.send("/staff/wards/file/apply", {"carried": carried(preview(boss))})
    with write():
        services.retire(next(w.id for w in queries.wards() if w.code == "W02"), actor=None)
    shown = preview(boss, "code,name\nW01,The Castle\nW02,Penrhos\n")
    assert "1 retired ward comes back" in shown
    boss.send("/staff/wards/file/apply", {"carried": carried(shown)})
    assert told() == [
        ("W02", "Penrhos", "Penrhos", False),
        ("W01", "The Castle", "Y Castell", False),
    ]


def test_every_bad_row_is_on_the_page_and_nothing_can_be_applied(boss: Client) -> None:
    content = "code,name\nW01,Castle\nW01,Castle again\n,Nowhere\n"
    answer = boss.send(
        "/staff/wards/file",
        {"file": (io.BytesIO(content.encode("utf-16")), "wards.csv")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 422
    assert "Line 3" in answer.text
    assert "Line 4" in answer.text
    assert "stands in line 2" in answer.text
    assert 'name="carried"' not in answer.text
    assert told() == []


def test_no_file_no_table_and_ten_megabytes_are_refused_in_words(boss: Client) -> None:
    token = token_in(boss.get("/staff/wards").text)

    def sent(content: bytes, name: str = "wards.csv") -> tuple[int, str]:
        body = (
            f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
            f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: text/csv\r\n\r\n"
        ).encode() + content
        answer = boss.post(
            "/staff/wards/file",
            data=body + b"\r\n--x--\r\n",
            content_type="multipart/form-data; boundary=x",
        )
        return answer.status_code, answer.text

    status, said = sent(b"", name="")
    assert status == 422
    assert "Choose a file." in said
    status, said = sent(b"\x89PNG\r\n\x1a\n\0\0\0")
    assert status == 422
    assert "can’t read that file" in said
    status, said = sent(b"code,name\n" + b"W1,x\n" * 2_000_000)
    assert status == 413
    assert "larger than we can take" in said
    assert told() == []


@pytest.mark.parametrize("bad", ["", "x", "x.y", "{seal}.AAAA", "{seal}", "é.é"])
def test_rows_that_nobody_was_shown_are_not_applied(boss: Client, bad: str) -> None:
    seal, _dot, _rest = carried(preview(boss)).partition(".")
    answer = boss.send("/staff/wards/file/apply", {"carried": bad.format(seal=seal)})
    assert answer.status_code == 422
    assert told() == []


def test_wards_that_changed_after_the_preview_are_shown_again(boss: Client) -> None:
    sealed = carried(preview(boss))
    boss.send("/staff/wards/new", {"code": "W01", "name_en": "Castle Hill"})
    answer = boss.send("/staff/wards/file/apply", {"carried": sealed})
    assert answer.status_code == 409
    assert "changed by somebody else" in answer.text
    assert "1 ward is renamed" in answer.text
    assert [row[1] for row in told()] == ["Castle Hill"]
    boss.send("/staff/wards/file/apply", {"carried": carried(answer.text)})
    assert [row[1] for row in told()] == ["Castle", "Penrhos"]


def test_two_who_apply_at_once_leave_one_of_each(app: Flask) -> None:
    outcomes: list[str] = []
    rows = [Row("W01", "Castle", None), Row("W02", "Market", None)]
    start = threading.Barrier(4)

    def work() -> None:
        with app.app_context():
            start.wait()
            try:
                with write():
                    services.apply(rows, retire_others=False, seen=None, actor=None)
                outcomes.append("done")
            except Conflict:
                outcomes.append("conflict")
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 4
    assert "done" in outcomes
    assert [row[0] for row in told()] == ["W01", "W02"]


def test_a_retired_ward_cannot_be_chosen_but_its_ideas_keep_it(boss: Client) -> None:
    with write():
        castle = services.add("W01", "Castle", "", actor=None)
        services.add("W02", "Market", "", actor=None)
    asked = challenge()
    author = resident()
    number = idea(asked, author, ward_id=castle)
    assert "<td" in boss.get("/staff/wards").text
    boss.send(f"/staff/wards/{castle}/retire")
    assert [row.name_en for row in choices(asked.id).wards] == ["Market"]
    assert names().wards[castle].name_en == "Castle"
    assert "Castle" in boss.get(f"/ideas/CV-{number}").text
    boss.sign_in(author)
    assert "Castle" not in boss.get(f"/ideas/new?challenge={asked.slug}").text
    form = boss.get(f"/ideas/CV-{number}/edit").text
    assert re.search(rf'value="{castle}" selected', form), "its author may leave it where it is"


def test_what_is_downloaded_calculates_nothing_and_reads_as_it_was(boss: Client) -> None:
    with write():
        services.add("W01", "=1+1", "@home", actor=None)
        services.add("W02", "Château", "", actor=None)
    answer = boss.get("/staff/wards.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "'=1+1,'@home" in answer.data.decode("utf-8-sig")
    assert "Nothing would change" in preview(boss, answer.data)


def test_it_is_for_administrators_alone(client: Client) -> None:
    client.sign_in(colleague(MODERATOR), staff=True)
    assert client.get("/staff/wards").status_code == 403
    assert client.send("/staff/wards/new", {"code": "W1", "name_en": "x"}).status_code == 403
    assert told() == []


def test_it_is_said_in_welsh_too_and_the_language_button_keeps_what_was_typed(boss: Client) -> None:
    fields = {"code": "W77", "name_en": "Typed", "name_cy": "", "_language": "cy"}
    answer = boss.send("/cy/staff/wards/new", fields)
    assert answer.status_code == 200
    assert 'value="Typed"' in answer.text
    assert told() == []
