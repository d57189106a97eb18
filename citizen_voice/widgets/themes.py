"""How a widget may look: its corners, and whether its colour can be read, light and dark."""

from collections.abc import Sequence
from dataclasses import dataclass

from citizen_voice.errors import Refusal
from citizen_voice.site import colours
from citizen_voice.widgets.models import DARK
from citizen_voice.words import _

ON_LIGHT = (colours.PAGE, colours.CARD)
ON_DARK = ("#171513", "#221f1c")
"""What links of a widget stand on: ``--page`` and ``--card`` of ``10-tokens.css``. Words on a
button have the first of the other mode's: white, or nearly black."""


@dataclass(frozen=True, slots=True)
class Shades:
    """A widget's accent in light and in dark mode, and what is written on it."""

    light: str
    dark: str
    on_light: str = colours.WHITE
    on_dark: str = ON_DARK[0]


class Unreadable(Refusal):
    """A colour that cannot be read. ``shade`` is the nearest one that can."""

    def __init__(self, words: object, shade: str) -> None:
        super().__init__(words, field="accent")
        self.shade = shade


def accent(said: str, scheme: str) -> str:
    """A widget's accent as it is stored, empty for the council's own.

    It is held against light surfaces, or against dark ones where the widget is always dark; the
    other mode has a shade of its own. Raises ``Refusal`` for what is no colour, ``Unreadable``.
    """
    if not said.strip():
        return ""
    colour = colours.normalise(said)
    if colour is None:
        words = _("Enter a colour as # and six figures or letters a to f, like #0b5a55.")
        raise Refusal(words, field="accent")
    under = ON_DARK if scheme == DARK else ON_LIGHT
    if colours.passes(colour, under):
        return colour
    shade = lighter_shade(colour) if scheme == DARK else colours.readable_shade(colour, under)
    words = _(
        "That colour cannot be read: its contrast is %(ratio)s to 1, and it takes 4.5."
        " %(shade)s is the nearest shade that can be read.",
        ratio=colours.told(colours.least_contrast(colour, under)),
        shade=shade,
    )
    raise Unreadable(words, shade)


def radius(said: str | None) -> int | None:
    """The radius of corners that somebody typed, however wide; ``None`` for what can be none."""
    text = (said or "").strip().removesuffix("px").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else None


def shades(chosen: str, brand: str) -> Shades:
    """What a widget is coloured with: its accent, else the council's, so that each can be read."""
    colour = chosen or brand
    return Shades(colours.readable_shade(colour, ON_LIGHT), lighter_shade(colour))


def lighter_shade(colour: str, under: Sequence[str] = ON_DARK) -> str:
    """The darkest lighter shade of a colour that can be read on dark surfaces."""
    channels = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    for share in range(256):
        mixed = (channel + (255 - channel) * share // 255 for channel in channels)
        shade = "#" + "".join(f"{channel:02x}" for channel in mixed)
        if colours.passes(shade, under):
            return shade
    return colours.WHITE
