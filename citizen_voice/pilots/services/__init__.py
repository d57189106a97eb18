"""What happens with pilots."""

from citizen_voice.pilots.services.deciding import confirm, declare, send_back
from citizen_voice.pilots.services.linking import link, unlink
from citizen_voice.pilots.services.measuring import (
    Reading,
    add_measure,
    add_readings,
    change_measure,
    change_target,
    remove_measure,
    remove_reading,
)
from citizen_voice.pilots.services.people import (
    assign,
    choose_manager,
    colleague_left,
    hold_of_leaving,
    show_name,
    words_of_leaving,
)
from citizen_voice.pilots.services.planning import change_plan, describe, move, save_dpia
from citizen_voice.pilots.services.starting import AlreadyStarted, cancel, look_at, start
from citizen_voice.pilots.services.telling import Update, say, take_back, take_back_thanks, thank

__all__ = [
    "AlreadyStarted",
    "Reading",
    "Update",
    "add_measure",
    "add_readings",
    "assign",
    "cancel",
    "change_measure",
    "change_plan",
    "change_target",
    "choose_manager",
    "colleague_left",
    "confirm",
    "declare",
    "describe",
    "hold_of_leaving",
    "link",
    "look_at",
    "move",
    "remove_measure",
    "remove_reading",
    "save_dpia",
    "say",
    "send_back",
    "show_name",
    "start",
    "take_back",
    "take_back_thanks",
    "thank",
    "unlink",
    "words_of_leaving",
]
