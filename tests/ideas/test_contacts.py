"""Ways to contact somebody are pointed out before everybody reads them."""

import pytest

from citizen_voice.ideas import contacts
from tests.client import Client
from tests.factories.challenges import challenge
from tests.growth import STEADY, growth
from tests.ideas.writing import where, words

CONTACTS = (
    "Call me on 07700 900123",
    "write to ada.l+x@example.org please",
    "I live at 12 High Street",
    "near LS12 1AB",
    "+44 (0)113 496 0000",
)


def test_a_way_to_contact_somebody_is_pointed_out_once_and_may_be_published(
    member: Client,
) -> None:
    asked = challenge()
    for text in CONTACTS:
        warned = member.send(where(asked), words(body=text))
        assert warned.status_code == 422
        assert "There seems to be a way to contact someone" in warned.text
        assert contacts.found(text)[0] in warned.text
        assert 'name="confirm"' in warned.text
        assert text in warned.text
        published = member.send(where(asked), words(body=text, confirm="y"))
        assert published.status_code == 303
    assert 'name="confirm"' not in member.get(where(asked)).text


@pytest.mark.parametrize(
    "text", ["In 2027 about 1,500 people", "route 66", "£40,000", "bus X84", "CV-1042", "24/7"]
)
def test_ordinary_numbers_are_no_contact(text: str) -> None:
    assert contacts.found(text) == []


@pytest.mark.parametrize(
    ("piece", "end"),
    [
        ("0" * 10, ""),
        ("a" * 10, ""),
        ("a." * 5, "@"),
        ("a@b." * 3, ""),
        ("1 A " * 3, ""),
        ("(" * 10, ""),
    ],
)
def test_looking_for_contacts_takes_no_time_however_it_is_written(piece: str, end: str) -> None:
    assert growth(lambda size: contacts.found(piece * size + end), 20) < STEADY
