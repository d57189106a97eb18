"""*Today* as templates see it: what waits, with its clock, for who is signed in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from citizen_voice import clock
from citizen_voice.consent import queries as consent
from citizen_voice.consent.elements import NOTICES
from citizen_voice.ideas.queries.choices import named, names
from citizen_voice.moderation import models, waiting
from citizen_voice.moderation.setting_up import NAMES
from citizen_voice.moderation.things import COMMENT, IDEA, NAME
from citizen_voice.staff import queries, requests, trials
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR, PRIVACY_OFFICER
from citizen_voice.web.filters import say
from citizen_voice.words import _, language

EXCERPT = 140


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case: why it waits, what it is about, and for how long of how long it may."""

    id: UUID
    reasons: list[str]
    about: str
    words: str
    lang: str
    grave: bool
    clock: waiting.Clock


@dataclass(frozen=True, slots=True)
class Asked:
    """An appeal: what was decided, what its author says, and for how long it has waited."""

    id: UUID
    what: str
    words: str
    lang: str
    waited: str


@dataclass(frozen=True, slots=True)
class Due:
    """Replies that a challenge owes by a day, or the next word that an idea is owed."""

    challenge_id: int
    idea_id: int | None
    question: Any
    title: str
    lang: str
    ideas: int
    day: date
    late: bool


class Today:
    """What waits for somebody with some roles; nothing is read that they may not see."""

    def __init__(self, person_id: UUID, roles: Iterable[str]) -> None:
        now, today, held = clock.now(), clock.today(), frozenset(roles)
        self.moderates = MODERATOR in held
        self.administers = ADMINISTRATOR in held
        self.cases: list[Waiting] = []
        self.mine: list[Waiting] = []
        self.replies: list[Due] = []
        if self.moderates:
            found = list(_cases(queries.cases(person_id, now), now))
            self.cases = [case for shelf, case in found if shelf == queries.QUEUE]
            self.mine = [case for shelf, case in found if shelf == queries.MINE]
            self.replies = [_due(row, today) for row in queries.replies(today)]
        self.trials = list(trials.due(person_id, held, today))
        self.requests = list(requests.due(held, today))
        self.appeals: list[Asked] = []
        self.median: str | None = None
        self.invitations = 0
        self.without_welsh: list[Any] = []
        self.notices: list[Any] = []
        self.guards_data = PRIVACY_OFFICER in held
        if self.moderates or self.administers:
            rest = queries.rest(now)
            self.appeals = [_asked(row, now) for row in rest.appeals]
            self.median = None if rest.median is None else waiting.span(rest.median)
            if self.administers:
                self.invitations = rest.invitations

    def look_for_welsh(self) -> None:
        """Find the challenges that lack their question in Welsh, for administrators."""
        if self.administers:
            self.without_welsh = [row for row in names().challenges.values() if not row.question_cy]

    def look_at_notices(self, council: str) -> None:
        """Find the notices that do not name this council, for the privacy officer."""
        if self.guards_data:
            self.notices = [NOTICES[name].title for name in consent.of_another_council(council)]

    @property
    def nothing(self) -> bool:
        """Whether nothing waits at all."""
        return not any(
            (
                self.cases,
                self.mine,
                self.replies,
                self.trials,
                self.requests,
                self.appeals,
                self.set_up,
            )
        )

    @property
    def set_up(self) -> bool:
        """Whether an administrator or the privacy officer has something to set up."""
        return bool(self.invitations or self.without_welsh or self.notices)


def _cases(rows: Iterable[Any], now: datetime) -> Iterator[tuple[str, Waiting]]:
    ordered = sorted(rows, key=lambda row: row.shelf)  # each shelf keeps the order of its rows
    for (shelf, _key), reasons in groupby(ordered, key=lambda row: (row.shelf, row.id)):
        yield shelf, _waiting(list(reasons), now)


def _waiting(rows: list[Any], now: datetime) -> Waiting:
    first = rows[0]
    about, words, lang = _about(first)
    return Waiting(
        id=first.id,
        reasons=[_reason(row) for row in rows],
        about=about,
        words=waiting.excerpt(words, EXCERPT),
        lang=lang or language(),
        grave=first.urgency == models.GRAVE,
        clock=waiting.Clock(first, now),
    )


def _about(row: Any) -> tuple[str, str, str]:
    if row.comment_id is not None:
        return str(waiting.KIND_WORDS[COMMENT]), row.body or "", row.comment_language or ""
    if row.person_id is not None:
        return str(waiting.KIND_WORDS[NAME]), row.name or "", ""
    return str(waiting.KIND_WORDS[IDEA]), row.title or "", row.language or ""


def _reason(row: Any) -> str:
    if row.kind == models.REPORT:
        return str(_("Reports: %(number)s", number=row.reports))
    return str(NAMES.get(row.kind, "")) or str(_("Waits"))


def _asked(row: Any, now: datetime) -> Asked:
    words = waiting.excerpt(row.words, EXCERPT)
    waited = waiting.span(now - row.made_at)
    return Asked(row.id, str(waiting.DONE_WORDS[row.act]), words, row.language, waited)


def _due(row: Any, today: date) -> Due:
    challenge = named("challenges", row.challenge_id)
    return Due(
        challenge_id=row.challenge_id,
        idea_id=row.idea_id,
        question=say(challenge, "question"),
        title=row.title or "",
        lang=row.language or language(),
        ideas=row.ideas,
        day=row.day,
        late=row.day < today,
    )
