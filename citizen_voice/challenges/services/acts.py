"""What the council's people do with challenges; each act stands in the journal.

``actor`` is who does it, ``None`` for the command line. A challenge that is not there is
``NotHere``; what may not be done with it raises what ``policies`` says.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete as delete_rows
from sqlalchemy.exc import IntegrityError

from citizen_voice import clock
from citizen_voice.challenges import policies, seen
from citizen_voice.challenges.models import LONGEST, Challenge, OldSlug, Topic
from citizen_voice.challenges.queries import BIGGEST_KEY
from citizen_voice.challenges.services import making, slugs
from citizen_voice.db import db
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.journal import services as journal
from citizen_voice.words import _

DAYS = ("opens_on", "closes_on")


class ChangedMeanwhile(Conflict):
    """Somebody else has changed it since. ``now`` is what they changed, column by column."""

    def __init__(self, now: Mapping[str, Any], mark: str) -> None:
        super().__init__(_("Somebody else changed this challenge meanwhile."))
        self.now = now
        self.mark = mark


def make(values: Mapping[str, Any], *, actor: UUID | None) -> Challenge:
    """Make a draft. Without a slug it gets one from its question; raises what ``create`` raises."""
    words = dict(values)
    words["slug"] = words.get("slug") or slugs.proposed(words["question_en"])
    _refuse_lengths(words)
    challenge = making.create(**words)
    _record("challenge made", challenge, actor)
    return challenge


def edit(
    challenge_id: int,
    values: Mapping[str, Any],
    *,
    mark: str,
    actor: UUID | None,
    answered: Callable[[int], bool],
) -> Challenge:
    """Change the words and rules of a challenge; what ``values`` leaves out stays.

    ``mark`` is of the row that they saw (``seen.mark``). ``answered`` tells whether anybody has
    answered an idea of a challenge: then its ballot stays. Raises ``ChangedMeanwhile``,
    ``Incomplete`` where a published one would lose a part of its promise, and ``Refusal``.
    """
    challenge = locked(challenge_id)
    others = seen.changed(challenge, mark)
    if others:
        raise ChangedMeanwhile(
            {name: getattr(challenge, name) for name in others}, seen.mark(challenge)
        )
    new = {name: values[name] for name in seen.EDITED if name in values}
    _refuse_lengths(new)
    making.refuse_kinds(
        new.get("ballot", challenge.ballot), new.get("moderation", challenge.moderation)
    )
    if "question_en" in new:
        making.refuse_question(new["question_en"])
    if new.get("ballot", challenge.ballot) != challenge.ballot and answered(challenge.id):
        raise Conflict(
            _("People have answered already, so the ballot can’t change any more."), field="ballot"
        )
    slugs.change(challenge, new.pop("slug", None) or challenge.slug)
    opens_on, closes_on = (new.pop(name, getattr(challenge, name)) for name in DAYS)
    if challenge.published_at is None:
        making.put_days(challenge, opens_on, closes_on)
    for name, value in new.items():
        setattr(challenge, name, value)
    if challenge.published_at is not None and policies.missing(challenge):
        raise policies.Incomplete(policies.missing(challenge))
    db.session.flush()
    _record("challenge edited", challenge, actor)
    return challenge


def publish(challenge_id: int, *, actor: UUID | None) -> Challenge:
    """Show it to everybody."""
    challenge = locked(challenge_id)
    policies.refuse_to_publish(challenge, clock.now())
    making.publish(challenge)
    _record("challenge published", challenge, actor)
    return challenge


def reschedule(
    challenge_id: int, *, opens_on: date, closes_on: date, actor: UUID | None
) -> Challenge:
    """Move its days; raises ``Refusal`` for days that cannot be."""
    challenge = locked(challenge_id)
    policies.refuse_to_reschedule(challenge, clock.now())
    making.put_days(challenge, opens_on, closes_on)
    _record("challenge rescheduled", challenge, actor, f"{opens_on} – {closes_on}")
    return challenge


def archive(challenge_id: int, *, actor: UUID | None) -> Challenge:
    """Take it off the public lists; its page and its ideas stay."""
    challenge = locked(challenge_id)
    policies.refuse_to_archive(challenge, clock.now())
    challenge.archived_at = clock.now()
    _record("challenge archived", challenge, actor)
    return challenge


def restore(challenge_id: int, *, actor: UUID | None) -> Challenge:
    """Put it back onto the public lists."""
    challenge = locked(challenge_id)
    policies.refuse_to_restore(challenge, clock.now())
    challenge.archived_at = None
    _record("challenge brought back", challenge, actor)
    return challenge


def cancel(challenge_id: int, *, why_en: str, why_cy: str, actor: UUID | None) -> Challenge:
    """End it now, for a reason that everybody reads first on its page.

    From this moment it is closed: one that was to come opens and closes in it.
    """
    challenge = locked(challenge_id)
    now = clock.now()
    policies.refuse_to_cancel(challenge, now)
    if not why_en.strip():
        raise Refusal(_("Say why. Everybody reads this first."), field="why_en")
    _refuse_lengths({"cancelled_why_en": why_en, "cancelled_why_cy": why_cy})
    challenge.cancelled_at = challenge.closes_at = now
    challenge.cancelled_why_en, challenge.cancelled_why_cy = why_en, why_cy
    challenge.closes_on = clock.today()
    challenge.opens_on = min(challenge.opens_on, challenge.closes_on)
    challenge.opens_at = min(challenge.opens_at, now - timedelta(microseconds=1))
    _record("challenge cancelled", challenge, actor, why_en)
    return challenge


def resume(challenge_id: int, *, opens_on: date, closes_on: date, actor: UUID | None) -> Challenge:
    """Take a cancellation back: it goes on, on these days."""
    challenge = locked(challenge_id)
    policies.refuse_to_resume(challenge, clock.now())
    making.put_days(challenge, opens_on, closes_on)
    challenge.cancelled_at = None
    challenge.cancelled_why_en = challenge.cancelled_why_cy = ""
    _record("challenge cancellation taken back", challenge, actor, f"{opens_on} – {closes_on}")
    return challenge


def delete(challenge_id: int, *, actor: UUID | None) -> None:
    """Delete a draft that was never published; raises ``Conflict`` where ideas hang on it."""
    challenge = locked(challenge_id)
    policies.refuse_to_delete(challenge, clock.now())
    _record("challenge deleted", challenge, actor)
    try:
        for table in (Topic, OldSlug):
            db.session.execute(delete_rows(table).where(table.challenge_id == challenge.id))
        db.session.delete(challenge)
        db.session.flush()
    except IntegrityError:
        raise Conflict(_("There are ideas in this challenge, so it can’t be deleted.")) from None


def locked(challenge_id: int) -> Challenge:
    """A challenge, held until the transaction ends; raises ``NotHere``."""
    if challenge_id > BIGGEST_KEY:
        raise NotHere
    challenge = db.session.get(Challenge, challenge_id, with_for_update={"key_share": True})
    if challenge is None:
        raise NotHere
    return challenge


def _refuse_lengths(values: Mapping[str, Any]) -> None:
    for column, value in values.items():
        longest = LONGEST.get(column.rpartition("_")[0])
        if longest is not None and len(value) > longest:
            raise Refusal(
                _("Make this %(number)s letters or shorter.", number=longest), field=column
            )


def _record(act: str, challenge: Challenge, actor: UUID | None, detail: str = "") -> None:
    journal.append(act, actor=actor, subject=f"challenge {challenge.slug}", detail=detail)
