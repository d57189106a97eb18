"""Frames have the colours of the site, which stand in its stylesheet."""

import re

import pytest

from citizen_voice.paths import STATIC
from citizen_voice.site import colours
from citizen_voice.widgets import themes
from citizen_voice.widgets.frames import PALETTES
from citizen_voice.widgets.models import DARK, LIGHT

TOKENS = (STATIC / "css" / "10-tokens.css").read_text(encoding="utf-8")
CHOSEN = {"accent", "on-accent"}
"""Made from the widget's own colour, or the council's (``themes.shades``)."""
FOCUS = {LIGHT: "focus-ink", DARK: "focus"}
"""The colour of the ring around what has the focus, as ``:focus-visible`` has it."""


def tokens(mode: str) -> dict[str, str]:
    """The colours of the site in a mode: those of the light one, and what the dark one changes."""
    light, _, rest = TOKENS.partition("@media (prefers-color-scheme: dark)")
    found = declared(re.findall(r"html\.govuk-template \{(.*?)\n\}", light, re.DOTALL)[0])
    if mode == DARK:
        found |= declared(re.findall(r"html\.govuk-template \{(.*?)\n  \}", rest, re.DOTALL)[0])
    return found


def declared(block: str) -> dict[str, str]:
    """Custom properties with their values."""
    return dict(re.findall(r"--([a-z-]+):\s*([^;]+);", block))


@pytest.mark.parametrize("mode", [LIGHT, DARK])
def test_a_frame_has_the_colours_of_the_site(mode: str) -> None:
    site = tokens(mode)
    ours = {name: value for name, value in declared(PALETTES[mode]).items() if name not in CHOSEN}
    assert len(ours) >= 7
    assert ours == {name: site[FOCUS[mode] if name == "focus" else name] for name in ours}


def test_a_colour_is_measured_against_what_it_stands_on() -> None:
    for mode, measured in ((LIGHT, themes.ON_LIGHT), (DARK, themes.ON_DARK)):
        site = tokens(mode)
        wanted = [
            colours.normalise(site[name].replace("#fff", "#ffffff")) for name in ("page", "card")
        ]
        assert [colours.normalise(each) for each in measured] == wanted
