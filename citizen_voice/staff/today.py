"""*Today* as templates see it: what waits, with its clock, for who is signed in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from types import MappingProxyType
from typing import Any
from uuid import UUID

from citizen_voice import clock
from citizen_voice.ideas.queries.choices import named, names
from citizen_voice.moderation import models
from citizen_voice.moderation.setting_up import NAMES
from citizen_voice.staff import queries
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from citizen_voice.web.filters import say
from citizen_voice.words import _, language

EXCERPT = 140
HOUR = timedelta(hours=1)
LONG = timedelta(hours=72)

APPEALED: Mapping[str, Any] = MappingProxyType(
    {
        models.KEEP: _("Kept"),
        models.HIDE: _("Hidden"),
        models.ASK: _("Asked for a change"),
        models.REDACT: _("Private details taken out"),
        models.MOVE: _("Moved"),
        models.MERGE: _("Joined with another idea"),
        models.WARN: _("Warned"),
        models.PAUSE: _("Paused"),
        models.CLOSE: _("Account closed"),
        models.VOID: _("Answers void"),
    }
)


def span(time: timedelta) -> str:
    """A length of time, in minutes, hours or days: "40 min", "4 h", "5 d"."""
    if time < HOUR:
        return str(_("%(number)s min", number=max(int(time / timedelta(minutes=1)), 0)))
    if time <= LONG:
        return str(_("%(number)s h", number=int(time / HOUR)))
    return str(_("%(number)s d", number=time.days))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case: why it waits, what it is about, and since when."""

    id: UUID
    reasons: list[str]
    about: str
    words: str
    lang: str
    grave: bool
    waited: str
    allowed: str
    late: bool


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
        self.appeals: list[Asked] = []
        self.median: str | None = None
        self.invitations = 0
        self.without_welsh: list[Any] = []
        if self.moderates or self.administers:
            rest = queries.rest(now)
            self.appeals = [_asked(row, now) for row in rest.appeals]
            self.median = None if rest.median is None else span(rest.median)
            if self.administers:
                self.invitations = rest.invitations

    def look_for_welsh(self) -> None:
        """Find the challenges that lack their question in Welsh, for administrators."""
        if self.administers:
            self.without_welsh = [row for row in names().challenges.values() if not row.question_cy]

    @property
    def nothing(self) -> bool:
        """Whether nothing waits at all."""
        return not (self.cases or self.mine or self.replies or self.appeals or self.set_up)

    @property
    def set_up(self) -> bool:
        """Whether an administrator has something to set up."""
        return bool(self.invitations or self.without_welsh)


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
        words=_excerpt(words),
        lang=lang or language(),
        grave=first.urgency == models.GRAVE,
        waited=span(now - first.opened_at),
        allowed=span(first.due_at - first.opened_at),
        late=first.due_at < now,
    )


def _about(row: Any) -> tuple[str, str, str]:
    if row.comment_id is not None:
        return str(_("Comment")), row.body or "", row.comment_language or ""
    if row.person_id is not None:
        return str(_("Name")), row.name or "", ""
    return str(_("Idea")), row.title or "", row.language or ""


def _reason(row: Any) -> str:
    if row.kind == models.REPORT:
        return str(_("Reports: %(number)s", number=row.reports))
    return str(NAMES.get(row.kind, "")) or str(_("Waits"))


def _excerpt(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


def _asked(row: Any, now: datetime) -> Asked:
    what = str(APPEALED[row.act])
    return Asked(row.id, what, _excerpt(row.words), row.language, span(now - row.made_at))


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
