"""Starting a pilot, and taking that back."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from citizen_voice import clock, events
from citizen_voice.comments import services as comments
from citizen_voice.db import db
from citizen_voice.errors import Conflict, NotAllowed, Refusal
from citizen_voice.ideas.models import Idea
from citizen_voice.pilots import wording
from citizen_voice.pilots.events import PilotBegan, PilotCancelled
from citizen_voice.pilots.models import (
    PREPARING,
    Pilot,
    PilotChange,
    PilotDecision,
    PilotIdea,
    PilotMeasure,
    PilotReading,
    PilotThanks,
    PilotUpdate,
)
from citizen_voice.pilots.services import linking
from citizen_voice.pilots.services.holding import held, record
from citizen_voice.pilots.services.people import owner
from citizen_voice.words import _

MOST_IDEAS = 100
LONGEST_RUN = timedelta(days=3 * 366)
SENT_TWICE = timedelta(minutes=10)


class AlreadyStarted(Conflict):
    """The same person has just started the same pilot: its number is ``pilot_id``."""

    def __init__(self, pilot_id: int) -> None:
        super().__init__(_("You have started this trial already."))
        self.pilot_id = pilot_id


def start(
    taken: Mapping[int, tuple[str, str]],
    *,
    owner_id: UUID,
    ends_on: date | None,
    actor: UUID | None,
    after_id: int | None = None,
    **given: str,
) -> int:
    """Start a pilot from some shortlisted ideas, all of them or none; gives its number.

    ``taken`` says what was taken from each idea, by its number, in English and Welsh (both may be
    empty). ``given`` are ``title``, ``place``, ``known`` and ``team`` in both languages
    (``title_en``); the Welsh may be missing. ``after_id`` is a pilot that this one carries on.
    Raises ``Refusal`` at the field for what is missing or too long, for an owner who is no pilot
    owner and for an end that is past or years ahead; ``NotAllowed`` for ideas that cannot be tried,
    by name; ``AlreadyStarted`` for what was sent twice.
    """
    _refuse_number(len(taken))
    pilot = Pilot(
        **words(given),
        owner_id=owner(owner_id, field="owner_id"),
        ends_on=end(ends_on),
        stage=PREPARING,
        staged_at=clock.now(),
        dpia={},
        after_id=None if after_id is None else held(after_id, decided=True).id,
        created_by=actor,
        created_at=clock.now(),
    )
    linking.hold(taken)
    db.session.add(pilot)
    db.session.flush()  # ideas, the discussion and the journal refer to it
    comments.begin(pilot.id)
    linking.link_all(pilot, taken, actor=actor)
    _refuse_second(pilot, sorted(taken))
    record("pilot started", pilot.id, actor, pilot.title_en)
    events.publish(PilotBegan(pilot.id, tuple(sorted(taken))))
    return pilot.id


def _refuse_second(pilot: Pilot, ideas: list[int]) -> None:
    """Refuse what was just started, once its ideas are held: who started it waits for them, too."""
    alike = select(Pilot.id).where(
        Pilot.id != pilot.id,
        Pilot.created_by == pilot.created_by,
        Pilot.created_at > clock.now() - SENT_TWICE,
        Pilot.cancelled_at.is_(None),
        *(getattr(Pilot, name) == getattr(pilot, name) for name in SAME),
    )
    for key in db.session.scalars(alike.order_by(Pilot.id)):
        if linking.linked(key) == ideas:
            raise AlreadyStarted(key)


SAME = ("title_en", "place_en", "known_en", "team_en", "owner_id", "ends_on", "after_id")
"""What two pilots have alike that are one, sent twice."""


def look_at(
    taken: Mapping[int, tuple[str, str]], *, owner_id: UUID, ends_on: date | None, **given: str
) -> None:
    """Raise what ``start`` would raise; nothing is started, and nothing held."""
    _refuse_number(len(taken))
    words(given)
    owner(owner_id, field="owner_id")
    end(ends_on)
    linking.said_of(taken)
    ideas = db.session.scalars(select(Idea).where(Idea.id.in_(list(taken))).order_by(Idea.id))
    linking.refuse_unfit(ideas.all(), len(taken))


def _refuse_number(ideas: int) -> None:
    if not ideas:
        raise Refusal(_("Choose at least one idea."), field="idea")
    if ideas > MOST_IDEAS:
        raise Refusal(_("Choose %(number)s ideas or fewer.", number=MOST_IDEAS), field="idea")


def words(given: Mapping[str, str]) -> dict[str, Any]:
    """What, where and with whom, how we'll know, and which team; raises ``Refusal``."""
    return {
        **wording.line(given, "title", 80, _("Say what you try.")),
        **wording.line(given, "place", 200, _("Say where, and with whom.")),
        **wording.words(given, "known", missing=_("Say how we’ll know whether it works.")),
        **wording.line(given, "team", 80, _("Say which team runs it.")),
    }


def end(day: date | None, *, field: str = "ends_on") -> date:
    """The last day of a pilot; raises ``Refusal`` for none, one gone by, or one years ahead."""
    if day is None:
        raise Refusal(_("Say when it ends."), field=field)
    if day <= clock.today():
        raise Refusal(_("Choose a day that is still to come."), field=field)
    if day > clock.today() + LONGEST_RUN:
        raise Refusal(_("Choose a day within three years."), field=field)
    return day


def cancel(pilot_id: int, *, actor: UUID | None) -> None:
    """A pilot was started by mistake: its ideas are as before, and nobody finds it any more.

    Raises ``NotAllowed`` where it has told or measured anything: that is decided, not undone.
    """
    pilot = held(pilot_id)
    for told in (
        select(func.count()).where(PilotUpdate.pilot_id == pilot_id),
        select(func.count()).where(PilotDecision.pilot_id == pilot_id),
        select(func.count()).where(
            PilotThanks.pilot_id == pilot_id, PilotThanks.taken_back_at.is_(None)
        ),
        select(func.count()).where(PilotChange.pilot_id == pilot_id),
        select(func.count())
        .select_from(PilotReading)
        .join(PilotMeasure, PilotMeasure.id == PilotReading.measure_id)
        .where(PilotMeasure.pilot_id == pilot_id),
    ):
        if db.session.scalars(told).one():
            raise NotAllowed(
                _("This trial has told people something already. Decide it: stop, and say why.")
            )
    linking.let_go(pilot, actor=actor)
    pilot.cancelled_at = clock.now()
    db.session.execute(
        update(PilotIdea)
        .where(PilotIdea.pilot_id == pilot_id, PilotIdea.unlinked_at.is_(None))
        .values(unlinked_at=clock.now()),
        execution_options={"synchronize_session": False},
    )
    comments.close(pilot_id)
    record("pilot cancelled", pilot_id, actor)
    events.publish(PilotCancelled(pilot_id))
