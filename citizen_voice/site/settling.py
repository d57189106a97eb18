"""What administrators decide about the site, and what each of it may be."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from citizen_voice.errors import Refusal
from citizen_voice.site import colours
from citizen_voice.words import _

_ADDRESS = re.compile(r"[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;]+")
_PHONE = re.compile(r"[0-9+() .-]*")


@dataclass(frozen=True, slots=True)
class Setting:
    """A column that an administrator fills: how long it may be, and what else holds for it."""

    longest: int = 0
    required: bool = False
    lines: bool = False
    check: Callable[[str], Any] | None = None
    """Gives a sentence about what is wrong, or ``None``."""


def _email(value: str) -> Any:
    if not _ADDRESS.fullmatch(value):
        return _("Enter an e-mail address, like voice@example.org.")
    return None


def _phone(value: str) -> Any:
    if not _PHONE.fullmatch(value):
        return _("Enter a phone number: figures and spaces.")
    return None


def _brand(value: str) -> Any:
    return colour_trouble(value, colours.ON_BRAND)


def _link(value: str) -> Any:
    return colour_trouble(value, colours.UNDER_LINKS)


def colour_trouble(value: str, others: tuple[str, ...]) -> Any:
    """What is wrong with a colour that stands with some others; ``None`` where nothing is."""
    colour = colours.normalise(value)
    if colour is None:
        return _("Enter a colour as # and six figures or letters a to f, like #0b5a55.")
    if colours.passes(colour, others):
        return None
    return _(
        "That is hard to read: its contrast is %(ratio)s to 1, and it takes 4.5. %(shade)s is the"
        " nearest darker shade that can be read.",
        ratio=colours.told(colours.least_contrast(colour, others)),
        shade=colours.readable_shade(colour, others),
    )


WORDS: Mapping[str, Setting] = {
    "name_en": Setting(80, required=True),
    "name_cy": Setting(80),
    "council_en": Setting(80, required=True),
    "council_cy": Setting(80),
    "tagline_en": Setting(200),
    "tagline_cy": Setting(200),
    "contact_email": Setting(254, check=_email),
    "contact_phone": Setting(40, check=_phone),
    "contact_address_en": Setting(400, lines=True),
    "contact_address_cy": Setting(400, lines=True),
    "footer_en": Setting(600, lines=True),
    "footer_cy": Setting(600, lines=True),
    "brand_colour": Setting(7, required=True, check=_brand),
    "link_colour": Setting(7, required=True, check=_link),
}
"""Settings that are words, by their columns."""

COLOURS = ("brand_colour", "link_colour")
SWITCHES = ("welsh_on", "managers_told")
SETTLED = (*WORDS, *SWITCHES)
"""The columns of the site's settings that administrators decide."""


def trouble(name: str, value: str) -> Any:
    """What is wrong with the words of a setting: a sentence, or ``None``."""
    setting = WORDS[name]
    if not value:
        return _("This can’t be empty.") if setting.required else None
    if not all(line.isprintable() for line in value.split("\n" if setting.lines else None)):
        return _("There is a character in it that can’t be shown.")
    if name not in COLOURS and len(value) > setting.longest:
        return _("Make this %(longest)s letters or shorter.", longest=setting.longest)
    return setting.check(value) if setting.check else None


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Settings as they are stored. Raises ``Refusal`` at the first that can't be."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name in WORDS:
            text = clean(name, value)
            words = trouble(name, text)
            if words is not None:
                raise Refusal(words, field=name)
            found[name] = colours.normalise(text) if name in COLOURS else text
        elif name in SWITCHES:
            found[name] = bool(value)
        else:
            raise KeyError(name)
    return found


def clean(name: str, value: str | None) -> str:
    """What was typed, without spaces that nobody sees."""
    lines = [" ".join(line.split()) for line in (value or "").splitlines()]
    return "\n".join(lines).strip() if WORDS[name].lines else " ".join(filter(None, lines))


def fingerprint(row: Any) -> str:
    """The same as long as nobody has decided otherwise.

    The revision also rises with challenges, topics and wards, so it does not tell.
    """
    told = [getattr(row, name) for name in SETTLED]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]
