"""The filters of the queue and of the log, as they stand in an address."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict

from citizen_voice.errors import Refusal
from citizen_voice.moderation.models import (
    ACTS,
    EDIT_WAITS,
    EDITED_AFTER_SUPPORT,
    FLAGS,
    HELD,
    REPORT,
)
from citizen_voice.moderation.queries import log, queue
from citizen_voice.moderation.targets import CATEGORIES
from citizen_voice.words import LANGUAGES, _

KINDS = (REPORT, HELD, EDIT_WAITS, EDITED_AFTER_SUPPORT, *FLAGS)
Args = MultiDict[str, str]
LONGEST_NUMBER = 9


class BadFilter(Refusal):
    """An address narrows a list to something that cannot be."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("That list is not there. Start from the whole list."))


def _one_of(args: Args, name: str, known: Collection[str]) -> str | None:
    value = args.get(name) or None
    if value is not None and value not in known:
        raise BadFilter
    return value


def _number(args: Args, name: str) -> int | None:
    value = args.get(name) or None
    if value is None:
        return None
    if not (value.isascii() and value.isdecimal()) or len(value) > LONGEST_NUMBER:
        raise BadFilter
    return int(value)


def of_queue(args: Args) -> queue.Filters:
    """What an address narrows the queue to; raises ``BadFilter``."""
    return queue.Filters(
        kind=_one_of(args, "kind", KINDS),
        category=_one_of(args, "category", CATEGORIES),
        language=_one_of(args, "language", LANGUAGES),
        challenge=_number(args, "challenge"),
        type=_one_of(args, "type", queue.TYPES),
        whose=_one_of(args, "whose", queue.WHOSE),
    )


def of_log(args: Args) -> log.Filters:
    """What an address narrows the log to; raises ``BadFilter``."""
    who: Any = args.get("who") or None
    if who is not None:
        try:
            who = UUID(who)
        except ValueError:
            raise BadFilter from None
    answers = (log.YES, log.NO)
    return log.Filters(
        act=_one_of(args, "act", ACTS),
        ground=_number(args, "ground"),
        who=who,
        undone=_one_of(args, "undone", answers),
        appealed=_one_of(args, "appealed", answers),
    )
