"""Joining ideas from the board, and switching on what needs somebody's signature first."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.ideas.models import Idea
from citizen_voice.journal import services as journal
from citizen_voice.merging import services as merging
from citizen_voice.merging.models import IdeaMerge
from citizen_voice.site import services as site
from citizen_voice.words import _

NAME_LONGEST = 120


def join(from_id: int, into_id: int, *, actor: UUID, reason: str) -> None:
    """Make an idea part of another one; see ``merging.services.merge``, whose refusals these are.

    Raises ``NotAllowed`` for one's own ideas, too.
    """
    _refuse_own(from_id, into_id, actor)
    merging.merge(from_id, into_id, actor=actor, reason=reason)


def part(merge_id: int, *, actor: UUID) -> None:
    """Take two ideas apart; see ``merging.services.unmerge``.

    Raises ``NotAllowed`` for one's own ideas, too.
    """
    row = db.session.get(IdeaMerge, merge_id)
    if row is None:
        raise NotHere
    _refuse_own(row.from_id, row.into_id, actor)
    merging.unmerge(merge_id, actor=actor)


def _refuse_own(first: int, second: int, actor: UUID) -> None:
    both = Idea.id.in_([first, second])
    own = select(Idea.id).where(both, Idea.author_id == actor).limit(1)
    if db.session.execute(own).first() is not None:
        raise NotAllowed(_("Nobody decides about their own words. Leave it to somebody else."))


def switch_groups_on(signed_by: str, signed_on: date, *, actor: UUID) -> None:
    """Have support across opinion groups worked out, which is profiling.

    ``signed_by`` signed its data protection impact assessment on ``signed_on``; both are kept and
    shown. Raises ``Refusal``.
    """
    name = " ".join(signed_by.split())
    if not name:
        raise Refusal(_("Say who signed it."), field="signed_by")
    if len(name) > NAME_LONGEST:
        raise Refusal(_("Make this 120 letters or shorter."), field="signed_by")
    if signed_on > clock.today():
        raise Refusal(_("That day has not come yet."), field="signed_on")
    signed = f"{signed_on.isoformat()} {name}"
    site.change(groups_on=True, groups_dpia=signed)
    journal.append("opinion groups switched on", actor=actor, subject="site", detail=signed)


def switch_groups_off(*, actor: UUID) -> None:
    """Have it worked out no more; who signed stays known in the journal."""
    site.change(groups_on=False, groups_dpia="")
    journal.append("opinion groups switched off", actor=actor, subject="site")
