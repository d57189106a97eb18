"""Giving, withdrawing and refusing a consent (UK GDPR Art 7): one purpose at a time.

Each writes one entry into the ledger, or none where it is so already. What is withdrawn counts at
once: letters that wait are taken out of the outbox, and the gate holds back what comes later.
"""

from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock, register
from citizen_voice.accounts.models import ADULT, FORMER, Person
from citizen_voice.consent import queries
from citizen_voice.consent.models import (
    EXPIRED,
    GIVEN,
    REFUSED,
    WITHDRAWN,
    Notice,
    NoticeServed,
)
from citizen_voice.consent.queries import PRIVACY
from citizen_voice.consent.services import ledger
from citizen_voice.consent.services.ledger import How, Shown
from citizen_voice.consent.services.purposes import require_active
from citizen_voice.db import AnyRow, db, write
from citizen_voice.errors import Conflict, NotAllowed, NotHere, Refusal
from citizen_voice.outbox import services as outbox
from citizen_voice.outbox.kinds import KINDS
from citizen_voice.register import Basis
from citizen_voice.words import _

BATCH = 200
BY_THE_CLOCK = How("clock", "none", "en")


class NotOnConsent(Refusal):
    """A purpose rests on another basis: nobody is asked, so nobody can agree or refuse."""

    def __init__(self) -> None:
        super().__init__(_("We don’t ask for your consent to that."))


class NoticeNotServed(Refusal):
    """Somebody agrees who was not shown the notice (Art 7(2), 13)."""

    def __init__(self) -> None:
        super().__init__(_("Please read the privacy notice first. Then choose again."))


class NoticeChanged(Conflict):
    """Somebody agrees on a version of the notice that is no longer in force."""

    def __init__(self) -> None:
        super().__init__(
            _("The privacy notice has changed since you opened this page. Please choose again.")
        )


class BriefChanged(Conflict):
    """Somebody agrees who did not see the brief words that stand beside the choice now."""

    def __init__(self) -> None:
        super().__init__(
            _("What we say about this choice has changed. Please read it, then choose again.")
        )


class ForAdults(NotAllowed):
    """Under-18s are offered nothing on consent: no newsletter, no research."""

    def __init__(self) -> None:
        super().__init__(_("This is for people of 18 or over."))


def give(
    person_id: UUID,
    purpose: str,
    *,
    notice_version: int,
    brief_version: int = 0,
    control: str,
    screen: str,
    language: str,
) -> bool:
    """Somebody agrees to a purpose, inside the caller's transaction; gives whether that is new.

    ``brief_version`` is that of the brief words beside the choice, 0 where there were none.

    Raises ``register.UnknownPurpose``, ``NotOnConsent``, ``InactivePurpose``, ``ForAdults``,
    ``NoticeNotServed`` for a version of the notice that they were not shown, ``NoticeChanged`` and
    ``BriefChanged`` for one that is not in force, ``NotHere`` for who has left.
    """
    refuse_other_purposes(purpose)
    if _held(person_id).age_band != ADULT:
        raise ForAdults
    before = ledger.newest(person_id, purpose)
    if before is not None and before.state == GIVEN:
        return False
    shown = _served(person_id, PRIVACY, notice_version, language)
    if shown is None:
        raise NoticeNotServed
    if notice_version < queries.current_version(PRIVACY):
        raise NoticeChanged
    if brief_version != queries.current_version(purpose):
        raise BriefChanged
    if brief_version:
        brief = _served(person_id, purpose, brief_version, language)
        if brief is None:
            raise NoticeNotServed
        shown = _together(shown, brief)
    ledger.write_down(person_id, purpose, GIVEN, shown, How(control, screen, language))
    return True


def withdraw(
    person_id: UUID,
    purpose: str,
    *,
    notice_version: int | None = None,
    brief_version: int = 0,
    control: str,
    screen: str,
    language: str,
) -> bool:
    """Somebody takes a consent back; gives whether there was one.

    Letters that rest on it and wait are taken out of the outbox. Raises ``NotOnConsent``,
    ``register.UnknownPurpose``, ``NotHere``; nothing else can stand in the way (Art 7(3)).
    """
    _refuse_other_basis(purpose)
    _held(person_id)
    before = ledger.newest(person_id, purpose)
    if before is None or before.state != GIVEN:
        return False
    served = _both(person_id, purpose, notice_version or 0, brief_version, language)
    shown = served or Shown(before.notice_version, before.notice_hash)
    ledger.write_down(person_id, purpose, WITHDRAWN, shown, How(control, screen, language))
    _take_back_letters(person_id, purpose)
    return True


def refuse(
    person_id: UUID,
    purpose: str,
    *,
    notice_version: int,
    brief_version: int = 0,
    control: str,
    screen: str,
    language: str,
) -> bool:
    """Somebody says no to a purpose; gives whether that is new. Who had agreed withdraws.

    Raises ``NotOnConsent``, ``register.UnknownPurpose``, ``NotHere``.
    """
    _refuse_other_basis(purpose)
    _held(person_id)
    before = ledger.newest(person_id, purpose)
    if before is not None and before.state == REFUSED:
        return False
    state = WITHDRAWN if before is not None and before.state == GIVEN else REFUSED
    shown = _both(person_id, purpose, notice_version, brief_version, language) or Shown(0, "")
    ledger.write_down(person_id, purpose, state, shown, How(control, screen, language))
    _take_back_letters(person_id, purpose)
    return True


def expire() -> int:
    """Write down of every consent that has lasted as long as its purpose says that it is over.

    In batches, each a transaction, for the daily job; gives how many.
    """
    over = 0
    for purpose, lasts in queries.LASTS.items():
        while people := queries.given_before(purpose, clock.now() - lasts, BATCH):
            for person_id in people:
                with write():
                    over += _expire(person_id, purpose)
    return over


def _expire(person_id: UUID, purpose: str) -> int:
    try:
        _held(person_id)
    except NotHere:  # they left meanwhile
        return 0
    before = ledger.newest(person_id, purpose)
    if before is None or before.state != GIVEN:
        return 0
    if before.at > clock.now() - queries.LASTS[purpose]:
        return 0
    shown = Shown(before.notice_version, before.notice_hash)
    ledger.write_down(person_id, purpose, EXPIRED, shown, BY_THE_CLOCK)
    _take_back_letters(person_id, purpose)
    return 1


def refuse_other_purposes(purpose: str) -> None:
    """Raise what ``give`` raises of a purpose that nobody may agree to now."""
    _refuse_other_basis(purpose)
    require_active(purpose)


def _refuse_other_basis(purpose: str) -> None:
    if register.purpose(purpose).basis is not Basis.CONSENT:
        raise NotOnConsent


def _held(person_id: UUID) -> AnyRow:
    """Who chooses; they stay until the act is done. Raises ``NotHere`` for who has left.

    Who is paused chooses as everybody does.
    """
    row = db.session.execute(
        select(Person.kind, Person.age_band)
        .where(Person.id == person_id)
        .with_for_update(read=True, key_share=True)
    ).one_or_none()
    if row is None or row.kind == FORMER:
        raise NotHere
    return row


def _both(
    person_id: UUID, purpose: str, notice_version: int, brief_version: int, language: str
) -> Shown | None:
    """What somebody was shown who says no; what they were not shown stands in nobody’s way."""
    notice = _served(person_id, PRIVACY, notice_version, language)
    brief = _served(person_id, purpose, brief_version, language)
    return notice if notice is None or brief is None else _together(notice, brief)


def _together(notice: Shown, brief: Shown) -> Shown:
    return Shown(notice.version, queries.sealed(notice.sha256, brief.sha256))


def _served(person_id: UUID, name: str, version: int, language: str) -> Shown | None:
    """A version of a notice, where they were shown it, in their language first."""
    if not version:
        return None
    found = (
        select(Notice.version, Notice.sha256)
        .join(NoticeServed, NoticeServed.notice_id == Notice.id)
        .where(NoticeServed.person_id == person_id, Notice.name == name, Notice.version == version)
        .order_by((Notice.language == language).desc(), Notice.id)
    )
    row = db.session.execute(found).first()
    return None if row is None else Shown(row.version, row.sha256)


def _take_back_letters(person_id: UUID, purpose: str) -> None:
    for kind in KINDS.values():
        if kind.purpose == purpose:
            outbox.withdraw(person_id, kind.key)
