"""What happens to pilots, told to who took part."""

from collections.abc import Callable
from typing import Any

from citizen_voice.db import db
from citizen_voice.news.models import BEGAN, THANKED, TRIED, UPDATED, NewsItem
from citizen_voice.news.services.items import take_back, tell
from citizen_voice.pilots.events import (
    CommentThanked,
    IdeaLinked,
    IdeaUnlinked,
    PilotBegan,
    PilotCancelled,
    PilotDecided,
    PilotUpdated,
    ThanksTakenBack,
    UpdateTakenBack,
)
from citizen_voice.pilots.models import Pilot, PilotDecision, PilotThanks, PilotUpdate
from citizen_voice.pilots.services.linking import BECOMES


def tell_of_beginning(event: PilotBegan) -> None:
    """A pilot began with some ideas: one happening, for everybody who took part in any of them."""
    actor = db.session.get_one(Pilot, event.pilot_id).created_by
    tell([NewsItem(kind=BEGAN, pilot_id=event.pilot_id, actor_id=actor)])


def tell_of_link(event: IdeaLinked) -> None:
    """A pilot tries an idea, too."""
    tell([NewsItem(kind=BEGAN, pilot_id=event.pilot_id, idea_id=event.idea_id)])


def forget_link(event: IdeaUnlinked) -> None:
    """A pilot tries an idea no longer: that it did is news to nobody any more."""
    take_back((NewsItem.pilot_id == event.pilot_id) & (NewsItem.idea_id == event.idea_id))


def tell_of_update(event: PilotUpdated) -> None:
    """Its owner said how a pilot is going."""
    actor = db.session.get_one(PilotUpdate, event.update_id).author_id
    tell(
        [NewsItem(kind=UPDATED, pilot_id=event.pilot_id, update_id=event.update_id, actor_id=actor)]
    )


def forget_update(event: UpdateTakenBack) -> None:
    """An update counts as not given."""
    take_back(NewsItem.update_id == event.update_id)


def tell_of_thanks(event: CommentThanked) -> None:
    """Something changed because of what somebody said: it is told to them."""
    if event.person_id is not None:
        row = db.session.get_one(PilotThanks, event.thanks_id)
        tell(
            [
                NewsItem(
                    kind=THANKED,
                    pilot_id=event.pilot_id,
                    thanks_id=event.thanks_id,
                    comment_id=row.comment_id,
                    person_id=event.person_id,
                    actor_id=row.author_id,
                )
            ]
        )


def forget_thanks(event: ThanksTakenBack) -> None:
    """Thanks count as not given."""
    take_back(NewsItem.thanks_id == event.thanks_id)


def tell_of_pilots_decision(event: PilotDecided) -> None:
    """A pilot was decided; ``stage`` is what that means for its ideas."""
    actor = db.session.get_one(PilotDecision, event.decision_id).confirmed_by
    stage = BECOMES[event.decision]
    tell([NewsItem(kind=TRIED, pilot_id=event.pilot_id, stage=stage, actor_id=actor)])


def forget_pilot(event: PilotCancelled) -> None:
    """A pilot counts as never begun."""
    take_back(NewsItem.pilot_id == event.pilot_id)


HANDLERS: tuple[tuple[type[Any], Callable[[Any], None]], ...] = (
    (PilotBegan, tell_of_beginning),
    (IdeaLinked, tell_of_link),
    (IdeaUnlinked, forget_link),
    (PilotUpdated, tell_of_update),
    (UpdateTakenBack, forget_update),
    (CommentThanked, tell_of_thanks),
    (ThanksTakenBack, forget_thanks),
    (PilotDecided, tell_of_pilots_decision),
    (PilotCancelled, forget_pilot),
)
