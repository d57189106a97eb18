"""What the accessibility statement says, as data: what works, what was tested, what does not yet.

The Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018,
reg. 8, say what has to stand in it. The council adds words of its own; ``PREPARED`` changes with
any change here.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from citizen_voice.words import _

PREPARED = date(2026, 11, 22)
REVIEWED_EVERY = timedelta(days=365)
PAGE = "accessibility"
"""The key of the council's own words (``site_pages``)."""

ABLE: tuple[Any, ...] = (
    _("zoom in to 400% without text running off the screen"),
    _("use it on a phone that is 320 pixels wide"),
    _("use all of it with a keyboard alone"),
    _("use all of it without JavaScript"),
    _("read it in the light or dark colours that your device prefers, and with your own colours"),
    _("read everything that the council writes in English or in Welsh"),
)


@dataclass(frozen=True, slots=True)
class Tested:
    """Something that is tested: what, and how."""

    what: Any
    how: Any


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that does not meet the regulations: what, which criterion, what is done about it.

    ``criterion`` is the number of a success criterion of WCAG 2.2.
    """

    what: Any
    criterion: str
    name: Any
    remedy: Any


TESTS: tuple[Tested, ...] = (
    Tested(
        _("Every kind of page"),
        _("By axe, an automatic checker, in a real browser, each time the website changes."),
    ),
    Tested(
        _("Both languages, light and dark, narrow screens, and pages with errors showing"),
        _("By the same checker, each time the website changes."),
    ),
    Tested(_("The main tasks with a keyboard alone"), _("In a real browser.")),
    Tested(_("The main tasks without JavaScript"), _("In a real browser.")),
)
UNTESTED: tuple[Any, ...] = (
    _("It has not been audited by people with disabilities yet."),
    _("It has not been tried with every screen reader."),
)
GAPS: tuple[Gap, ...] = (
    Gap(
        _(
            "Residents choose the language of their own words. When they choose the wrong one, a"
            " screen reader may pronounce them badly."
        ),
        "3.1.2",
        _("language of parts"),
        _("We correct it when somebody tells us."),
    ),
    Gap(
        _("Residents can put links in their ideas, and not every link text says where it leads."),
        "2.4.4",
        _("link purpose"),
        _("We ask authors to change it."),
    ),
)
