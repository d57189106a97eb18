"""What the columns of files are called, and what stands in them for the database's words."""

from collections.abc import Mapping
from typing import Any

from citizen_voice.challenges.models import CLOSED, OPEN, UPCOMING
from citizen_voice.comments import cards
from citizen_voice.pilots.queries import changed
from citizen_voice.words import _

IDEAS = (
    _("Reference"),
    _("Title"),
    _("Words"),
    _("Language"),
    _("Challenge"),
    _("Topic"),
    _("Ward"),
    _("Stage"),
    _("Published"),
    _("Edited"),
    _("Supporters"),
    _("Not for me"),
    _("Reply"),
    _("Why"),
    _("Who replied"),
    _("Replied"),
    _("More by"),
    _("Address"),
)
CHALLENGES = (
    _("Challenge"),
    _("Standing"),
    _("Opens"),
    _("Closes"),
    _("Ideas"),
    _("Answers"),
    _("Who replies"),
    _("Replies by"),
    _("Address"),
)
COMMENTS = (
    _("Reference"),
    _("Comment"),
    _("Reply to"),
    _("Written"),
    _("Edited"),
    _("By the council"),
    _("Language"),
    _("Words"),
    _("Standing"),
    _("Address"),
)
PILOTS = (
    _("Reference"),
    _("Title"),
    _("Stage"),
    _("Since"),
    _("Where, and with whom"),
    _("Team"),
    _("Began"),
    _("Last day"),
    _("Next update by"),
    _("Decided"),
    _("What we learned"),
    _("Measures"),
    _("Ideas"),
    _("Address"),
)
MEASURES = (
    _("Trial"),
    _("Measure"),
    _("Unit"),
    _("Better"),
    _("Before"),
    _("Target"),
    _("Newest reading"),
    _("Day"),
    _("First numbers due"),
    _("Where the numbers come from"),
    _("Address"),
)
CHANGES = (
    _("Day"),
    _("What changed"),
    _("Reference"),
    _("Title"),
    _("Words"),
    _("Address"),
)
STANDINGS: Mapping[str, Any] = {
    OPEN: _("Open now"),
    UPCOMING: _("Opens soon"),
    CLOSED: _("Closed"),
}
GONE: Mapping[str, Any] = {
    cards.REMOVED: _("Taken away by its author"),
    cards.HIDDEN_HERE: _("Hidden by a moderator"),
}
HAPPENINGS: Mapping[str, Any] = {
    changed.STARTED: _("A trial began"),
    changed.HAPPENS: _("An idea happens now"),
    changed.THANKED: _("Changed because of you"),
}
