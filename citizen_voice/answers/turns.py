"""One idea at a time: whose turn it is, as templates see it."""

from typing import Any
from uuid import UUID

from citizen_voice.answers import queries
from citizen_voice.challenges.cards import ChallengeCard
from citizen_voice.challenges.models import OPEN, OPINION
from citizen_voice.db import AnyRow
from citizen_voice.ideas import ordering, policies
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.detail import Detail
from citizen_voice.web.filters import reference


class Turn:
    """The idea that a reader is asked about now, or that there is none left.

    ``challenge`` is a row with the columns of a challenge's card; ``key`` its key. ``last`` is the
    row of the idea that was answered a moment ago, ``again`` of one to be shown again, ``after`` a
    place in the order. Raises ``BadCursor`` and ``ordering.Reshuffled``.
    """

    def __init__(
        self,
        challenge: AnyRow,
        key: int,
        person_id: UUID | None,
        *,
        offset: int,
        after: str | None = None,
        last: AnyRow | None = None,
        again: AnyRow | None = None,
    ) -> None:
        self.challenge = ChallengeCard(challenge)
        self.skips_count = person_id is not None and challenge.ballot == OPINION
        self.last = _answered(last, key, person_id)
        self.idea: Detail | None = None
        self.again = False
        self.empty = False
        self.skip_to: str | None = None
        if after is None and last is not None and last.challenge_id == key:
            after = ordering.cursor(ordering.FAIR, last, offset)
        self.from_the_top = after is None
        if self.challenge.state != OPEN:
            return
        row = _unanswered(again, key, person_id)
        if row is not None:
            self.again = True
        else:
            row = self._next(key, person_id, after, offset)
        if row is not None:
            self.idea = Detail(row, person_id)
            if not self.skips_count:
                self.skip_to = ordering.cursor(ordering.FAIR, row, offset)
        elif self.from_the_top:
            self.empty = ideas.totals(key).ideas == 0

    def _next(
        self, key: int, person_id: UUID | None, after: str | None, offset: int
    ) -> AnyRow | None:
        unseen = queries.unanswered(person_id)
        number = ideas.next_one(key, person_id, unseen, after=after, offset=offset)
        if number is None and after is not None and self.skips_count:
            # what was passed over before signing in, or has come since
            number = ideas.next_one(key, person_id, unseen, after=None, offset=offset)
        if number is None:
            return None
        return ideas.shown(reference(number), queries.mine(person_id))


def _answered(row: Any, key: int, person_id: UUID | None) -> Detail | None:
    """The idea just answered, where that is true and it is of this challenge."""
    if row is None or row.challenge_id != key or row.mine is None:
        return None
    return Detail(row, person_id) if policies.can_see(row, person_id) else None


def _unanswered(row: Any, key: int, person_id: UUID | None) -> Any:
    """A row that may be shown again, else ``None``."""
    if row is None or row.challenge_id != key or row.mine is not None:
        return None
    idea = Detail(row, person_id)
    return row if idea.answerable and not idea.is_author else None
