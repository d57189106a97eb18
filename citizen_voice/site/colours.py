"""The council's colours: what a colour is, and whether one can be read on another."""

import math
import re
from collections.abc import Sequence

LEAST = 4.5
"""The least contrast of text in ordinary size (WCAG 2.2, success criterion 1.4.3, level AA)."""

WHITE = "#ffffff"
PAGE, CARD = "#faf7f2", "#ffffff"
"""What links stand on in light mode: ``--page`` and ``--card`` of ``10-tokens.css``."""

ON_BRAND = (WHITE,)
UNDER_LINKS = (PAGE, CARD)

_COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")


def normalise(said: str) -> str | None:
    """A colour as ``#rrggbb``; ``None`` for what is none."""
    text = "#" + said.strip().casefold().removeprefix("#")
    if not _COLOUR.fullmatch(text):
        return None
    return text if len(text) == 7 else "#" + "".join(2 * digit for digit in text[1:])


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``, from 0 (black) to 1 (white).

    As defined in WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance.
    """
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21.

    (L1 + 0.05) / (L2 + 0.05), of the lighter to the darker, as defined in WCAG 2.2,
    https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, others: Sequence[str]) -> float:
    """The contrast with whichever of some colours it is hardest to tell from."""
    return min(contrast(colour, other) for other in others)


def passes(colour: str, others: Sequence[str]) -> bool:
    """Whether text in the colour can be read on each of the others, and theirs on it."""
    return least_contrast(colour, others) >= LEAST


def readable_shade(colour: str, others: Sequence[str]) -> str:
    """The lightest darker shade of a colour that passes: the same hue, a little less light each."""
    for share in range(255, -1, -1):
        shade = "#" + "".join(f"{channel * share // 255:02x}" for channel in _channels(colour))
        if passes(shade, others):
            return shade
    return "#000000"  # passes on anything light


def told(ratio: float) -> str:
    """A ratio as people write it, never rounded up to what it does not reach: ``4.49``."""
    return f"{math.floor(ratio * 100) / 100:.2f}"


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: int) -> float:
    part = channel / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
