"""What a page of one idea at a time asks about, and pressing its buttons."""

import re
from uuid import UUID

from werkzeug.test import TestResponse

from citizen_voice.answers import services as answering
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import write
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.people import resident


def asked_about(page: str) -> int | None:
    """The number of the idea that a page asks about; ``None`` where it asks about none."""
    bar = page.partition('class="one__bar"')[2]
    found = re.search(r"/ideas/CV-(\d+)/answer", bar)
    return int(found[1]) if found else None


def skip_link(page: str) -> str:
    bar = page.partition('class="one__bar"')[2]
    found = re.search(r'<a [^>]*href="([^"]*/next\?after=[^"]+)"', bar)
    assert found, page
    return found[1]


def reply(
    client: Client, number: int, value: str, headers: dict[str, str] | None = None
) -> TestResponse:
    """Press one of the buttons."""
    fields = {"value": value, "from": "next"}
    return client.send(f"/ideas/CV-{number}/answer", fields, headers=headers or {})


def answered(number: int, people: int) -> None:
    for _ in range(people):
        person = resident()
        with write():
            answering.cast(person, number, "support")


def three(made: Challenge, author: UUID | None = None) -> list[int]:
    return [idea(made, author or resident()) for _ in range(3)]
