"""What the gate of the outbox asks about consent: a letter that rests on one needs it to stand."""

from collections.abc import Collection

from citizen_voice import register
from citizen_voice.consent import queries
from citizen_voice.outbox.gate import NO_CONSENT, Letter
from citizen_voice.register import Basis


def without_consent(letters: Collection[Letter]) -> dict[Letter, str]:
    """Which letters rest on a consent that does not stand; a statement a purpose, at most.

    A letter to nobody whom we know has nobody's consent.
    """
    found: dict[Letter, str] = {}
    for purpose in sorted({purpose for purpose, _person in letters}):
        if register.purpose(purpose).basis is not Basis.CONSENT:
            continue
        people = {person for each, person in letters if each == purpose and person is not None}
        refused = queries.without_consent(purpose, people)
        found |= {
            (each, person): NO_CONSENT
            for each, person in letters
            if each == purpose and (person is None or person in refused)
        }
    return found
