"""Joining ideas from the board, and switching on what needs somebody's signature first."""

from uuid import UUID

from sqlalchemy import select

from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, NotHere
from citizen_voice.ideas.models import Idea
from citizen_voice.journal import services as journal
from citizen_voice.merging import services as merging
from citizen_voice.merging.models import IdeaMerge
from citizen_voice.site import queries as site_rows
from citizen_voice.site import services as site
from citizen_voice.words import _


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


def switch_groups_on(*, actor: UUID) -> None:
    """Have support across opinion groups worked out, which is profiling.

    ``site_settings.groups_dpia`` says who signed its impact assessment, and when: signing and
    ending one write that there (``records``). Raises ``NotAllowed`` while none is signed.
    """
    site_rows.locked()  # it may end at the same time
    signed = str(site_rows.settings().groups_dpia)
    if not signed:
        raise NotAllowed(
            _("This stays off until its impact assessment is signed. It is among the assessments.")
        )
    site.change(groups_on=True)
    journal.append("opinion groups switched on", actor=actor, subject="site", detail=signed)


def switch_groups_off(*, actor: UUID) -> None:
    """Have it worked out no more; its assessment stays as it is."""
    site.change(groups_on=False)
    journal.append("opinion groups switched off", actor=actor, subject="site")
