"""How choices are said: what is asked, what was chosen, where, in which language."""

from dataclasses import dataclass
from typing import Any

from citizen_voice import register
from citizen_voice.consent.models import EXPIRED, GIVEN, NEWSLETTER, REFUSED, RESEARCH, WITHDRAWN
from citizen_voice.db import AnyRow
from citizen_voice.web.filters import long_date
from citizen_voice.words import _

STATES: dict[str, Any] = {
    GIVEN: _("yes"),
    WITHDRAWN: _("taken back"),
    REFUSED: _("no"),
    EXPIRED: _("ended by itself"),
}
CONTROLS: dict[str, Any] = {
    "switch": _("the switch"),
    "no-thanks": _("the button “No, thank you”"),
    "one-click": _("the link that stops these e-mails"),
    "clock": _("nobody: its time was over"),
}
SCREENS: dict[str, Any] = {
    "my-choices": _("on My choices"),
    "letter": _("from an e-mail"),
    "none": _("by itself"),
}
LANGUAGES: dict[str, Any] = {"en": _("in English"), "cy": _("in Welsh")}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a purpose is called where somebody is asked, what saying yes means, and with which data.

    ``data`` are the categories of data: their words, and the term of the W3C's Data Privacy
    Vocabulary (its extension for personal data). ``aim`` is that vocabulary's term for the purpose.
    """

    title: Any
    means: Any
    aim: str
    data: tuple[tuple[Any, str], ...]


ASKED: dict[str, Asked] = {
    NEWSLETTER: Asked(
        _("Newsletter by e-mail"),
        _("Now and then we e-mail you about other ways to take part."),
        "dpv:DirectMarketing",
        ((_("E-mail address"), "pd:EmailAddress"), (_("Language"), "pd:Language")),
    ),
    RESEARCH: Asked(
        _("Research about taking part"),
        _(
            "We may e-mail you and ask whether you want to talk to us about how the council"
            " listens. You can say no each time."
        ),
        "dpv:ResearchAndDevelopment",
        ((_("E-mail address"), "pd:EmailAddress"), (_("Language"), "pd:Language")),
    ),
}


def asked(purpose: str) -> Asked:
    """The same of a purpose that has no words of its own here."""
    known = ASKED.get(purpose)
    if known is not None:
        return known
    return Asked(register.purpose(purpose).words, "", "dpv:Purpose", ())


def line(entry: AnyRow) -> str:
    """An entry in one line: ``3 March 2026: yes, on My choices, in English``."""
    if entry.state == EXPIRED:
        return f"{long_date(entry.at)}: {STATES[EXPIRED]}"
    said = (STATES[entry.state], SCREENS[entry.screen], LANGUAGES[entry.language])
    return f"{long_date(entry.at)}: {', '.join(str(part) for part in said)}"
