"""Bringing a Polis conversation into a challenge: planned, or done.

It may be broken off anywhere; running it again goes on, and once it is finished changes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from citizen_voice import clock
from citizen_voice.answers import activity
from citizen_voice.challenges import services as challenges
from citizen_voice.challenges.models import OPINION
from citizen_voice.db import db, dialect, write
from citizen_voice.errors import Conflict
from citizen_voice.ideas import services as proposing
from citizen_voice.imports import challenge, ideas, ledger, people
from citizen_voice.imports.answers import Answers
from citizen_voice.imports.ideas import Ideas
from citizen_voice.imports.ledger import Destination, Progress, Source
from citizen_voice.imports.models import ImportSource
from citizen_voice.imports.people import People
from citizen_voice.imports.polis import Conversation
from citizen_voice.journal import services as journal
from citizen_voice.words import _

KIND = "polis"
PEOPLE, IDEAS, ANSWERS = "people", "ideas", "answers"
BATCH = {"sqlite": 5_000, "postgresql": 20_000}  # some 50 ms of the writers' queue; by COPY, 200

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Wish:
    """Where to: a challenge, which is made if it is not there.

    ``language`` is that of the conversation. ``closes_on`` is the last day of a challenge that is
    made; one that is there keeps its own.
    """

    slug: str
    language: str = "en"
    closes_on: date | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows of one part: read in the folder, made now, there from before.

    ``left_out`` are the answers of people who left between two runs.
    """

    read: int
    made: int
    there: int

    @property
    def left_out(self) -> int:
        """Rows that were not made, and won't be."""
        return self.read - self.made - self.there


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do: whether it makes the challenge, and each part's rows."""

    new_challenge: bool
    parts: dict[str, Tally]


def plan(conversation: Conversation, wish: Wish) -> Outcome:
    """What ``run`` would do; raises what it would raise, and writes nothing."""
    destination = _destination(conversation, wish)
    if destination is None:
        challenge.described(conversation, wish.slug, wish.language, wish.closes_on)
        return Outcome(True, _tallies(conversation, _read(conversation), {}))
    source = destination.source
    there = {} if source is None else ledger.rows_in(source)
    missing = {} if source is not None and source.finished else _missing(conversation, there)
    return Outcome(False, _tallies(conversation, missing, there))


def run(
    conversation: Conversation,
    wish: Wish,
    *,
    progress: Progress = lambda _rows: None,
    batch_size: int | None = None,
) -> Outcome:
    """Bring a conversation in, in batches of one transaction each.

    ``progress`` hears of the rows of every batch. ``batch_size`` is for an import that begins now;
    one that goes on keeps its own. Raises ``Conflict`` where the challenge takes support only or
    holds another import, ``Refusal`` for a bad slug or last day, and ``Busy`` where the database
    takes no more at the moment: then run it again.
    """
    new_challenge, source = _begin(conversation, wish, batch_size or BATCH[dialect()])
    made: dict[str, int] = {}
    if not source.finished:
        made = _write(conversation, source, wish.language, progress)
        _finish(source, wish.slug)
    there = {part: rows - made.get(part, 0) for part, rows in ledger.rows_in(source).items()}
    return Outcome(new_challenge, _tallies(conversation, made, there))


def _write(
    conversation: Conversation, source: Source, language: str, progress: Progress
) -> dict[str, int]:
    """Write what is missing; gives the rows of each part."""
    size, made = source.batch_size, {}
    groups = {one.id: one.group for one in conversation.participants if one.group is not None}
    made[PEOPLE] = ledger.bring_in(
        source,
        PEOPLE,
        _chunks(conversation.people, size),
        People(source, groups, language),
        progress,
    )
    made[IDEAS] = ledger.bring_in(
        source,
        IDEAS,
        _chunks(conversation.statements, size),
        Ideas(source, people.authors(source), language),
        progress,
    )
    made[ANSWERS] = ledger.bring_in(
        source,
        ANSWERS,
        (batch.answers for batch in conversation.batches(size)),
        Answers(source, ideas.numbers(source)),
        progress,
    )
    return made


def _begin(conversation: Conversation, wish: Wish, batch_size: int) -> tuple[bool, Source]:
    """Make the challenge where there is none, and the source where it is not there yet."""
    found = _destination(conversation, wish)
    if found is not None and found.source is not None:
        return False, found.source
    with write():
        ledger.queue()
        found = _destination(conversation, wish)
        if found is None:
            made = challenges.create(
                **challenge.described(conversation, wish.slug, wish.language, wish.closes_on)
            )
            challenges.publish(made)
        if found is None or found.source is None:
            source = ImportSource(
                kind=KIND,
                challenge_id=made.id if found is None else found.challenge_id,
                digest=conversation.digest,
                batch_size=batch_size,
                started_at=clock.now(),
            )
            db.session.add(source)
    begun = _destination(conversation, wish)
    if begun is None or begun.source is None:
        raise AssertionError("the import was begun, and is not there")
    return found is None, begun.source


def _finish(source: Source, slug: str) -> None:
    """Put the new ideas into today's order and work out *active*; record that it is complete."""
    with write():
        row = db.session.get_one(ImportSource, source.id, with_for_update=True)
        if row.finished_at is None:
            row.finished_at = clock.now()
            proposing.reshuffle()
            activity.rebuild_challenge(source.challenge_id)
            journal.append(
                "import finished", actor=None, subject=f"challenge {slug}", detail=row.digest
            )


def _destination(conversation: Conversation, wish: Wish) -> Destination | None:
    """The challenge, if it is there. Raises ``Conflict`` where this can't be brought into it."""
    found = ledger.destination(wish.slug, KIND)
    if found is None:
        return None
    if found.source is None and found.ballot != OPINION:
        raise Conflict(
            _(
                "The challenge %(slug)s takes support only, while a Polis conversation has three "
                "answers. Choose another address for the challenge.",
                slug=wish.slug,
            )
        )
    if found.source is not None and found.source.digest != conversation.digest:
        raise Conflict(
            _(
                "Another folder was imported into the challenge %(slug)s, or the files have "
                "changed since. Use the files as they were, or another challenge.",
                slug=wish.slug,
            )
        )
    return found


def _read(conversation: Conversation) -> dict[str, int]:
    return {
        PEOPLE: len(conversation.people),
        IDEAS: conversation.counts.statements,
        ANSWERS: conversation.counts.answers,
    }


def _missing(conversation: Conversation, there: dict[str, int]) -> dict[str, int]:
    return {part: read - there.get(part, 0) for part, read in _read(conversation).items()}


def _tallies(
    conversation: Conversation, made: dict[str, int], there: dict[str, int]
) -> dict[str, Tally]:
    return {
        part: Tally(read, made.get(part, 0), there.get(part, 0))
        for part, read in _read(conversation).items()
    }


def _chunks(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    for first in range(0, len(items), size):
        yield items[first : first + size]
