"""Letters to who asks about their data, filled in; the officer may change each before it goes.

In the language that is in force. None holds a name of somebody else, or a word of what is held.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from citizen_voice.desk.models import COMPLAINT, GRANTED, PARTLY, TAKEN_BACK
from citizen_voice.desk.names import RIGHT_NAMES
from citizen_voice.web.filters import long_date
from citizen_voice.words import _

ACKNOWLEDGED, IDENTITY, CLARIFY, EXTENDED = "acknowledged", "identity", "clarify", "extended"
OUTCOME, REFUSAL = "outcome", "refusal"
C_ACKNOWLEDGED, C_PROGRESS, C_OUTCOME = "c-acknowledged", "c-progress", "c-outcome"
FOR_RIGHTS = (ACKNOWLEDGED, IDENTITY, CLARIFY, EXTENDED)
FOR_COMPLAINTS = (C_ACKNOWLEDGED, C_PROGRESS, IDENTITY, CLARIFY)
"""What an officer can write while a request, or a complaint, is open."""
NAMES: dict[str, Any] = {
    ACKNOWLEDGED: _("We have your request"),
    IDENTITY: _("Who are you?"),
    CLARIFY: _("What do you mean?"),
    EXTENDED: _("We need two months more"),
    OUTCOME: _("What we decided"),
    REFUSAL: _("What we decided, with reasons"),
    C_ACKNOWLEDGED: _("We have your complaint"),
    C_PROGRESS: _("Where your complaint stands"),
    C_OUTCOME: _("What came of your complaint"),
}
ICO_SITE = "ico.org.uk"
ICO = _(
    "You can complain to the Information Commissioner’s Office: ico.org.uk/make-a-complaint, phone"
    " 0303 123 1113. You can also go to a court."
)
FILL = _("[Write here]")
"""What an officer has to put in; a letter that still has it does not leave."""


class Letter(NamedTuple):
    """Subject and text, ready to go."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class About:
    """What a letter is about: the request (a row), its receipt, its page, and the site."""

    asked: Any
    receipt: str
    link: str
    site_name: str
    outcome: str = ""
    reasons: str = ""


def acknowledgement_of(kind: str) -> str:
    """The letter that says that a request of this kind has come."""
    return C_ACKNOWLEDGED if kind == COMPLAINT else ACKNOWLEDGED


def outcome_of(kind: str, outcome: str) -> str:
    """The letter that says how a request of this kind ended."""
    if kind == COMPLAINT:
        return C_OUTCOME
    return OUTCOME if outcome in (GRANTED, TAKEN_BACK) else REFUSAL


def written(kind: str, about: About) -> Letter:
    """A letter of a kind in the language at hand; raises ``KeyError`` for no kind."""
    subject, parts = _LETTERS[kind](about)
    ends = (
        _("Your number is: %(receipt)s", receipt=about.receipt),
        f"{_('Here you can see where it stands:')}\n{about.link}",
        about.site_name,
    )
    body = "\n\n".join(str(part) for part in (*parts, *ends) if str(part))
    return Letter(f"{subject} ({about.site_name})", body + "\n")


def _by(about: About) -> Any:
    if about.asked.due_on is None:
        return _("The time in which we answer starts when we know what we need.")
    return _("We answer by %(day)s.", day=long_date(about.asked.due_on))


def _what(about: About) -> str:
    return str(RIGHT_NAMES[about.asked.kind])


def _acknowledged(about: About) -> tuple[Any, tuple[Any, ...]]:
    return NAMES[ACKNOWLEDGED], (
        _("Thank you. We have your request about your data."),
        _("What you ask for: %(what)s", what=_what(about)),
        _by(about),
    )


def _identity(_about: About) -> tuple[Any, tuple[Any, ...]]:
    return NAMES[IDENTITY], (
        _("Before we show, change or delete anything, we have to be sure that we talk to you."),
        _("The simplest way: sign in on the site with your e-mail address, and ask there."),
        _("If you can’t, write to us how we can check who you are: %(fill)s", fill=FILL),
        _("The time in which we answer starts when we have that."),
    )


def _clarify(about: About) -> tuple[Any, tuple[Any, ...]]:
    stops = about.asked.kind == "access"
    return NAMES[CLARIFY], (
        _("To answer you well, we have to know more: %(fill)s", fill=FILL),
        _("The days until we have your answer do not count.") if stops else _by(about),
    )


def _extended(about: About) -> tuple[Any, tuple[Any, ...]]:
    return NAMES[EXTENDED], (
        _("Your request takes longer than a month, because: %(fill)s", fill=FILL),
        _by(about),
        ICO,
    )


def _outcome(about: About) -> tuple[Any, tuple[Any, ...]]:
    first = (
        _("You took your request back, so we have closed it.")
        if about.outcome == TAKEN_BACK
        else _("We have done what you asked for: %(what)s.", what=_what(about))
    )
    return NAMES[OUTCOME], (first, about.reasons)


def _refusal(about: About) -> tuple[Any, tuple[Any, ...]]:
    first = (
        _("We have done a part of what you asked for: %(what)s.", what=_what(about))
        if about.outcome == PARTLY
        else _("We have not done what you asked for: %(what)s.", what=_what(about))
    )
    return NAMES[REFUSAL], (
        first,
        _("These are our reasons: %(reasons)s", reasons=about.reasons or FILL),
        _("If you think that is wrong, you can complain to us. Answer this letter."),
        ICO,
    )


def _complaint(about: About) -> tuple[Any, tuple[Any, ...]]:
    return NAMES[C_ACKNOWLEDGED], (
        _("Thank you. We have your complaint about how we use your data, and look into it."),
        _by(about),
        ICO,
    )


def _progress(about: About) -> tuple[Any, tuple[Any, ...]]:
    return NAMES[C_PROGRESS], (
        _("We are looking into your complaint. So far: %(fill)s", fill=FILL),
        _by(about),
    )


def _complaint_ended(about: About) -> tuple[Any, tuple[Any, ...]]:
    said = {
        GRANTED: _("You were right, and we are sorry."),
        PARTLY: _("You were right in part, and for that we are sorry."),
        TAKEN_BACK: _("You took your complaint back, so we have closed it."),
    }
    return NAMES[C_OUTCOME], (
        _("We have looked into your complaint."),
        said.get(about.outcome, _("We found that we kept to the rules.")),
        about.reasons,
        ICO,
    )


_LETTERS: dict[str, Callable[[About], tuple[Any, tuple[Any, ...]]]] = {
    ACKNOWLEDGED: _acknowledged,
    IDENTITY: _identity,
    CLARIFY: _clarify,
    EXTENDED: _extended,
    OUTCOME: _outcome,
    REFUSAL: _refusal,
    C_ACKNOWLEDGED: _complaint,
    C_PROGRESS: _progress,
    C_OUTCOME: _complaint_ended,
}
