"""The real exports are read to the last answer, and their oddities are reported, not adjusted."""

import tracemalloc
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from citizen_voice.imports.polis import Conversation, Counts, TimeFigures, read

NOW = datetime(2025, 1, 1, tzinfo=UTC)


def differing(conversation: Conversation) -> tuple[int, int, int]:
    """Statements whose agreements, whose disagreements, and either of which differ from Polis's."""
    columns = {
        column: {
            difference.key
            for difference in conversation.differences
            if difference.file == "comments.csv" and difference.column == column
        }
        for column in ("agrees", "disagrees")
    }
    agrees, disagrees = columns["agrees"], columns["disagrees"]
    return len(agrees), len(disagrees), len(agrees | disagrees)


def test_a_whole_town_is_counted_to_the_last_answer(bowling_green: Path) -> None:
    conversation = read(bowling_green, NOW)
    assert conversation.counts == Counts(
        statements=896,
        published=607,
        hidden=289,
        held=0,
        authors=403,
        participants=2_031,
        grouped=1_581,
        answers=225_524,
        support=109_752,
        oppose=38_647,
        skip=77_125,
        timed=0,
    )
    assert Counter(answer.value for answer in conversation.answers()) == {
        1: 109_752,
        -1: 38_647,
        0: 77_125,
    }
    hidden = {one.id for one in conversation.statements if one.visibility == "hidden"}
    assert sum(answer.statement in hidden for answer in conversation.answers()) == 484
    assert all(answer.answered_at is None for answer in conversation.answers())
    assert conversation.times is None
    assert len(conversation.people) == 2_031
    assert conversation.unasked == ()


def test_polis_own_totals_differ_for_157_statements_in_agreements(bowling_green: Path) -> None:
    conversation = read(bowling_green, NOW)
    assert differing(conversation) == (157, 75, 211)
    assert {difference.file for difference in conversation.differences} == {"comments.csv"}


def test_the_latest_vote_of_each_pair_has_the_value_of_the_matrix(seattle: Path) -> None:
    conversation = read(seattle, NOW)
    assert conversation.counts == Counts(
        statements=54,
        published=30,
        hidden=23,
        held=1,
        authors=33,
        participants=339,
        grouped=138,
        answers=2_872,
        support=1_358,
        oppose=922,
        skip=592,
        timed=2_872,
    )
    assert conversation.times == TimeFigures(
        rows=2_995, replaced=123, of_another_value=0, without_answer=0
    )
    assert differing(conversation) == (17, 11, 21)


def test_answers_and_batches_come_in_the_same_order_every_time(bowling_green: Path) -> None:
    first, second = read(bowling_green, NOW), read(bowling_green, NOW)
    answers = list(first.answers())
    assert answers == list(second.answers())
    assert answers == sorted(answers, key=lambda answer: (answer.participant, answer.statement))
    batches = list(first.batches(5_000))
    assert [batch.number for batch in batches] == list(range(46))
    assert [len(batch.answers) for batch in batches] == [5_000] * 45 + [524]
    assert [answer for batch in batches for answer in batch.answers] == answers
    assert first.digest == second.digest


def test_reading_a_town_takes_little_memory(bowling_green: Path) -> None:
    tracemalloc.start()
    try:
        read(bowling_green, NOW)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10_000_000
