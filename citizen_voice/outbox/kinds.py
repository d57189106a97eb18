"""Every kind of letter: why it is sent, on which lawful basis, and what may wait for what.

A letter of a kind that is not here is not sent. The purpose says on which basis a kind stands (see
``register.PURPOSES``); none of them is an advertisement.
"""

from dataclasses import dataclass
from typing import Any

from citizen_voice import register
from citizen_voice.outbox.models import CODE, LETTER, NEWS
from citizen_voice.register import Basis
from citizen_voice.words import _


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter.

    ``words`` name it to a resident, ``purpose`` is one of the register's. ``urgency`` says what
    goes first. A ``lasting`` letter is as good later: when it could not be delivered its words are
    kept, and it can be sent again. Of others they go at once: a code is good for minutes. A
    ``parting`` letter may tell somebody that their account is gone: where it is nobody's any more
    and there is no such mailbox, its words and the address go at once, too.
    """

    key: str
    words: Any
    purpose: str
    urgency: int = LETTER
    lasting: bool = True
    parting: bool = False

    @property
    def why(self) -> register.Purpose:
        """What it is sent for, and on which basis."""
        return register.purpose(self.purpose)


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("code", _("A code to sign in"), "account", CODE, lasting=False),
        Kind("address", _("Your account has another address"), "account"),
        Kind("account-idle", _("Your account was not used for a long time"), "account"),
        Kind("invitation", _("An invitation to staff"), "account", lasting=False),
        Kind("device", _("The device of your staff sign-in was changed"), "account"),
        Kind("report", _("We have your report, and what came of it"), "safety"),
        Kind(
            "decision", _("A decision about something of yours, with its reasons"), "accountability"
        ),
        Kind("copy", _("The copy of your data is ready"), "accountability", lasting=False),
        Kind("news", _("News of what you took part in or follow"), "news", NEWS),
        Kind("newsletter", _("Our newsletter"), "newsletter", NEWS),
        Kind("pilot-reminder", _("A reminder to the owner of a trial"), "accountability"),
        Kind("pilot-manager", _("To the manager of a trial: a word is late"), "accountability"),
        Kind(
            "rights-letter",
            _("An answer about your data or a complaint"),
            "accountability",
            parting=True,
        ),
    )
}


BASES: dict[Basis, Any] = {
    Basis.PUBLIC_TASK: _("Our public task"),
    Basis.CONSENT: _("Your consent"),
    Basis.LEGAL_OBLIGATION: _("A duty by law"),
}


class UnknownKind(LookupError):
    """Code sends a letter of a kind that the register does not have."""


def kind(key: str) -> Kind:
    """The declared kind with this key; raises ``UnknownKind``."""
    try:
        return KINDS[key]
    except KeyError:
        raise UnknownKind(f"declare the kind {key!r} in outbox.kinds first") from None


def register_rows() -> list[tuple[Any, Any, Any]]:
    """The register as a page shows it: which letter, why, and on which basis."""
    return [(each.words, each.why.words, BASES[each.why.basis]) for each in KINDS.values()]
