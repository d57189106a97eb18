"""What rights, ways, states and steps are called on the screen."""

from typing import Any

from citizen_voice.desk import models as m
from citizen_voice.words import _

RIGHT_NAMES: dict[str, Any] = {
    m.ACCESS: _("See what you hold about me"),
    m.PORTABILITY: _("Have my data as a file"),
    m.RECTIFICATION: _("Put something right"),
    m.ERASURE: _("Delete my data"),
    m.RESTRICTION: _("Stop using my data for a time"),
    m.OBJECTION: _("Object to how you use my data"),
    m.AUTOMATED: _("Have a person look at what a machine decided"),
    m.COMPLAINT: _("A complaint"),
}
SHORT_NAMES: dict[str, Any] = {
    m.ACCESS: _("Access"),
    m.PORTABILITY: _("Portability"),
    m.RECTIFICATION: _("Rectification"),
    m.ERASURE: _("Erasure"),
    m.RESTRICTION: _("Restriction"),
    m.OBJECTION: _("Objection"),
    m.AUTOMATED: _("Automated decision"),
    m.COMPLAINT: _("Complaint"),
}
CHANNEL_NAMES: dict[str, Any] = {
    m.FORM: _("Form"),
    m.MY_DATA: _("My data"),
    m.LETTER: _("Letter"),
    m.CALL: _("Call"),
    m.EMAIL: _("E-mail"),
}
IDENTITY_NAMES: dict[str, Any] = {
    m.NOT_NEEDED: _("Known, nothing more needed"),
    m.ASKED: _("Asked for"),
    m.GIVEN: _("Shown"),
    m.IN_DOUBT: _("In doubt"),
}
OUTCOME_NAMES: dict[str, Any] = {
    m.GRANTED: _("Done as asked"),
    m.PARTLY: _("Done in part"),
    m.REFUSED: _("Refused"),
    m.TAKEN_BACK: _("Taken back"),
}
COMPLAINT_OUTCOMES: dict[str, Any] = {
    m.GRANTED: _("Upheld"),
    m.PARTLY: _("Upheld in part"),
    m.REFUSED: _("Not upheld"),
    m.TAKEN_BACK: _("Taken back"),
}
STEP_NAMES: dict[str, Any] = {
    "received": _("It came"),
    "acknowledged": _("We said that we have it"),
    "identity-asked": _("We asked who it is"),
    "identity-given": _("We know who it is"),
    "identity-doubt": _("It is in doubt who it is"),
    "identity-waived": _("Nothing more is needed to know who it is"),
    "fee-asked": _("We asked for a fee"),
    "fee-paid": _("The fee was paid"),
    "question": _("We asked what is meant"),
    "answered": _("We got the answer"),
    "extended": _("We took two months more"),
    "letter": _("We wrote a letter"),
    "note": _("Note"),
    "disputed": _("We noted that something may be wrong"),
    "told": _("We told who had got the data"),
    "restricted": _("We hid what they wrote"),
    "lifted": _("We showed it again"),
    "still-hidden": _("Another request keeps it hidden"),
    "news-stopped": _("We stopped their news"),
    "erased": _("The account was deleted"),
    "left": _("The account was deleted by its owner"),
    "linked": _("The account was named"),
    "looked": _("The e-mail address was looked at"),
    "closed": _("Closed"),
    "reopened": _("Opened again"),
    "forgotten": _("Their details were deleted"),
}
FOR_STAFF = frozenset({"note", "linked", "looked", "disputed"})
"""Steps that who asked does not read on the page of their request."""


def outcome_name(kind: str, outcome: str | None) -> Any:
    """How a request of a kind ended, in words; empty where it has not."""
    names = COMPLAINT_OUTCOMES if kind == m.COMPLAINT else OUTCOME_NAMES
    return names[outcome] if outcome is not None else ""
