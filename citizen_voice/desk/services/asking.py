"""A request comes: from a form, from *my data*, or entered by staff from a letter or a call."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.db import db
from citizen_voice.desk import letters, receipts
from citizen_voice.desk.models import (
    CHANNELS,
    COMPLAINT,
    ENTERED,
    GRANTED,
    IDENTITIES,
    IN_DOUBT,
    MAIL,
    NOT_NEEDED,
    RIGHTS,
    RightsLetter,
    RightsRequest,
)
from citizen_voice.desk.services.restricting import AT_ONCE, hold_people, news_stopped, stop_at_once
from citizen_voice.desk.services.steps import add, reckon_anew
from citizen_voice.errors import Refusal
from citizen_voice.ideas.text import clean_words, one_line, says_something
from citizen_voice.journal import services as journal
from citizen_voice.outbox import services as outbox
from citizen_voice.words import LANGUAGES, _, force_locale

WORDS_LONGEST = 3_000
NAME_LONGEST = 120
ADDRESS_LONGEST = 400
OLDEST = timedelta(days=2 * 365)
OWE_WORDS = frozenset({COMPLAINT, "rectification", "objection", "automated"})
"""Of these we need to know what it is about."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody asks. ``email`` is normalised; one of it, account or address is needed."""

    kind: str
    language: str
    words: str = ""
    name: str = ""
    email: str | None = None
    address: str = ""
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """What a letter needs of the site: its name, and the address of a receipt’s page."""

    name: str
    link: Callable[[str], str]


def ask(asking: Asking, *, channel: str, site: Site, news_alone: bool = False) -> str:
    """Take a request from a form or from *my data*, and say at once that it came.

    Gives its receipt. Of who is signed in nothing more is asked, and what they ask to be restricted
    or object to stands still from now on (UK GDPR Arts 18, 21). Of a visitor it has to be found out
    who they are before anything of a person is shown or goes, unless they complain.

    ``news_alone``: who is signed in objects to news, which is stopped and closed at once, since
    that objection is absolute (UK GDPR Art 21(3)).

    Raises ``Refusal`` at its field for what is missing or too long.
    """
    if asking.person_id is None and asking.email is None and not asking.address.strip():
        raise Refusal(
            _("Tell us how we can answer: an e-mail address, or a postal one."), field="email"
        )
    theirs = asking.person_id is not None
    people = _hold(asking, asking.person_id)
    identity = NOT_NEEDED if theirs or asking.kind == COMPLAINT else IN_DOUBT
    asked = _take(
        asking,
        channel=channel,
        received_on=clock.today(),
        identity=identity,
        news_alone=news_alone,
    )
    _acknowledge(asked, site)
    if asking.person_id is not None and news_alone:
        news_stopped(asked, asking.person_id, actor=asking.person_id)
        asked.outcome, asked.closed_at = GRANTED, clock.now()
        add(asked, "closed", actor=None)
    elif asking.person_id is not None:
        stop_at_once(asked, people, actor=asking.person_id)
    return receipts.of(asked.id)


def enter(
    asking: Asking, *, channel: str, received_on: date | None, identity: str, actor: UUID
) -> int:
    """Enter what came by letter, call or e-mail; gives its number. Raises ``Refusal``.

    Where it is known who asks and whose account it is, what they ask to be restricted or object to
    stands still from now on.
    """
    if channel not in ENTERED:
        raise Refusal(_("Choose how it came."), field="channel")
    if identity not in IDENTITIES:
        raise Refusal(_("Choose what is known of who asks."), field="identity")
    if received_on is None:
        raise Refusal(_("Give the day on which it came."), field="received_on")
    today = clock.today()
    if received_on > today:
        raise Refusal(_("Choose a day that is not still to come."), field="received_on")
    if received_on < today - OLDEST:
        raise Refusal(_("Choose a day within the last two years."), field="received_on")
    people = _hold(asking, asking.person_id or _account_with(asking.email))
    asked = _take(asking, channel=channel, received_on=received_on, identity=identity, actor=actor)
    journal.append("request entered", actor=actor, subject=f"rights request {asked.id}")
    stop_at_once(asked, people, actor=actor)
    return asked.id


def _take(
    asking: Asking,
    *,
    channel: str,
    received_on: date,
    identity: str,
    actor: UUID | None = None,
    news_alone: bool = False,
) -> RightsRequest:
    if asking.kind not in RIGHTS:
        raise Refusal(_("Choose what you ask for."), field="kind")
    if asking.language not in LANGUAGES or channel not in CHANNELS:
        raise Refusal(_("Choose a language."), field="language")
    words, name = clean_words(asking.words), one_line(asking.name)
    address = clean_words(asking.address)
    for text, longest, field in (
        (words, WORDS_LONGEST, "words"),
        (name, NAME_LONGEST, "name"),
        (address, ADDRESS_LONGEST, "address"),
    ):
        if len(text) > longest:
            raise Refusal(
                _("Make this %(longest)s letters or shorter.", longest=longest), field=field
            )
    owes = asking.kind in OWE_WORDS and not news_alone
    if owes and not says_something(words):
        raise Refusal(_("Say in a few words what it is about."), field="words")
    asked = RightsRequest(
        kind=asking.kind,
        channel=channel,
        person_id=asking.person_id or _account_with(asking.email),
        name=name,
        email=asking.email,
        address=address,
        language=asking.language,
        words=words,
        received_on=received_on,
        made_at=clock.now(),
        entered_by=actor,
        identity=identity,
    )
    db.session.add(asked)
    db.session.flush()
    asked.receipt_hash = receipts.hashed(receipts.of(asked.id))
    add(asked, "received", actor=actor or asking.person_id, day=received_on)
    reckon_anew(asked)
    return asked


def _hold(asking: Asking, person_id: UUID | None) -> dict[UUID, Person]:
    """Whom a request will have stand still, locked before anything else is; nobody for most."""
    return {} if person_id is None or asking.kind not in AT_ONCE else hold_people([person_id])


def _account_with(email: str | None) -> UUID | None:
    """Whose account an address is: a first guess, which proves nothing."""
    if email is None:
        return None
    return db.session.scalars(select(Person.id).where(Person.email == email)).one_or_none()


def _acknowledge(asked: RightsRequest, site: Site) -> None:
    """Say at once that it came; who complains has to hear within 30 days (DPA 2018 s.164A(3))."""
    email = asked.email
    if email is None and asked.person_id is not None:
        email = db.session.scalars(
            select(Person.email).where(Person.id == asked.person_id)
        ).one_or_none()
    if email is None:
        return
    receipt = receipts.of(asked.id)
    with force_locale(asked.language):
        letter = letters.written(
            letters.acknowledgement_of(asked.kind),
            letters.About(asked, receipt, site.link(receipt), site.name),
        )
    outbox.enqueue(
        kind="rights-letter",
        to=email,
        subject=letter.subject,
        body=letter.body,
        language=asked.language,
        person_id=asked.person_id,
    )
    db.session.add(
        RightsLetter(
            request_id=asked.id,
            kind=letters.acknowledgement_of(asked.kind),
            language=asked.language,
            subject=letter.subject,
            body=letter.body,
            way=MAIL,
            made_at=clock.now(),
        )
    )
    asked.acknowledged_on = clock.today()
    add(asked, "acknowledged", actor=None)
