"""What somebody writes in the form of an idea, and how ideas get other words."""

from typing import Any
from uuid import UUID

from citizen_voice.challenges.models import Challenge
from citizen_voice.db import write
from citizen_voice.ideas import services
from tests.factories.ideas import idea
from tests.factories.people import resident


def words(**changed: Any) -> dict[str, Any]:
    """What somebody writes; ``None`` leaves a field out."""
    given = {
        "title": "A bench at the bus stop",
        "body": "So that people can rest.",
        "lang": "en",
        "place": "",
    } | changed
    return {name: value for name, value in given.items() if value is not None}


def where(asked: Challenge) -> str:
    """The address of the form."""
    return f"/challenges/{asked.slug}/suggest"


def number_in(location: str) -> int:
    """``/ideas/CV-1042?done=published`` → 1042."""
    return int(location.partition("CV-")[2].partition("?")[0])


def edit(number: int, author: UUID, title: str, body: str = "", language: str = "en") -> None:
    """Give an idea other words."""
    with write():
        services.edit(
            number,
            author,
            title=title,
            body=body,
            language=language,
            topic_id=None,
            ward_id=None,
        )


def edited(*titles: str, language: str = "en") -> tuple[int, UUID]:
    """An idea with these titles one after the other: its number and its author."""
    author = resident()
    number = idea(author=author, title=titles[0], body="", language=language)
    for title in titles[1:]:
        edit(number, author, title)
    return number, author
