"""Tokens: each page's own, good for its session alone."""

import pytest

from citizen_voice.web.forgery import is_token_of, token_for
from tests.client import Client, token_in
from tests.factories.people import resident

SECRET = "k" * 43


def test_a_token_is_good_for_its_session_alone() -> None:
    token = token_for(SECRET)
    assert is_token_of(SECRET, token)
    assert not is_token_of("m" * 43, token)
    assert is_token_of("n" * 64, token_for("n" * 64)), "as long as the column allows"


@pytest.mark.parametrize("token", ["", "a", "é", "x" * 60, SECRET, "A" * 40, "A" * 20, "=" * 40])
def test_what_is_no_token_is_refused_without_an_error(token: str) -> None:
    assert not is_token_of(SECRET, token)


def test_a_changed_or_shortened_token_is_refused() -> None:
    token = token_for(SECRET)
    changed = [
        token[:place] + ("A" if letter != "A" else "B") + token[place + 1 :]
        for place, letter in enumerate(token)
    ]
    assert not any(is_token_of(SECRET, each) for each in (*changed, token[:20], token[:-4]))


def test_each_page_has_a_token_of_its_own_and_one_page_only_one(client: Client) -> None:
    client.sign_in(resident())
    pages = [client.get("/me").text for _time in range(2)]
    first, second = (token_in(page) for page in pages)
    assert first != second
    assert first not in pages[1]
    assert all(part.startswith(first) for part in pages[0].split('name="csrf_token" value="')[1:])
