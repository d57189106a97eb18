"""What happens with news: it is written, spread by the worker, and put into letters."""

from citizen_voice.news.services import trials
from citizen_voice.news.services.choosing import choose, forget_person
from citizen_voice.news.services.mailing import mail
from citizen_voice.news.services.spreading import count_as_told, spread
from citizen_voice.news.services.telling import HANDLERS as _OF_IDEAS
from citizen_voice.news.services.telling import mark_seen, tell_of_first_supporters

HANDLERS = (*_OF_IDEAS, *trials.HANDLERS)
"""What news hears of: the kind of event, and what is done with it."""


def work() -> None:
    """What the worker does every minute: find, spread, write. Harmless when it runs twice."""
    tell_of_first_supporters()
    spread()
    mail()


__all__ = [
    "HANDLERS",
    "choose",
    "count_as_told",
    "forget_person",
    "mail",
    "mark_seen",
    "spread",
    "tell_of_first_supporters",
    "work",
]
