"""Cases of the queue as templates see them: what, why, for how long, who is on it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from citizen_voice.moderation import models, things
from citizen_voice.moderation.about import about
from citizen_voice.moderation.queries.reasons import Why
from citizen_voice.moderation.services.claiming import CLAIM_LASTS
from citizen_voice.moderation.setting_up import NAMES
from citizen_voice.web.filters import reference
from citizen_voice.words import _, gettext, language, ngettext

HOUR = timedelta(hours=1)
LONG = timedelta(hours=72)
EXCERPT = 180
MOST_NAMED = 3
"""So many categories of reports are named in a list; the case has all of them."""
SOON = 0.75
"""From this part of its time on, a case is about to be late."""

KIND_WORDS: Mapping[str, Any] = MappingProxyType(
    {things.IDEA: _("Idea"), things.COMMENT: _("Comment"), things.NAME: _("Name")}
)
LANGUAGE_WORDS: Mapping[str, Any] = MappingProxyType({"en": _("English"), "cy": _("Welsh")})
DONE_WORDS: Mapping[str, Any] = MappingProxyType(
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
ACT_WORDS: Mapping[str, Any] = MappingProxyType(
    {
        models.KEEP: _("Keep"),
        models.HIDE: _("Hide"),
        models.ASK: _("Ask for a change"),
        models.REDACT: _("Remove private details"),
        models.MOVE: _("Move"),
        models.MERGE: _("Join with another idea"),
        models.WARN: _("Warn"),
        models.PAUSE: _("Pause the account"),
        models.CLOSE: _("Close the account"),
        models.VOID: _("Void a sham’s answers"),
    }
)
ACT_KEYS: Mapping[str, str] = MappingProxyType(
    {
        models.KEEP: "1",
        models.HIDE: "2",
        models.ASK: "3",
        models.REDACT: "r",
        models.MOVE: "m",
        models.MERGE: "g",
        models.WARN: "w",
        models.PAUSE: "p",
        models.CLOSE: "s",
        models.VOID: "v",
    }
)


def kind_words(row: Any) -> str:
    """What a row is, in words, with the reference of what it is about: "Comment, CV-12"."""
    words, found = str(KIND_WORDS[things.kind_of(row)]), about(row.about_id, row.pilot_id)
    return words if found is None else f"{words}, {found.ref}"


def span(time: timedelta) -> str:
    """A length of time, in minutes, hours or days: "40 min", "4 h", "5 d"."""
    if time < HOUR:
        return gettext("%(number)s min", number=max(int(time / timedelta(minutes=1)), 0))
    if time <= LONG:
        return gettext("%(number)s h", number=int(time / HOUR))
    return gettext("%(number)s d", number=time.days)


def excerpt(words: str, most: int = EXCERPT) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def mark(row: Any) -> str:
    """The mark of the words that a row shows; the same as that of the thing (see ``things``)."""
    if row.idea_id is None and row.comment_id is None:
        return row.name or ""
    gone = row.comment_id is not None and row.removed_at is not None
    return things.mark(row.version, row.waiting, row.waiting_since, removed=gone)


class Clock:
    """How long a case has waited, of how long it may."""

    def __init__(self, row: Any, now: datetime) -> None:
        waited, allowed = now - row.opened_at, row.due_at - row.opened_at
        self.waited, self.allowed = span(waited), span(allowed)
        self.late = row.due_at < now
        self.soon = not self.late and waited >= SOON * allowed

    @property
    def words(self) -> str:
        """4 h of 24 h."""
        return gettext("%(waited)s of %(allowed)s", waited=self.waited, allowed=self.allowed)


class Claim:
    """Who is on a case, for somebody who looks: nobody, they themselves, or another one."""

    def __init__(self, row: Any, me: UUID, now: datetime) -> None:
        fresh = row.claimed_by is not None and row.claimed_at >= now - CLAIM_LASTS
        self.mine = fresh and row.claimed_by == me
        self.others = fresh and not self.mine
        self.name: str = row.claimant or gettext("A colleague")
        self.since: datetime | None = row.claimed_at
        self.over = row.claimed_by is not None and not fresh


class Waiting:
    """A case in the list."""

    def __init__(self, row: Any, why: Why, me: UUID, now: datetime) -> None:
        self.row = row
        self.id: UUID = row.id
        self.clock = Clock(row, now)
        self.claim = Claim(row, me, now)
        self.own = row.author_id == me
        self.grave = row.urgency == models.GRAVE
        self.why = why

    @property
    def kind(self) -> str:
        """Idea, comment or name."""
        return things.kind_of(self.row)

    @property
    def about(self) -> str:
        """What it is, in words, with the reference of the idea or the pilot."""
        return kind_words(self.row)

    @property
    def title(self) -> str:
        """What stands for it in a list: a title, first words, a name."""
        if self.kind == things.IDEA:
            return self.row.title or reference(self.row.idea_id)
        words = self.row.comment_body if self.kind == things.COMMENT else self.row.name
        return excerpt(words or "", 120) or gettext("No words any more")

    @property
    def excerpt(self) -> str:
        """The beginning of an idea's words."""
        return excerpt(self.row.idea_body or "") if self.kind == things.IDEA else ""

    @property
    def lang(self) -> str:
        """The language of the words."""
        said = self.row.comment_language if self.row.comment_id else self.row.idea_language
        return said or language()

    @property
    def language(self) -> str:
        """Its name."""
        return "" if self.kind == things.NAME else str(LANGUAGE_WORDS[self.lang])

    @property
    def reasons(self) -> list[str]:
        """Why it waits, in words: reports by category with their number first."""
        return reasons(self.why)

    @property
    def mark(self) -> str:
        """The mark of the words in the list."""
        return mark(self.row)


def reasons(why: Why) -> list[str]:
    """Why a case waits, in words."""
    said = [
        f"{NAMES[name]} ({number})" if number > 1 else str(NAMES[name])
        for name, number in sorted(why.categories.items(), key=lambda pair: -pair[1])[:MOST_NAMED]
    ]
    left = len(why.categories) - len(said)
    if left > 0:
        said.append(gettext("and more"))
    total = sum(why.categories.values())
    if total > 1:
        said.insert(0, ngettext("%(num)s report", "%(num)s reports", total))
    noticed = [str(NAMES[kind]) for kind in why.kinds if kind != models.REPORT]
    if models.REPORT in why.kinds and not why.categories:
        noticed.insert(0, gettext("Reported"))
    return said + noticed
