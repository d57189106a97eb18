"""What htmx gets back for an answer from a list: made from the row just written."""

from typing import Any

from markupsafe import Markup

from citizen_voice.ideas.cards import REMOVED
from citizen_voice.web.filters import reference
from citizen_voice.web.templates import environment


class Answered:
    """An idea right after one's own answer to it, as templates see a card."""

    __slots__ = ("ballot", "id", "mine", "oppose", "ref", "support", "title")
    answerable = True

    def __init__(self, row: Any, mine: str | None) -> None:
        """``row`` is what ``services.answer`` gives, ``mine`` the answer's name."""
        self.id: int = row.id
        self.ref = reference(row.id)
        self.title: str = row.title or str(REMOVED)
        self.ballot: str = row.ballot
        self.support: int = row.support
        self.oppose: int = row.oppose
        self.mine = mine


def foot_html(card: Any, csrf: Markup) -> Markup:
    """The foot of the card in a list; ``csrf`` is the hidden field of who answered."""
    module: Any = environment().get_template("ideas/_card_answer.html").module
    html: Markup = module.answered(card, csrf)
    return html
