"""What everybody reads of a pilot: all of it, its measures, its pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Date, Float, Integer, Text, and_, bindparam, case, cast, null, or_, select
from sqlalchemy import union_all as unite
from sqlalchemy.orm import aliased

from citizen_voice.accounts.models import TEEN, Person
from citizen_voice.comments.models import (
    COMMENT_IN_FORCE,
    PUBLISHED,
    Comment,
    CommentThread,
    CommentVersion,
)
from citizen_voice.db import AnyRow, Key, Moment, rows
from citizen_voice.errors import NotHere
from citizen_voice.ideas.models import PUBLISHED as IDEA_PUBLISHED
from citizen_voice.ideas.models import WITHDRAWN, Idea, IdeaListing
from citizen_voice.pilots.models import (
    Pilot,
    PilotCard,
    PilotChange,
    PilotDecision,
    PilotEvidence,
    PilotIdea,
    PilotMeasure,
    PilotPicture,
    PilotReading,
    PilotThanks,
    PilotUpdate,
)

L = IdeaListing
ADULTS = Person.age_band.is_distinct_from(TEEN)
"""Nobody under 18 is named in public for what they did."""
_owner, _deputy, _before = aliased(Person), aliased(Person), aliased(Pilot)
_key: Any = bindparam("pilot", type_=Pilot.id.type)
CONFIRMED = and_(
    PilotDecision.pilot_id == Pilot.id,
    PilotDecision.sent_back_at.is_(None),
    PilotDecision.confirmed_at.is_not(None),
)
_one = (
    select(
        *Pilot.__table__.columns,
        case((Pilot.owner_shown, _owner.display_name)).label("owner"),
        case((Pilot.deputy_shown, _deputy.display_name)).label("deputy"),
        PilotDecision.id.label("decision_id"),
        PilotDecision.decision,
        PilotDecision.learned_en,
        PilotDecision.learned_cy,
        PilotDecision.next_en.label("happens_en"),
        PilotDecision.next_cy.label("happens_cy"),
        PilotDecision.next_on.label("happens_on"),
        PilotDecision.confirmed_at,
        _before.title_en.label("before_en"),
        _before.title_cy.label("before_cy"),
    )
    .outerjoin(_owner, _owner.id == Pilot.owner_id)
    .outerjoin(_deputy, _deputy.id == Pilot.deputy_id)
    .outerjoin(PilotDecision, CONFIRMED)
    .outerjoin(_before, _before.id == Pilot.after_id)
    .where(Pilot.id == _key, Pilot.cancelled_at.is_(None))
)

CARD, CHANGE, MEASURE, UPDATE = "card", "change", "measure", "update"
THANKS, IDEA, EVIDENCE, SUCCESSOR = "thanks", "idea", "evidence", "successor"
_EMPTY: dict[str, Any] = {
    "id": cast(null(), Integer()),
    "key": cast(null(), Text()),
    "further": cast(null(), Text()),
    "on": cast(null(), Date()),
    "at": cast(null(), Moment()),
    "one": cast(null(), Float()),
    "two": cast(null(), Float()),
    "about": cast(null(), Key()),
    **{f"{name}_{code}": cast(null(), Text()) for name in "abc" for code in ("en", "cy")},
}
"""The columns of a part of a pilot: what they say depends on its kind (see ``cards``)."""


def _part(kind: str, **columns: Any) -> Any:
    values = _EMPTY | {name: columns[name] for name in _EMPTY if name in columns}
    return select(
        cast(bindparam(f"kind_{kind}", kind, unique=True), Text()).label("kind"),
        *(value.label(name) for name, value in values.items()),
    )


def _both(name: str, model: Any, column: str) -> dict[str, Any]:
    return {
        f"{name}_{code}": cast(getattr(model, f"{column}_{code}"), Text()) for code in ("en", "cy")
    }


READABLE = and_(
    Comment.visibility == PUBLISHED,
    Comment.removed_at.is_(None),
    or_(
        CommentThread.idea_id.is_(None),
        and_(Idea.visibility == IDEA_PUBLISHED, Idea.stage != WITHDRAWN),
    ),
)
"""Whether everybody reads a comment, by its thread and that one's idea (an outer join)."""
_parts = unite(
    _part(CARD, key=PilotCard.key, **_both("a", PilotCard, "words")).where(
        PilotCard.pilot_id == _key
    ),
    _part(
        CHANGE,
        id=PilotChange.measure_id,
        key=PilotChange.what,
        at=PilotChange.changed_at,
        **_both("a", PilotChange, "was"),
        **_both("b", PilotChange, "now"),
        **_both("c", PilotChange, "why"),
    ).where(PilotChange.pilot_id == _key),
    _part(
        MEASURE,
        id=PilotMeasure.id,
        key=PilotMeasure.better,
        on=PilotMeasure.first_on,
        one=PilotMeasure.baseline,
        two=PilotMeasure.target,
        **_both("a", PilotMeasure, "name"),
        **_both("b", PilotMeasure, "unit"),
        **_both("c", PilotMeasure, "source"),
    ).where(PilotMeasure.pilot_id == _key, PilotMeasure.removed_at.is_(None)),
    _part(
        UPDATE,
        id=PilotUpdate.id,
        key=PilotUpdate.state,
        further=PilotUpdate.picture,
        at=PilotUpdate.created_at,
        one=cast(PilotPicture.width, Float()),
        two=cast(PilotPicture.height, Float()),
        **_both("a", PilotUpdate, "words"),
        **_both("b", PilotUpdate, "alt"),
    )
    .select_from(PilotUpdate)
    .outerjoin(PilotPicture, PilotPicture.digest == PilotUpdate.picture)
    .where(PilotUpdate.pilot_id == _key, PilotUpdate.taken_back_at.is_(None)),
    _part(
        THANKS,
        id=PilotThanks.id,
        at=PilotThanks.created_at,
        about=case((READABLE, Comment.id)),
        further=CommentVersion.language,
        b_en=case((READABLE, CommentVersion.body)),
        c_en=cast(case((and_(READABLE, ADULTS), Person.display_name)), Text()),
        **_both("a", PilotThanks, "words"),
    )
    .select_from(PilotThanks)
    .join(Comment, Comment.id == PilotThanks.comment_id)
    .join(CommentVersion, COMMENT_IN_FORCE)
    .join(CommentThread, CommentThread.id == Comment.thread_id)
    .outerjoin(Idea, Idea.id == CommentThread.idea_id)
    .outerjoin(Person, Person.id == Comment.author_id)
    .where(PilotThanks.pilot_id == _key, PilotThanks.taken_back_at.is_(None)),
    _part(
        IDEA,
        id=PilotIdea.idea_id,
        key=Idea.stage,
        further=L.language,
        b_en=cast(case((Idea.visibility == IDEA_PUBLISHED, L.title)), Text()),
        **_both("a", PilotIdea, "taken"),
    )
    .select_from(PilotIdea)
    .join(Idea, Idea.id == PilotIdea.idea_id)
    .join(L, L.idea_id == PilotIdea.idea_id)
    .where(PilotIdea.pilot_id == _key, PilotIdea.unlinked_at.is_(None)),
    _part(EVIDENCE, id=PilotEvidence.measure_id, **_both("a", PilotEvidence, "words"))
    .select_from(PilotEvidence)
    .join(PilotDecision, PilotDecision.id == PilotEvidence.decision_id)
    .join(Pilot, CONFIRMED)
    .where(Pilot.id == _key),
    _part(SUCCESSOR, id=Pilot.id, key=Pilot.stage, **_both("a", Pilot, "title")).where(
        Pilot.after_id == _key, Pilot.cancelled_at.is_(None)
    ),
)
_of_pilot = (PilotMeasure.pilot_id == _key, PilotMeasure.removed_at.is_(None))
_readings = (
    select(PilotReading.measure_id, PilotReading.day, PilotReading.value, PilotReading.note)
    .join(PilotMeasure, PilotMeasure.id == PilotReading.measure_id)
    .where(*_of_pilot)
    .order_by(PilotReading.measure_id, PilotReading.day)
)
_picture = select(PilotPicture.kind, PilotPicture.content).where(
    PilotPicture.digest == bindparam("digest"),
    select(PilotUpdate.id)
    .join(Pilot, Pilot.id == PilotUpdate.pilot_id)
    .where(
        PilotUpdate.picture == PilotPicture.digest,
        PilotUpdate.taken_back_at.is_(None),
        Pilot.cancelled_at.is_(None),
    )
    .exists(),
)
_measure = select(*PilotMeasure.__table__.columns).where(
    PilotMeasure.id == bindparam("measure"), *_of_pilot
)
_readings_of = (
    select(PilotReading.day, PilotReading.value, PilotReading.note)
    .where(PilotReading.measure_id == bindparam("measure"))
    .order_by(PilotReading.day)
)


@dataclass(frozen=True, slots=True)
class Whole:
    """A pilot with everything that belongs to it.

    ``pilot`` has the confirmed decision and the names that people have chosen to show; ``parts``
    are rows by their kind, ``readings`` those of each measure, the earliest first.
    """

    pilot: AnyRow
    parts: Mapping[str, Sequence[AnyRow]]
    readings: Mapping[int, Sequence[AnyRow]]

    @property
    def facts(self) -> tuple[Any, ...]:
        """Everything that a page shows of it, to be compared."""
        lists = (*self.parts.items(), *self.readings.items())
        return tuple(self.pilot), tuple((name, tuple(map(tuple, each))) for name, each in lists)


def whole(pilot_id: int, *, with_readings: bool = True) -> Whole:
    """A pilot, in three statements; raises ``NotHere`` for none and for one that was cancelled.

    In two without its readings.
    """
    found = rows(_one, {"pilot": pilot_id})
    if not found:
        raise NotHere
    parts: dict[str, list[AnyRow]] = {}
    for row in rows(_parts, {"pilot": pilot_id}):
        parts.setdefault(row.kind, []).append(row)
    readings: dict[int, list[AnyRow]] = {}
    for row in rows(_readings, {"pilot": pilot_id}) if with_readings else ():
        readings.setdefault(row.measure_id, []).append(row)
    return Whole(found[0], parts, readings)


def measure(pilot_id: int, measure_id: int) -> tuple[AnyRow, Sequence[AnyRow]]:
    """A measure of a pilot and its readings, the earliest first; raises ``NotHere``."""
    found = rows(_measure, {"pilot": pilot_id, "measure": measure_id})
    if not found:
        raise NotHere
    return found[0], rows(_readings_of, {"measure": measure_id})


def picture(digest: str) -> AnyRow:
    """A picture of an update: its kind (a MIME type) and content; raises ``NotHere``.

    It goes with the last update that has it.
    """
    found = rows(_picture, {"digest": digest})
    if not found:
        raise NotHere
    return found[0]
