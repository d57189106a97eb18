"""Who works here, and in which roles."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.errors import Refusal
from citizen_voice.journal import services as journal
from citizen_voice.team.models import ROLES, Colleague, ColleagueRole
from citizen_voice.words import _


def admit(
    person_id: UUID, roles: Iterable[str], *, actor: UUID | None, ends_on: date | None = None
) -> None:
    """Make somebody a colleague with these roles, or give a colleague these and no others.

    ``ends_on`` is the last day on which they have them. Raises ``Refusal`` for a role that is none.
    """
    wanted = list(dict.fromkeys(roles))
    if not wanted or not set(wanted) <= set(ROLES):
        raise Refusal(_("Choose one role or more."), field="roles")
    now = clock.now()
    colleague = db.session.get(Colleague, person_id, with_for_update=True)
    if colleague is None:
        colleague = Colleague(person_id=person_id, joined_at=now)
        db.session.add(colleague)
    colleague.left_at = None
    db.session.flush()  # its roles refer to it
    db.session.execute(delete(ColleagueRole).where(ColleagueRole.person_id == person_id))
    db.session.add_all(
        ColleagueRole(
            person_id=person_id,
            role=name,
            given_at=now,
            given_by=actor,
            ends_on=ends_on,
            ends_at=None if ends_on is None else clock.end_of(ends_on),
        )
        for name in wanted
    )
    journal.append(
        "roles given", actor=actor, subject=f"person {person_id}", detail=", ".join(wanted)
    )


def colleagues_with(role: str) -> list[UUID]:
    """The keys of the colleagues who have a role now, in the order in which they came."""
    now = clock.now()
    return list(
        db.session.scalars(
            select(Colleague.person_id)
            .join(ColleagueRole, ColleagueRole.person_id == Colleague.person_id)
            .where(
                ColleagueRole.role == role,
                Colleague.left_at.is_(None),
                ColleagueRole.ends_at.is_(None) | (ColleagueRole.ends_at > now),
            )
            .order_by(Colleague.joined_at, Colleague.person_id)
        )
    )
