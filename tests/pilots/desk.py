"""What tests of the staff’s screens of trials do again and again."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

from PIL import Image

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.pilots import services
from citizen_voice.pilots.services import Reading
from tests.client import Client, FormFinder
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide
from tests.factories.pilots import (
    WORDS,
    a_pilot,
    shortlisted,
)
from tests.factories.replies import working_day

SCRIPT = '"><script>alert(1)</script><svg onload=alert(1)>'


def begun(owner: UUID, *numbers: int, **given: Any) -> int:
    """A trial of theirs."""
    return a_pilot(*(numbers or shortlisted([idea()])), owner=owner, **given)


def at(pilot: int, rest: str = "") -> str:
    """The address of its screen."""
    return f"/staff/pilots/CVT-{pilot}{rest}"


def measured(pilot: int, owner: UUID, **given: Any) -> int:
    """A measure of it."""
    asked: dict[str, Any] = {"better": "more", "baseline": 1.0, "target": 9.0, "name_en": "People"}
    with write():
        return services.add_measure(pilot, **(asked | given), actor=owner)


def read(measure: int, owner: UUID, value: float = 5.0, note: str = "") -> None:
    """A reading of today."""
    with write():
        services.add_readings(measure, [Reading(clock.today(), value, note)], actor=owner)


def hidden(**subject: Any) -> None:
    """Hide an idea or a comment, as moderators do."""
    decide(case(**subject), "hide")


def update(**given: str) -> dict[str, Any]:
    """What the form of an update sends."""
    return {"state": "stuck", "words_en": "Rain.", "next_on": working_day().isoformat()} | given


def photo(kind: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    """A picture with a place in it."""
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Elm Row 3"
    exif.get_ifd(0x8825)[2] = (53.0, 48.0, 1.0)
    Image.new("RGB", size, "red").save(made, kind, exif=exif, comment=b"Elm Row 3")
    return made.getvalue()


def picture_in(page: str) -> str:
    """The address of the picture of a page."""
    return page.split('<img class="trial-picture" src="')[1].split('"', maxsplit=1)[0]


def started(owner: UUID, *refs: int) -> dict[str, Any]:
    """What the form of the start sends."""
    ends = (clock.today() + timedelta(days=60)).isoformat()
    chosen = [f"CV-{number}" for number in refs]
    return WORDS | {"idea": chosen, "owner_id": str(owner), "ends_on": ends}


def confirming(client: Client, pilot: int) -> dict[str, Any]:
    """The fields of the form that confirms."""
    forms = FormFinder(client.get(at(pilot, "/decision")).text, "http://x/").forms
    found: dict[str, Any] = next(
        form["fields"] for form in forms if form["action"].endswith("/confirm")
    )
    return found
