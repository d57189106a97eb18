"""Signing in, sessions, and what people do with their account."""

from sqlalchemy import delete

from citizen_voice import clock
from citizen_voice.accounts.models import PendingSignIn, PersonSession, ShutAddress
from citizen_voice.accounts.services.people import (
    Paused,
    change_email,
    join,
    leave,
    refuse_paused,
    require_present,
    set_name,
)
from citizen_voice.accounts.services.refused import address_refused, address_works
from citizen_voice.accounts.services.sessions import (
    SESSION_LASTS,
    SHARED_SESSION_LASTS,
    STAFF_IDLE,
    STAFF_SESSION_LASTS,
    Opened,
    confirm_session,
    end_other_sessions,
    end_session,
    end_sessions,
    open_session,
    touch,
)
from citizen_voice.accounts.services.shutting import BARRED, AddressShut, bar_ends, reopen
from citizen_voice.accounts.services.signing_in import (
    CODE_LASTS,
    MOST_TRIES,
    PENDING_LASTS,
    CodeRunOut,
    WrongCode,
    begin,
    check_code,
    count_try,
    finish,
    mark_verified,
    normalise_email,
    rebind,
    send_code,
    still_good,
    turn_away,
)
from citizen_voice.db import db


def forget_old() -> int:
    """Delete sessions, sign-ins and marks of addresses that are over; gives how many."""
    now = clock.now()
    gone = 0
    for over in (
        delete(PersonSession).where(PersonSession.expires_at < now),
        delete(PendingSignIn).where(PendingSignIn.expires_at < now),
        delete(ShutAddress).where(ShutAddress.ends_at <= now),
    ):
        gone += int(db.session.execute(over).rowcount)  # type: ignore[attr-defined]  # a DML result
    return gone


__all__ = [
    "BARRED",
    "CODE_LASTS",
    "MOST_TRIES",
    "PENDING_LASTS",
    "SESSION_LASTS",
    "SHARED_SESSION_LASTS",
    "STAFF_IDLE",
    "STAFF_SESSION_LASTS",
    "AddressShut",
    "CodeRunOut",
    "Opened",
    "Paused",
    "WrongCode",
    "address_refused",
    "address_works",
    "bar_ends",
    "begin",
    "change_email",
    "check_code",
    "confirm_session",
    "count_try",
    "end_other_sessions",
    "end_session",
    "end_sessions",
    "finish",
    "forget_old",
    "join",
    "leave",
    "mark_verified",
    "normalise_email",
    "open_session",
    "rebind",
    "refuse_paused",
    "reopen",
    "require_present",
    "send_code",
    "set_name",
    "still_good",
    "touch",
    "turn_away",
]
