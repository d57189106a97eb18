"""What a privacy notice has to say (UK GDPR Art 13, 21(4)), and which notices there are.

A notice is made of sections. Most are the officer's words; what purposes there are, how long things
are kept and which rights people have is made from the register of purposes, and officers may add
to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from citizen_voice.consent.models.notices import BRIEF, EVERYONE, FULL, YOUNG
from citizen_voice.consent.queries.notices import PRIVACY, YOUNG_PEOPLE
from citizen_voice.words import _

PURPOSES, RETENTION, RIGHTS = "purposes", "retention", "rights"
LINE, OBJECT, MORE = "line", "object", "more"


@dataclass(frozen=True, slots=True)
class Element:
    """A section of a notice: its heading, what belongs there, and the Article that asks for it.

    ``made``: from the register of purposes; the officer's words come after. ``needed``: without it
    nothing is published. ``most`` letters.
    """

    key: str
    heading: Any
    hint: Any
    article: str
    made: bool = False
    needed: bool = True
    most: int = 6000


ELEMENTS: tuple[Element, ...] = (
    Element(
        OBJECT,
        _("You can object"),
        _("The right to object, apart from everything else and first. Say how."),
        "21(4)",
    ),
    Element(
        "controller",
        _("Who we are"),
        _("The council’s name and every way to reach it."),
        "13(1)(a)",
    ),
    Element(
        "dpo",
        _("Our data protection officer"),
        _("How to reach the data protection officer."),
        "13(1)(b)",
    ),
    Element(
        PURPOSES,
        _("What we hold, and why"),
        _("Made from the register of purposes. Add what people should know besides."),
        "13(1)(c)",
        made=True,
    ),
    Element(
        "required",
        _("Do you have to give us this?"),
        _("Whether people have to give it, and what happens if they do not."),
        "13(2)(e)",
    ),
    Element(
        "recipients",
        _("Who sees it"),
        _("Everybody, staff, companies that work for you, and others the law names."),
        "13(1)(e)",
    ),
    Element(
        "transfers",
        _("Where we keep it"),
        _("Whether it leaves the United Kingdom, and what protects it there."),
        "13(1)(f)",
    ),
    Element(
        "automated",
        _("Decisions by computers"),
        _("Whether a computer alone decides anything about people, or sorts them into groups."),
        "13(2)(f)",
    ),
    Element(
        RETENTION,
        _("How long we keep it"),
        _("Made from the register of purposes. Add what people should know besides."),
        "13(2)(a)",
        made=True,
    ),
    Element(
        RIGHTS,
        _("Your rights"),
        _("Made from the basis of each purpose. Add what people should know besides."),
        "13(2)(b)–(c)",
        made=True,
    ),
    Element(
        "complain",
        _("If you are unhappy"),
        _("How to complain to the council, and by when it answers."),
        "13(2)(d), DPA s.164A",
    ),
    Element(
        "ico",
        _("The Information Commissioner"),
        _("How to complain to the Information Commissioner’s Office."),
        "13(2)(d)",
    ),
    Element(
        MORE,
        _("More to know"),
        _("Anything else, such as cookies. You may leave this empty."),
        "12(1)",
        needed=False,
    ),
)
BRIEFLY: tuple[Element, ...] = (
    Element(
        LINE,
        _("What we say there"),
        _("A few sentences: who asks, what for, and how to stop it. The full notice is linked."),
        "12(1), 13",
        most=1000,
    ),
)


@dataclass(frozen=True, slots=True)
class Declared:
    """A notice that the site shows: its name in addresses, its title, for whom, and how much."""

    name: str
    title: Any
    audience: str
    layer: str

    @property
    def elements(self) -> Sequence[Element]:
        """The sections that it is made of."""
        return ELEMENTS if self.layer == FULL else BRIEFLY


NOTICES: dict[str, Declared] = {
    each.name: each
    for each in (
        Declared(PRIVACY, _("Privacy notice"), EVERYONE, FULL),
        Declared(YOUNG_PEOPLE, _("Privacy notice for people under 18"), YOUNG, FULL),
        Declared("newsletter", _("Before you choose the newsletter"), EVERYONE, BRIEF),
        Declared("research", _("Before you choose research"), EVERYONE, BRIEF),
    )
}
AUDIENCES: dict[str, Any] = {EVERYONE: _("Everybody"), YOUNG: _("People under 18")}
LAYERS: dict[str, Any] = {FULL: _("The full notice"), BRIEF: _("Brief words where we ask")}
