"""A file that is too large for wards is refused where it was chosen, as far as it is read."""

import pytest
from werkzeug.test import TestResponse

from citizen_voice.places import queries, wardfile
from citizen_voice.places.staff_routes import LARGEST_FILE_FORM
from citizen_voice.team.models import ADMINISTRATOR
from tests.client import Client, token_in
from tests.factories.team import colleague


@pytest.fixture
def boss(client: Client) -> Client:
    """An administrator's browser."""
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    return client


def sent(boss: Client, size: int) -> TestResponse:
    """Send a file of so many bytes."""
    content = b"code,name\n" + b"W1,x\n" * (size // 5)
    words = {"csrf_token": token_in(boss.get("/staff/wards/file").text), "retire_others": "y"}
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in words.items()
    ]
    head = (
        '--x\r\nContent-Disposition: form-data; name="file"; filename="wards.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    )
    return boss.post(
        "/staff/wards/file",
        data="".join([*parts, head]).encode() + content[:size] + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
    )


@pytest.mark.parametrize("size", [wardfile.LARGEST + 1, 300_000, 1_000_000])
def test_a_file_that_is_too_large_is_refused_at_its_field(boss: Client, size: int) -> None:
    answer = sent(boss, size)
    assert answer.status_code == 422
    assert "This file is larger than 250 KB." in answer.text
    assert 'aria-describedby="file-hint file-error"' in answer.text
    assert 'name="retire_others" type="checkbox" value="y" checked' in answer.text
    assert queries.wards() == []


def test_one_that_is_just_small_enough_is_read(boss: Client) -> None:
    answer = sent(boss, wardfile.LARGEST)
    assert answer.status_code == 422
    assert "larger than" not in answer.text


def test_what_nobody_would_read_is_not_even_taken(boss: Client) -> None:
    assert sent(boss, LARGEST_FILE_FORM).status_code == 413


def test_no_other_form_of_wards_may_be_that_large(boss: Client) -> None:
    fields = {"csrf_token": token_in(boss.get("/staff/wards/new").text), "code": "x" * 300_000}
    assert boss.post("/staff/wards/new", data=fields).status_code == 413
