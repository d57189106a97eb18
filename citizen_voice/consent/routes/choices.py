"""My choices: every choice as a switch, with its history; and the link that stops letters."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, request, url_for
from flask_login import current_user

from citizen_voice import limits, register
from citizen_voice.accounts import queries as accounts
from citizen_voice.accounts.models import ADULT, RESIDENT
from citizen_voice.consent import queries, services, wording
from citizen_voice.consent.limits import HOURLY
from citizen_voice.consent.models import GIVEN
from citizen_voice.consent.queries import PRIVACY
from citizen_voice.consent.routes.blueprint import bp
from citizen_voice.consent.tokens import read
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import Busy, NotHere, Refusal
from citizen_voice.news import queries as news
from citizen_voice.register import Basis
from citizen_voice.web.access import described, everyone, machine, members
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import go, page, wants_fragment
from citizen_voice.words import _, language

SCREEN = "my-choices"
YES, NO, NEVER = "yes", "no", "never"
"""What a form says: the switch goes on, it goes off, or somebody would rather not be asked."""
LARGEST_VERSION = 2**31


@dataclass(frozen=True, slots=True)
class Choice:
    """A purpose as the page shows it. ``history`` is the newest first, each with its line.

    ``brief`` are the officer's words beside it, where there are any; else ``asked`` has ours.
    """

    key: str
    asked: wording.Asked
    brief: queries.Brief | None
    on: bool
    decided: bool
    offered: bool
    history: list[tuple[AnyRow, str]]


@bp.get("/my-data/choices")
@members
def choices() -> Response:
    """Every choice of one's own."""
    return _page()


def describe_choice(_form: Any, purpose: str) -> str:
    """For the sign-in page."""
    return str(_("Change your choice: ‘%(what)s’", what=wording.asked(_known(purpose)).title))


@bp.post("/my-data/choices/<purpose>")
@members
@described(describe_choice)
def choose(purpose: str) -> Response:
    """Say yes to one purpose, take that back, or say no.

    The form carries the version of the notice that the page named, and that of the brief words
    which it showed; that they were shown is recorded in the same transaction.
    """
    key = _known(purpose)
    act = {YES: services.give, NO: services.withdraw, NEVER: services.refuse}.get(
        request.form.get("choice", "")
    )
    if act is None:
        raise Refusal(_("Choose yes or no."))
    version, brief = _version("notice_version"), _version("brief_version")
    try:
        if act is not services.withdraw:
            limits.hit(HOURLY, str(current_user.id))
        with write():
            for name, shown in ((PRIVACY, version), (key, brief)):
                services.record_served(
                    current_user.id, name=name, version=shown, language=language(), place=SCREEN
                )
            act(
                current_user.id,
                key,
                notice_version=version,
                brief_version=brief,
                control="no-thanks" if act is services.refuse else "switch",
                screen=SCREEN,
                language=language(),
            )
    except Refusal as refusal:
        return _page(pressed=key, refusal=refusal)
    if wants_fragment():
        return _page(pressed=key)
    return go(url_for("consent.choices", done="choice-saved", _anchor=f"choice-{key}"))


def _page(pressed: str = "", refusal: Refusal | None = None) -> Response:
    """The page, or for htmx the one choice that was ``pressed``; raises what cannot be shown at it.

    ``Busy`` is not about a choice: it has a page of its own.
    """
    shown = _choices()
    choice = next((each for each in shown if each.key == pressed), None)
    if refusal is not None and (choice is None or isinstance(refusal, Busy)):
        raise refusal
    fragment = choice is not None and wants_fragment()
    response = page(
        "consent/choices.html",
        block="switch" if fragment else None,
        status=200 if refusal is None else refusal.status,
        choices=shown,
        choice=choice,
        pressed=pressed,
        refused=refusal,
        version=queries.current_version(PRIVACY),
        adult=current_user.age_band == ADULT,
        mail=None if fragment else news.choice(current_user.id),
    )
    if fragment and refusal is not None:
        response.headers["HX-Retarget"] = f"#choice-{pressed}"
    return response


def _choices() -> list[Choice]:
    """What may be chosen: who is under 18 is offered nothing, but may take back what they gave."""
    active = queries.active()
    history = queries.history(current_user.id)
    adult = current_user.age_band == ADULT
    purposes = queries.purposes_on_consent()
    briefs = queries.briefs(purpose.key for purpose in purposes)
    shown = []
    for purpose in purposes:
        own = [row for row in history if row.purpose == purpose.key]
        on = bool(own) and own[0].state == GIVEN
        offered = adult and purpose.key in active
        if offered or own:
            said = [(row, wording.line(row)) for row in own]
            asked = wording.asked(purpose.key)
            brief = briefs.get(purpose.key)
            shown.append(Choice(purpose.key, asked, brief, on, bool(own), offered, said))
    return shown


def _known(purpose: str) -> str:
    """A purpose on consent; raises ``NotHere`` for anything else."""
    known = register.PURPOSES.get(purpose)
    if known is None or known.basis is not Basis.CONSENT:
        raise NotHere
    return known.key


def _version(field: str) -> int:
    """The version of a notice that a field of the form names; 0 for none."""
    said = request.form.get(field, "")
    if not (said.isascii() and said.isdigit() and len(said) < 10):
        return 0
    return min(int(said), LARGEST_VERSION - 1)


@bp.get("/letters/<consent_token>")
@everyone
def letter(consent_token: str) -> Response:
    """Where a letter's link leads. Changes nothing; its one button stops such letters."""
    return _letter_page(consent_token, *_reader_of(consent_token))


@bp.post("/letters/<consent_token>")
@machine
def stop(consent_token: str) -> Response:
    """Take a consent back at once, for mail programs (RFC 8058) and the page's own button.

    The address carries a signed word, so neither a cookie nor another token is asked for.
    """
    person_id, purpose = _reader_of(consent_token)
    with write():
        services.withdraw(
            person_id, purpose, control="one-click", screen="letter", language=language()
        )
    return _letter_page(consent_token, person_id, purpose, changed=True)


def _reader_of(token: str) -> tuple[UUID, str]:
    """Whose letter it was; raises ``NotHere`` where the site signed no such word, or they left."""
    never_store()
    found = read(token)
    person = None if found is None else accounts.found(found[0])
    if found is None or person is None or person.kind != RESIDENT:
        raise NotHere
    return found[0], _known(found[1])


def _letter_page(token: str, person_id: UUID, purpose: str, *, changed: bool = False) -> Response:
    return page(
        "consent/letter.html",
        asked=wording.asked(purpose),
        on=queries.standing(person_id).get(purpose) == GIVEN,
        token=token,
        changed=changed,
    )
