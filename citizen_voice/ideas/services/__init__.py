"""What happens to ideas: proposed, edited, moved from stage to stage, held and hidden."""

from citizen_voice.ideas.services.drafting import (
    DraftWords,
    OpenForm,
    discard_draft,
    drafts_of_leaving,
    forget_drafts,
    save_draft,
)
from citizen_voice.ideas.services.listing import (
    new_shuffle,
    relist,
    reshuffle,
    reshuffle_if_new_day,
)
from citizen_voice.ideas.services.proposing import (
    ChallengeNotOpen,
    edit,
    edit_that_waits,
    next_number,
    propose,
)
from citizen_voice.ideas.services.stages import (
    accept_edit,
    bring_back,
    hide,
    publish,
    put_back,
    shortlist,
    unaccept_edit,
    withdraw,
    words_of_leaving,
)

__all__ = [
    "ChallengeNotOpen",
    "DraftWords",
    "OpenForm",
    "accept_edit",
    "bring_back",
    "discard_draft",
    "drafts_of_leaving",
    "edit",
    "edit_that_waits",
    "forget_drafts",
    "hide",
    "new_shuffle",
    "next_number",
    "propose",
    "publish",
    "put_back",
    "relist",
    "reshuffle",
    "reshuffle_if_new_day",
    "save_draft",
    "shortlist",
    "unaccept_edit",
    "withdraw",
    "words_of_leaving",
]
