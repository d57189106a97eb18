"""What changed from one text to another: said so that it can be read, in bounded time."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citizen_voice.ideas.changes import (
    FOLD,
    GONE,
    MOST_KEPT,
    NEW,
    SAME,
    Piece,
    changes,
    kept_changes,
)
from tests.growth import cost


def said(pieces: list[Piece]) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in pieces]


def test_a_changed_word_is_taken_out_and_put_in_within_its_sentence() -> None:
    assert said(
        changes("A bench at the stop. People wait.", "A seat at the stop. People wait.")
    ) == [
        (SAME, "A "),
        (GONE, "bench"),
        (NEW, "seat"),
        (SAME, " at the stop. People wait."),
    ]


def test_a_new_sentence_leaves_the_others_alone() -> None:
    assert said(changes("One. Two.", "One. And more. Two.")) == [
        (SAME, "One. "),
        (NEW, "And more."),
        (SAME, " Two."),
    ]


def test_sentences_with_little_in_common_are_shown_whole() -> None:
    assert said(changes("Paint the old bridge.", "Sell every second lamp.")) == [
        (GONE, "Paint the old bridge."),
        (NEW, "Sell every second lamp."),
    ]


def test_spaces_alone_are_no_change() -> None:
    assert {piece.kind for piece in changes("One  two.\nThree", "One two. Three ")} == {SAME}


def test_what_stayed_the_same_at_length_is_folded() -> None:
    many = " ".join(f"Sentence {number} stands here." for number in range(60))
    pieces = changes(many + " The end.", many + " An end.")
    assert [piece.kind for piece in pieces] == [FOLD, SAME, GONE, NEW, SAME]
    assert pieces[0].words > 200
    assert len(pieces[1].text) < 250


def squeezed(pieces: list[Piece], without: str) -> str:
    return re.sub(r"\s", "", "".join(piece.text for piece in pieces if piece.kind != without))


@given(st.text("ab.! \n", max_size=60), st.text("ab.! \n", max_size=60), st.booleans())
@settings(deadline=None)
def test_the_pieces_make_up_both_texts(old: str, new: str, fold: bool) -> None:
    pieces = changes(old, new, fold=fold)
    assert squeezed(pieces, NEW) == re.sub(r"\s", "", old)
    assert squeezed(pieces, GONE) == re.sub(r"\s", "", new)


PROSE = -3


def hard() -> list[tuple[str, str]]:
    """Pairs of texts that a comparison may choke on."""
    chance = random.Random(7)
    two = [" ".join(chance.choice("ab") for _ in range(750)) for _ in range(2)]
    order = [str(number) for number in range(5_000)]
    shuffled = chance.sample(order, len(order))
    common = ["the", "a", "of", *order[:900]]
    prose = [" ".join(chance.choice(common) for _ in range(2_000)) for _ in range(2)]
    return [
        ("x " * 750, "x " * 749),
        ("x y " * 375, "y x " * 375),
        (two[0], two[1]),
        ("".join(f"x {n} " for n in range(375)), "".join(f"x {n}q " for n in range(375))),
        ("".join(f"x {n} " for n in range(54)), "".join(f"x {n}q " for n in range(54))),
        (". " * 750, "! " * 750),
        ("!" * 1_500, "?" * 1_500),
        ("a. b! " * 250, "b! a. " * 250),
        ("\n" * 1_500, "\n " * 750),
        (" ".join(order), " ".join(reversed(order))),
        (" ".join(order), " ".join(shuffled)),
        (prose[0], prose[1]),
        ("a." * 50_000, "a. " * 50_000),
        ("x" * 100_000, "y" * 100_000),
    ]


LONG = 100
"""How many times as long as two thousand words of prose a text may take: the worst takes 23."""


@pytest.fixture(scope="module")
def prose() -> float:
    """What it costs to compare two texts of two thousand words."""
    old, new = hard()[PROSE]
    return cost(lambda _size: changes(old, new), 1, 3)


@pytest.mark.parametrize("number", range(len(hard())))
def test_no_text_takes_long(number: int, prose: float) -> None:
    old, new = hard()[number]
    assert cost(lambda _size: changes(old, new), 1, 3) < LONG * prose
    pieces = changes(old, new)
    assert squeezed(pieces, NEW) == re.sub(r"\s", "", old)


def test_a_text_of_very_many_words_is_said_whole() -> None:
    letters = [chr(0x4E00 + number) for number in range(750)]
    others = [letter if number % 2 else "x" for number, letter in enumerate(letters)]
    pieces = changes(" ".join(letters), " ".join(others))
    assert [piece.kind for piece in pieces] == [GONE, NEW]


def test_what_was_found_is_kept_by_the_words_alone() -> None:
    found = kept_changes("A bench here.", "A seat here.")
    assert found == changes("A bench here.", "A seat here.")
    assert kept_changes("A bench here.", "A seat here.") is found
    long = "The same words again. " * 30
    assert kept_changes(long, long + "x", fold=False) != kept_changes(long, long + "x")
    for number in range(MOST_KEPT):
        kept_changes("", f"Number {number}")
    assert kept_changes("A bench here.", "A seat here.") is not found
