"""The challenge that a conversation becomes where there is none to bring it into."""

import re
from datetime import date, timedelta
from typing import Any

from citizen_voice import clock
from citizen_voice.challenges.models import OPINION
from citizen_voice.errors import Refusal
from citizen_voice.ideas.text import clean_words
from citizen_voice.imports.polis import Conversation
from citizen_voice.words import _

LONGEST_QUESTION = 160
OPEN_FOR = timedelta(days=365)
ADDRESS = re.compile(r"https?://[\w.-]+(/[\w.~/-]*)?")

# A challenge is not published without its promise, and the conversation holds none: say so.
PROMISE = {
    "decides_en": "The Polis conversation does not say who decides.",
    "decides_cy": "Nid yw'r sgwrs Polis yn dweud pwy sy'n penderfynu.",
    "money_en": "The Polis conversation does not say how much money there is.",
    "money_cy": "Nid yw'r sgwrs Polis yn dweud faint o arian sydd ar gael.",
    "fixed_en": "The Polis conversation does not say what can't change.",
    "fixed_cy": "Nid yw'r sgwrs Polis yn dweud beth na all newid.",
    "promise_en": "No reply was promised in the Polis conversation.",
    "promise_cy": "Ni addawyd ateb yn y sgwrs Polis.",
}


def described(
    conversation: Conversation, slug: str, language: str, closes_on: date | None
) -> dict[str, Any]:
    """The columns of a new challenge, as ``challenges.services.create`` takes them.

    It opens on the day of the first statement, and closes a year from today unless another last
    day is given. The question and background of a Welsh conversation stand in both languages until
    somebody translates them. Raises ``Refusal`` for a last day before the first.
    """
    today = clock.today()
    first = min((one.written_at for one in conversation.statements), default=clock.now())
    opens_on = min(first.astimezone(clock.LONDON).date(), today)
    if closes_on is not None and closes_on < opens_on:
        raise Refusal(_("The closing day is before the opening day."), field="closes_on")
    topic = " ".join(clean_words(conversation.summary.topic).split())
    background = clean_words(conversation.summary.description)
    if len(topic) > LONGEST_QUESTION:
        background = f"{topic}\n\n{background}".strip()
        topic = f"{topic[: LONGEST_QUESTION - 1].rstrip()}…"
    words = {"question_en": topic, "background_en": background}
    if language == "cy":
        words |= {"question_cy": topic, "background_cy": background}
    return {
        "slug": slug,
        "opens_on": opens_on,
        "closes_on": closes_on or today + OPEN_FOR,
        "ballot": OPINION,
        **words,
        **_sponsor(conversation.summary.url),
        **PROMISE,
    }


def _sponsor(url: str) -> dict[str, str]:
    where = f" ({url})" if ADDRESS.fullmatch(url) and len(url) <= 200 else ""
    return {
        "sponsor_en": f"Imported from a Polis conversation{where}, which does not name a sponsor.",
        "sponsor_cy": f"Mewnforiwyd o sgwrs Polis{where}, nad yw'n enwi noddwr.",
    }
