"""Widgets and sites that may show them, for tests of what happens beyond the frame."""

from typing import Any

from citizen_voice.db import write
from citizen_voice.widgets import services
from citizen_voice.widgets.services import Wanted

HOST = "www.example.gov.uk"
SITE = f"https://{HOST}"
BACK = f"{SITE}/parks/have-your-say?from=home"


def embedded(**values: Any) -> int:
    """A widget that the council's site may show; gives its number."""
    given = {"name": "Parks page", "kind": "changes", "return_address": BACK} | values
    with write():
        return services.make(Wanted(**given), [SITE], actor=None)


def allow_everywhere() -> None:
    """Let the council's site show frames that nobody made."""
    with write():
        services.settle_sites(None, [SITE], actor=None)
