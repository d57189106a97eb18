"""Drafts as templates see them: a line under an open form, and cards in a list."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from citizen_voice import clock
from citizen_voice.challenges.models import OPEN, state
from citizen_voice.ideas.models import Draft
from citizen_voice.ideas.services import OpenForm
from citizen_voice.web.filters import Said, day_and_time, london, say, short_time

BEGINNING = 80  # letters of a draft without a title


@dataclass(frozen=True, slots=True)
class DraftLine:
    """What an open form says of its draft: where it is saved, since when, and until when.

    ``apart``: another form had saved the same draft, so this form has one of its own now.
    """

    form: OpenForm
    saved_at: datetime | None = None
    ends_at: datetime | None = None
    apart: bool = False
    refusal: object | None = None

    def saved(self, draft: Draft) -> Self:
        """The same after a save."""
        form = OpenForm(draft.id, draft.form_key, draft.revision)
        return replace(
            self,
            form=form,
            saved_at=draft.saved_at,
            ends_at=draft.ends_at,
            apart=draft.id != self.form.draft_id,
        )

    @property
    def when(self) -> str:
        """14:02, or with its day where that is not today."""
        return moment(self.saved_at) if self.saved_at is not None else ""

    @property
    def ends_on(self) -> date | None:
        """The last day on which it is kept."""
        return last_day(self.ends_at) if self.ends_at is not None else None


class DraftCard:
    """One draft, for its author."""

    __slots__ = ("closed", "question", "row")

    def __init__(self, row: Any) -> None:
        self.row = row
        self.question: Said | None = None if row.challenge_id is None else say(row, "question")
        self.closed = row.challenge_id is not None and not is_open(row)

    @property
    def id(self) -> UUID:
        """Its key."""
        key: UUID = self.row.id
        return key

    @property
    def name(self) -> str:
        """Its title, or how it begins."""
        title: str = self.row.title
        if title:
            return title
        words: str = " ".join(self.row.body.split())
        return words if len(words) <= BEGINNING else words[:BEGINNING].rstrip() + "…"

    @property
    def lang(self) -> str:
        """The language of its words."""
        return str(self.row.language)

    @property
    def slug(self) -> str | None:
        """Its challenge's, where that is open."""
        slug: str | None = self.row.slug
        return slug if slug is not None and not self.closed else None

    @property
    def when(self) -> str:
        """When it was saved."""
        return moment(self.row.saved_at)

    @property
    def ends_on(self) -> date:
        """The last day on which it is kept."""
        return last_day(self.row.ends_at)


def is_open(row: Any) -> bool:
    """Whether the challenge of a draft takes ideas now."""
    return row.challenge_id is not None and state(row, clock.now()) == OPEN


def last_day(ends_at: datetime) -> date:
    """The day of which ``ends_at`` is the last midnight."""
    return london(ends_at - timedelta(seconds=1))


def moment(when: datetime) -> str:
    """14:02 today, 12 November 2026, 14:02 on another day."""
    return short_time(when) if london(when) == clock.today() else day_and_time(when)
