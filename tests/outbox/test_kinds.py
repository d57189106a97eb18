"""Every letter is of a kind, and every kind stands on a basis."""

import re

import pytest
from flask import Flask

from citizen_voice.outbox.kinds import BASES, KINDS, kind
from citizen_voice.outbox.models import CODE, NEWS
from citizen_voice.paths import ROOT
from citizen_voice.register import Basis
from tests.client import Client


@pytest.mark.parametrize("each", KINDS.values(), ids=KINDS)
def test_every_kind_of_letter_has_words_a_purpose_and_a_basis(each: object) -> None:
    known = kind(each.key)  # type: ignore[attr-defined]
    assert str(known.words)
    assert known.why.basis in Basis
    assert str(BASES[known.why.basis])


def test_what_may_be_sent_later_is_no_code() -> None:
    assert [key for key, each in KINDS.items() if each.urgency == CODE] == ["code"]
    assert [key for key, each in KINDS.items() if each.urgency == NEWS] == ["news", "newsletter"]
    assert not KINDS["code"].lasting
    assert not KINDS["invitation"].lasting  # its link runs out; a new one is sent instead
    assert KINDS["news"].lasting


def test_every_letter_that_code_sends_is_of_a_declared_kind() -> None:
    sent = set()
    for path in (ROOT / "citizen_voice").rglob("*.py"):
        for call in re.findall(r"outbox\.enqueue\((.*?)\)", path.read_text(), re.DOTALL):
            sent |= set(re.findall(r"kind=\"([a-z-]+)\"", call))
    assert {"code", "address", "invitation", "device", "report"} <= sent <= set(KINDS)


def test_residents_read_which_letters_there_are_and_why(client: Client, app: Flask) -> None:
    page = client.get("/privacy").text
    for each in KINDS.values():
        assert str(each.words) in page
        assert str(each.why.words) in page
    assert str(BASES[Basis.LEGAL_OBLIGATION]) in page
