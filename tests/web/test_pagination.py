"""Places in lists: what was encoded comes back, and nothing else is taken."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citizen_voice.web import pagination
from citizen_voice.web.pagination import BadCursor

NUMBERS = st.integers(-(2**62), 2**62)


@given(st.lists(NUMBERS, min_size=1, max_size=6))
def test_what_was_encoded_comes_back(place: list[int]) -> None:
    text = pagination.encode(*place)
    assert pagination.decode(text, len(place)) == tuple(place)
    assert all(character.isalnum() or character in "-_" for character in text)


@given(st.lists(NUMBERS, max_size=6), st.integers(1, 6))
def test_a_place_of_another_length_is_refused(place: list[int], length: int) -> None:
    if len(place) != length:
        with pytest.raises(BadCursor):
            pagination.decode(pagination.encode(*place), length)


@given(st.text())
def test_any_text_is_a_place_or_refused(text: str) -> None:
    try:
        place = pagination.decode(text, 2)
    except BadCursor as refused:
        assert refused.status == 400
    else:
        assert all(abs(part) <= 2**62 for part in place)


@given(st.binary())
def test_so_are_any_bytes(content: bytes) -> None:
    try:
        pagination.decode(urlsafe_b64encode(content).decode(), 1)
    except BadCursor:
        return
