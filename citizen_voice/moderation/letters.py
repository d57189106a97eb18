"""The letter that a decision begins with: a ground's template, filled in.

A template may name ``{thing}``, ``{title}``, ``{ground}``, ``{until}`` and ``{site}``. Nothing else
in braces is understood, so it is refused where it is written.
"""

import re
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from citizen_voice.site import queries as site
from citizen_voice.web.filters import long_date, say
from citizen_voice.words import _, force_locale

PLACEHOLDERS = MappingProxyType(
    {
        "thing": _("what it is: idea, comment, name"),
        "title": _("its title, or its first words"),
        "ground": _("the name of the ground"),
        "until": _("the last day to ask someone else to look"),
        "site": _("the name of the site"),
    }
)
LETTER_LONGEST = 4000

_BRACES = re.compile(r"\{([^{}]*)\}")


def unknown(template: str) -> list[str]:
    """What stands in braces in a template and is no placeholder, each once, in its order."""
    found = (match[1] for match in _BRACES.finditer(template))
    return list(dict.fromkeys(name for name in found if name not in PLACEHOLDERS))


def letter(
    ground: Any, *, language: str, thing: str, title: str, until: date | datetime | None
) -> str:
    """The letter about a thing, in one of the two languages, for a moderator to finish.

    Args:
        ground: a row with ``name_en``, ``name_cy``, ``letter_en`` and ``letter_cy``.
        language: ``en`` or ``cy``; where the ground has no Welsh letter, the English one is filled.
        thing: what it is about in that language ("idea", "comment").
        title: its title or first words, as its author wrote them.
        until: the last day to ask someone else to look; left out where there is none.

    Returns:
        Plain words. What fills a placeholder is never looked into for another one.
    """
    with force_locale(language):
        values = {
            "thing": thing,
            "title": title,
            "ground": say(ground, "name").text,
            "until": "" if until is None else long_date(until),
            "site": say(site.settings(), "name").text,
        }
        return _BRACES.sub(
            lambda match: values.get(match[1], match[0]), say(ground, "letter").text
        ).strip()
