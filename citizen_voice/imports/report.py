"""What an import says at its end, in lines of plain English for the command line."""

from collections.abc import Iterator

from citizen_voice.imports.polis import Conversation, Difference
from citizen_voice.imports.services import ANSWERS, IDEAS, PEOPLE, Outcome

SHOWN = 10
KEYS = {"comments.csv": "statement", "participants-votes.csv": "participant"}


def lines(conversation: Conversation, outcome: Outcome, *, dry: bool) -> Iterator[str]:
    """The report of an import; with ``dry``, of one that would be."""
    yield from _parts(conversation, outcome, dry=dry)
    yield "refused            0"
    if not dry and outcome.parts[ANSWERS].left_out:
        yield f"{outcome.parts[ANSWERS].left_out:,} answers are of people who have left since."
    yield from _answers(conversation)
    yield from _differences(conversation)


def _parts(conversation: Conversation, outcome: Outcome, *, dry: bool) -> Iterator[str]:
    counts = conversation.counts
    groups = len({one.group for one in conversation.participants if one.group is not None})
    notes = {
        PEOPLE: f"{counts.grouped:,} in {groups:,} opinion groups",
        IDEAS: f"{counts.published:,} published, {counts.hidden:,} hidden, {counts.held:,} held",
        ANSWERS: f"{counts.support:,} support, {counts.oppose:,} not for me, {counts.skip:,} skip",
    }
    made = "to make" if dry else "made"
    yield f"{'':8}{'read':>12}{made:>12}{'already there':>15}"
    for part, tally in outcome.parts.items():
        figures = f"{tally.read:>12,}{tally.made:>12,}{tally.there:>15,}"
        yield f"{part:8}{figures}   {notes[part]}"


def _answers(conversation: Conversation) -> Iterator[str]:
    shown = {one.id for one in conversation.statements if one.visibility == "published"}
    unseen = sum(answer.statement not in shown for answer in conversation.answers())
    yield f"{unseen:,} answers are on ideas hidden or held: public totals leave them out."
    times = conversation.times
    if times is None:
        yield "There is no votes.csv, so no answer has a time: they count in no growth or activity."
        return
    untimed = conversation.counts.answers - conversation.counts.timed
    yield (
        f"{conversation.counts.timed:,} answers have their time from votes.csv; {untimed:,} have "
        f"none, and count in no growth or activity."
    )
    yield (
        f"votes.csv: {times.rows:,} rows, {times.replaced:,} replaced by a later one, "
        f"{times.of_another_value:,} of another value than participants-votes.csv, "
        f"{times.without_answer:,} without an answer there."
    )


def _differences(conversation: Conversation) -> Iterator[str]:
    differences = conversation.differences
    if not differences:
        yield "Polis's own totals agree with the answers."
        return
    agrees, disagrees = (
        {one.key for one in differences if one.file == "comments.csv" and one.column == column}
        for column in ("agrees", "disagrees")
    )
    yield (
        f"Polis's own totals of {len(agrees | disagrees):,} statements differ from the answers: "
        f"agrees of {len(agrees):,}, disagrees of {len(disagrees):,}. The answers count."
    )
    yield from (f"  {_told(one)}" for one in differences[:SHOWN])
    if len(differences) > SHOWN:
        yield f"  … and {len(differences) - SHOWN:,} more differences."


def _told(one: Difference) -> str:
    key = "" if one.key is None else f", {KEYS[one.file]} {one.key}"
    return f"{one.file}{key}: {one.column} says {one.stated:,}, counted {one.counted:,}"
