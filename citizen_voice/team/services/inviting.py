"""Inviting somebody to become a colleague: a link, good once, for seven days."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from citizen_voice import clock
from citizen_voice.accounts import secrets
from citizen_voice.accounts.letters import Letter
from citizen_voice.accounts.models import Person
from citizen_voice.db import db, new_key
from citizen_voice.errors import Conflict, NotHere
from citizen_voice.journal import services as journal
from citizen_voice.outbox import services as outbox
from citizen_voice.team import letters, links
from citizen_voice.team.models import Colleague, Invitation
from citizen_voice.team.services.roles import administrators_before, checked
from citizen_voice.words import _, force_locale

INVITATION_LASTS = timedelta(days=7)


def invite(
    email: str,
    roles: Iterable[str],
    *,
    actor: UUID | None,
    language: str,
    ends_on: date | None = None,
    site_name: str | None = None,
) -> str:
    """Invite somebody; gives the token of the link. An invitation before it is good no more.

    The link goes out by letter where ``site_name`` is given. ``actor`` is an administrator, or
    ``None``: who runs the server. Raises ``Refusal`` for wrong roles, ``Conflict`` where they are a
    colleague already, ``NotAllowed`` where ``actor`` is no administrator.
    """
    administrators_before(actor)
    wanted = checked(roles, ends_on)
    known = db.session.scalar(
        select(Colleague.person_id)
        .join(Person, Person.id == Colleague.person_id)
        .where(Person.email == email, Colleague.left_at.is_(None))
    )
    if known is not None:
        raise Conflict(_("They are in the team already. Change their roles there."), field="email")
    db.session.execute(
        delete(Invitation).where(Invitation.email == email, Invitation.used_at.is_(None))
    )
    invitation = new_invitation(email, actor=actor, language=language)
    invitation.roles, invitation.ends_on = wanted, ends_on
    token = renewed(invitation, site_name=site_name)
    journal.append(
        "staff invited",
        actor=actor,
        subject=f"invitation {invitation.id}",
        detail=", ".join(wanted),
    )
    return token


def send_again(invitation_id: UUID, *, actor: UUID, site_name: str) -> None:
    """Send an invitation with another link, which lasts seven days from now."""
    administrators_before(actor)
    invitation = _open(invitation_id)
    renewed(invitation, site_name=site_name)
    journal.append("invitation sent again", actor=actor, subject=f"invitation {invitation_id}")


def withdraw(invitation_id: UUID, *, actor: UUID) -> None:
    """Take an invitation back: its link is good no more, and the address goes."""
    administrators_before(actor)
    db.session.delete(_open(invitation_id))
    journal.append("invitation withdrawn", actor=actor, subject=f"invitation {invitation_id}")


def new_invitation(
    email: str, *, actor: UUID | None, language: str, person_id: UUID | None = None
) -> Invitation:
    """An invitation without its link. ``person_id``: a colleague who sets up something anew."""
    now = clock.now()
    invitation = Invitation(
        id=new_key(),
        token_hash=b"",
        email=email,
        person_id=person_id,
        roles=[],
        language=language,
        invited_by=actor,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    db.session.add(invitation)
    return invitation


def renewed(invitation: Invitation, *, site_name: str | None) -> str:
    """Give an invitation a new link, and send it where ``site_name`` is given; gives the token."""
    token = secrets.new_token()
    invitation.token_hash = secrets.hashed(token)
    invitation.expires_at = clock.now() + INVITATION_LASTS
    if site_name is not None:
        _send(invitation, token, site_name)
    db.session.flush()
    return token


def _open(invitation_id: UUID) -> Invitation:
    invitation = db.session.get(
        Invitation, invitation_id, with_for_update=True, populate_existing=True
    )
    if invitation is None or invitation.used_at is not None:
        raise NotHere
    return invitation


def _send(invitation: Invitation, token: str, site_name: str) -> None:
    link = links.to_invitation(token, invitation.language)
    with force_locale(invitation.language):
        letter: Letter = (
            letters.invitation(link, site_name, invitation.roles)
            if invitation.person_id is None
            else letters.renewal(link, site_name)
        )
    outbox.enqueue(
        kind="invitation",
        to=invitation.email,
        subject=letter.subject,
        body=letter.body,
        language=invitation.language,
    )
