"""Server-side sessions: a cookie with a random token, a row with its hash, nothing else.

Reading sets no cookie: a visitor has an empty session that is never saved.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from flask import Flask, Request, Response, current_app, session
from flask.globals import request_ctx
from flask.sessions import SessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from citizen_voice import clock
from citizen_voice.accounts import queries, services
from citizen_voice.accounts.intents import ask_to_sign_in
from citizen_voice.accounts.models import TEEN
from citizen_voice.accounts.services import Opened
from citizen_voice.db import write
from citizen_voice.errors import Busy
from citizen_voice.site import storage
from citizen_voice.web import cookies, openly

TOUCH_EVERY = timedelta(minutes=5)
STAFF_TOUCH_EVERY = timedelta(minutes=1)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Member(UserMixin):  # type: ignore[misc]  # Flask-Login carries no types
    """Who is signed in, as read once for the request."""

    id: UUID
    session_id: UUID
    display_name: str | None
    email: str | None
    age_band: str | None
    joined_at: datetime
    shared: bool
    seen_at: datetime
    staff: bool = False
    roles: frozenset[str] = frozenset()
    confirmed_at: datetime | None = None
    mail_refused: bool = False

    @property
    def is_young(self) -> bool:
        """Whether they are under 18: nothing celebrates, thanks or urges them."""
        return self.age_band == TEEN

    def get_id(self) -> str:
        """What Flask-Login calls a user by."""
        return str(self.session_id)


class ServerSession(dict[str, Any], SessionMixin):
    """The request's session. ``token`` is set where the answer has to carry a new cookie."""

    def __init__(self, member: Member | None = None, csrf: str | None = None) -> None:
        super().__init__()
        self.member = member
        self.token: str | None = None
        self.ended = False
        if member is not None:
            self["_user_id"] = member.get_id()
            self["csrf_token"] = csrf


RolesOf = Callable[[UUID], frozenset[str]]


class Sessions(SessionInterface):
    """Opens a session from its cookie, and sets or takes away the cookie.

    ``roles_of`` tells the roles that a colleague has now; it is asked in staff sessions alone.
    """

    def __init__(self, roles_of: RolesOf) -> None:
        self.roles_of = roles_of

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        """The session of the request: a member's, or a visitor's empty one."""
        if openly.is_open(request.path):
            return ServerSession()
        token = request.cookies.get(cookies.full_name(storage.SESSION))
        row = queries.signed_in(token) if token else None
        if row is None or (row.staff and clock.now() - row.seen_at > services.STAFF_IDLE):
            return ServerSession()
        member = Member(
            id=row.id,
            session_id=row.session_id,
            display_name=row.display_name,
            email=row.email,
            age_band=row.age_band,
            joined_at=row.created_at,
            shared=row.shared,
            seen_at=row.seen_at,
            staff=row.staff,
            roles=self.roles_of(row.id) if row.staff else frozenset(),
            confirmed_at=row.confirmed_at,
            mail_refused=row.mail_refused_at is not None,
        )
        return ServerSession(member, row.csrf)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie of a session that was opened, take away that of one that ended."""
        if not isinstance(session, ServerSession):
            raise TypeError("sessions are ours alone")
        if session.token is not None and session.member is not None:
            ends = session.member.shared or session.member.staff
            lasts = None if ends else int(services.SESSION_LASTS.total_seconds())
            cookies.put(response, storage.SESSION, session.token, lasts)
        elif session.ended:
            cookies.drop(response, storage.SESSION)


def _current() -> ServerSession:
    current = request_ctx.session
    if not isinstance(current, ServerSession):
        raise TypeError("sessions are ours alone")
    return current


def enter(person_id: UUID, opened: Opened, *, shared: bool, staff: bool = False) -> None:
    """The person is signed in: in this request, and by the cookie that its answer carries."""
    row = queries.person(person_id)
    interface = current_app.session_interface
    roles = interface.roles_of(person_id) if staff and isinstance(interface, Sessions) else ()
    member = Member(
        id=person_id,
        session_id=opened.session_id,
        display_name=row.display_name,
        email=row.email,
        age_band=row.age_band,
        joined_at=row.created_at,
        shared=shared,
        seen_at=clock.now(),
        staff=staff,
        roles=frozenset(roles),
        confirmed_at=clock.now() if staff else None,
        mail_refused=row.mail_refused_at is not None,
    )
    current = _current()
    current.clear()
    current.member, current.token, current.ended = member, opened.token, False
    current["csrf_token"] = opened.csrf
    login_user(member)


def depart() -> None:
    """Nobody is signed in from here on; the cookie goes."""
    logout_user()
    current = _current()
    current.clear()
    current.member, current.token, current.ended = None, None, True


def set_up(app: Flask, roles_of: RolesOf) -> None:
    """Give the app its sessions and its current user."""
    app.session_interface = Sessions(roles_of)
    manager = LoginManager(app)
    manager.session_protection = None  # the token is bound to a row that its owner can end

    @manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login carries no types
    def load(_session_id: str) -> Member | None:
        member: Member | None = getattr(session, "member", None)
        return member

    manager.unauthorized_handler(ask_to_sign_in)

    @app.after_request
    def touch(response: Response) -> Response:
        """Note that a session is in use, at most every five minutes (a transaction of its own)."""
        member = getattr(session, "member", None)
        if member is None or not current_user.is_authenticated:
            return response
        if clock.now() - member.seen_at > (STAFF_TOUCH_EVERY if member.staff else TOUCH_EVERY):
            try:
                with write():
                    services.touch(member.session_id)
            except Busy:
                log.info("session not touched")
        return response
