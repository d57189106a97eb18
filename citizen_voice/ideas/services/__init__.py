"""What happens to ideas: proposed, edited, moved from stage to stage, held and hidden."""

from citizen_voice.ideas.services.listing import (
    new_shuffle,
    relist,
    reshuffle,
    reshuffle_if_new_day,
)
from citizen_voice.ideas.services.proposing import (
    ChallengeNotOpen,
    edit,
    next_number,
    propose,
)
from citizen_voice.ideas.services.stages import hide, publish, shortlist, words_of_leaving

__all__ = [
    "ChallengeNotOpen",
    "edit",
    "hide",
    "new_shuffle",
    "next_number",
    "propose",
    "publish",
    "relist",
    "reshuffle",
    "reshuffle_if_new_day",
    "shortlist",
    "words_of_leaving",
]
