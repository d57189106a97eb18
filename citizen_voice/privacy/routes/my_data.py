"""My data: what is held about who is signed in, and everything that they can do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response
from flask_login import current_user

from citizen_voice import keeping
from citizen_voice.accounts import queries as accounts
from citizen_voice.accounts.models import TEEN
from citizen_voice.consent import queries as consents
from citizen_voice.consent.models import GIVEN
from citizen_voice.consent.wording import asked
from citizen_voice.desk import queries as desk
from citizen_voice.desk.names import RIGHT_NAMES
from citizen_voice.news import queries as news
from citizen_voice.news.models import NEVER, STRAIGHT_AWAY, WEEKLY
from citizen_voice.outbox.kinds import BASES
from citizen_voice.privacy import queries
from citizen_voice.privacy.routes.blueprint import bp
from citizen_voice.register import Basis
from citizen_voice.web.access import members
from citizen_voice.web.htmx import page
from citizen_voice.words import _

BY_MAIL: dict[str, Any] = {
    STRAIGHT_AWAY: _("Straight away"),
    WEEKLY: _("Once a week"),
    NEVER: _("Never"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """How much of one kind is held, how long, and why some of it stays after erasure."""

    title: Any
    count: int
    how_long: Any
    why_kept: str


@dataclass(frozen=True, slots=True)
class ForPurpose:
    """What is held for one purpose, on one lawful basis."""

    words: Any
    basis: Any
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether somebody agreed to a purpose that rests on consent."""

    words: Any
    given: bool


@bp.get("/my-data")
@members
def my_data() -> Response:
    """What the council holds about somebody, why, and what they can do about it."""
    person = accounts.person(current_user.id)
    return page(
        "privacy/my_data.html",
        choices=[] if person.age_band == TEEN else _choices(current_user.id),
        news_by_mail=BY_MAIL[news.choice(current_user.id)],
        held=_by_purpose(queries.about(current_user.id)),
        asked=desk.of_person(current_user.id),
        right_names=RIGHT_NAMES,
    )


def _choices(person_id: UUID) -> list[Choice]:
    standing = consents.standing(person_id)
    return [
        Choice(asked(each.key).title, standing.get(each.key) == GIVEN)
        for each in consents.purposes_on_consent()
    ]


def _by_purpose(held: Iterable[queries.Held]) -> list[ForPurpose]:
    """Lines under their purpose, in the order in which the purposes come."""
    settings = keeping.in_force()
    groups: dict[tuple[Any, Basis], list[Line]] = {}
    for each in held:
        how_long = keeping.sentence(each.table, settings)
        line = Line(each.title, each.count, how_long, each.why_kept)
        groups.setdefault((each.purpose_words, each.basis), []).append(line)
    return [ForPurpose(words, BASES[basis], lines) for (words, basis), lines in groups.items()]
