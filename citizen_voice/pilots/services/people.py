"""Who owns a pilot, who is the deputy, who manages it, and whose name is shown."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import or_, select

from citizen_voice.accounts.events import PersonLeaving
from citizen_voice.db import db
from citizen_voice.errors import NotAllowed, Refusal
from citizen_voice.pilots.models import DECIDED, Pilot
from citizen_voice.pilots.services.holding import held, record
from citizen_voice.team import queries as team
from citizen_voice.team.events import ColleagueLeft
from citizen_voice.team.models import PILOT_OWNER
from citizen_voice.words import _

PEOPLE = (Pilot.owner_id, Pilot.deputy_id, Pilot.manager_id)


def owner(person_id: UUID, *, field: str) -> UUID:
    """The key of somebody who is a pilot owner now; raises ``Refusal`` for anybody else."""
    if PILOT_OWNER not in team.roles(person_id):
        raise Refusal(_("Choose a colleague who owns trials."), field=field)
    return person_id


def assign(pilot_id: int, *, owner_id: UUID, deputy_id: UUID | None, actor: UUID | None) -> None:
    """Say who is responsible and who deputises. A name is shown again only by its own choice.

    Who managed it and runs it now is its manager no longer. Raises ``Refusal`` at ``owner_id`` or
    ``deputy_id`` for who is no pilot owner, or for one person as both.
    """
    pilot = held(pilot_id)
    if deputy_id is not None and deputy_id == owner_id:
        raise Refusal(_("Choose somebody else as the deputy."), field="deputy_id")
    owner(owner_id, field="owner_id")
    if deputy_id is not None:
        owner(deputy_id, field="deputy_id")
    shown = {
        person
        for person, is_shown in (
            (pilot.owner_id, pilot.owner_shown),
            (pilot.deputy_id, pilot.deputy_shown),
        )
        if is_shown and person is not None
    }
    if (owner_id, deputy_id) == (pilot.owner_id, pilot.deputy_id):
        return
    pilot.owner_id, pilot.deputy_id = owner_id, deputy_id
    pilot.owner_shown, pilot.deputy_shown = owner_id in shown, deputy_id in shown
    if pilot.manager_id in (owner_id, deputy_id):
        pilot.manager_id = None
    record("pilot assigned", pilot_id, actor, f"{owner_id} {deputy_id}")


def choose_manager(pilot_id: int, person_id: UUID | None, *, actor: UUID | None) -> None:
    """Say who hears of a late word, or that nobody does.

    Raises ``Refusal`` (``manager_id``) for who works here no more, and for who owns it or deputises
    and so hears of it anyway.
    """
    pilot = held(pilot_id)
    if person_id == pilot.manager_id:
        return
    if person_id is not None and not team.roles(person_id):
        raise Refusal(_("Choose a colleague."), field="manager_id")
    if person_id is not None and person_id in (pilot.owner_id, pilot.deputy_id):
        raise Refusal(_("Choose somebody else as the manager."), field="manager_id")
    pilot.manager_id = person_id
    record("pilot manager chosen", pilot_id, actor, str(person_id or ""))


def show_name(pilot_id: int, person_id: UUID, *, shown: bool) -> None:
    """Somebody has their own name shown with a pilot, or no longer; raises ``NotAllowed``."""
    pilot = held(pilot_id, decided=True)
    if person_id == pilot.owner_id:
        pilot.owner_shown = shown
    elif person_id == pilot.deputy_id:
        pilot.deputy_shown = shown
    else:
        raise NotAllowed(_("Only who owns this trial decides about their name."))


def hold_of_leaving(leaving: PersonLeaving) -> None:
    """Somebody deletes their account: what they own is held, as pilots are before ideas."""
    _held_of(leaving.person_id)


def words_of_leaving(leaving: PersonLeaving) -> None:
    """Somebody deletes their account: what they own needs somebody else."""
    colleague_left(ColleagueLeft(leaving.person_id, leaving.person_id))


def colleague_left(left: ColleagueLeft) -> None:
    """A colleague left: pilots that go on need somebody else; the deputy stays one.

    Everybody reads "Finding a new owner" until there is one.
    """
    for pilot in _held_of(left.person_id):
        let_go(pilot, [left.person_id], actor=left.actor)


def let_go(pilot: Pilot, people: Iterable[UUID], *, actor: UUID | None) -> None:
    """Some people own a pilot that is held no longer, nor deputise in it, nor manage it."""
    for person_id in people:
        if pilot.owner_id == person_id:
            pilot.owner_id, pilot.owner_shown = None, False
        if pilot.deputy_id == person_id:
            pilot.deputy_id, pilot.deputy_shown = None, False
        if pilot.manager_id == person_id:
            pilot.manager_id = None
    record("pilot left", pilot.id, actor)


def _held_of(person_id: UUID) -> Sequence[Pilot]:
    """The pilots that go on and that somebody owns, deputises in or manages, held by their numbers.

    One that is decided while we wait for it is none of them any more.
    """
    return db.session.scalars(
        select(Pilot)
        .where(
            or_(*(column == person_id for column in PEOPLE)),
            Pilot.stage != DECIDED,
            Pilot.cancelled_at.is_(None),
        )
        .order_by(Pilot.id)
        .with_for_update(),
        execution_options={"populate_existing": True},
    ).all()
