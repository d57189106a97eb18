"""Whether colours can be read: the formula of WCAG, and the shade that is suggested."""

import pytest

from citizen_voice.site import colours
from citizen_voice.site.settling import trouble


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", "21.00"),
        ("#ffffff", "#ffffff", "1.00"),
        ("#777777", "#ffffff", "4.47"),
        ("#767676", "#ffffff", "4.54"),
        ("#ff0000", "#ffffff", "3.99"),
        ("#0000ff", "#ffffff", "8.59"),
        ("#1d70b8", "#ffffff", "5.16"),
    ],
)
def test_contrast_is_what_wcag_says_either_way_round(one: str, other: str, ratio: str) -> None:
    assert colours.told(colours.contrast(one, other)) == ratio
    assert colours.told(colours.contrast(other, one)) == ratio


def test_a_ratio_is_never_rounded_up_to_what_it_does_not_reach() -> None:
    assert colours.told(4.499) == "4.49"


@pytest.mark.parametrize(
    ("said", "colour"),
    [
        ("#0B5A55", "#0b5a55"),
        (" 0b5a55 ", "#0b5a55"),
        ("#abc", "#aabbcc"),
        ("red;}", None),
        ("#0b5a5", None),
        ("#0b5a55;", None),
        ("##0b5a55", None),
        ("", None),
        ("#xyzxyz", None),
        ("#0b5a55\n}", None),
        ("#\uff11\uff12\uff13\uff14\uff15\uff16", None),
    ],
)
def test_a_colour_is_six_figures_and_nothing_else(said: str, colour: str | None) -> None:
    assert colours.normalise(said) == colour


@pytest.mark.parametrize("colour", ["#ffffff", "#ffd633", "#ff0000", "#777777", "#00ff00"])
def test_the_shade_that_is_suggested_passes_and_the_next_lighter_one_does_not(colour: str) -> None:
    for others in (colours.ON_BRAND, colours.UNDER_LINKS):
        shade = colours.readable_shade(colour, others)
        assert colours.passes(shade, others)
        lighter = "#" + "".join(
            f"{min(255, int(shade[at : at + 2], 16) + 3):02x}" for at in (1, 3, 5)
        )
        assert not colours.passes(lighter, others)
        assert trouble("brand_colour", colours.readable_shade(colour, colours.ON_BRAND)) is None


def test_a_colour_that_passes_is_its_own_suggestion() -> None:
    assert colours.readable_shade("#0b5a55", colours.ON_BRAND) == "#0b5a55"


def test_links_are_held_against_the_page_too_which_is_darker_than_a_card() -> None:
    on_white_alone = "#767676"
    assert colours.passes(on_white_alone, ("#ffffff",))
    assert "4.25" in str(trouble("link_colour", on_white_alone))
