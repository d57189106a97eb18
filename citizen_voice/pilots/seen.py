"""What somebody saw of a pilot's words when they began to edit them: a mark, field by field.

It stands in the form. When the form comes back, the mark tells which fields somebody else has
changed meanwhile.
"""

from collections.abc import Mapping
from typing import Any

from citizen_voice.challenges.seen import of_value
from citizen_voice.words import _

BETWEEN = "-"


class ChangedMeanwhile(Exception):  # it ends the act; the form says the words
    """Somebody else changed what was edited."""


def mark(now: Mapping[str, Any]) -> str:
    """The mark of some fields as they are now, by their names."""
    return BETWEEN.join(of_value(now[name]) for name in sorted(now))


def catch_up(form: Any, now: Mapping[str, Any]) -> None:
    """Raise ``ChangedMeanwhile`` where somebody else changed what ``form`` edits; it says so then.

    ``now`` says how each field is stored. What they wrote stands in the form, but where these words
    are others than were seen: there theirs stand at the field, and nothing typed is lost.
    """
    before = dict(zip(sorted(now), (form.seen.data or "").split(BETWEEN), strict=False))
    theirs = [name for name in sorted(now) if before.get(name) != of_value(now[name])]
    form.seen.data = mark(now)
    for name in theirs:
        if name not in form:
            continue
        field: Any = form[name]
        mine = of_value(getattr(field, "day", field.data))
        if mine == before.get(name):
            field.process_data(now[name])
        elif mine != of_value(now[name]):
            said = now[name] or _("nothing")
            field.errors = [*field.errors, _("Somebody else wrote here: %(said)s", said=said)]
    if theirs:
        form.form_errors.append(
            _("Somebody else changed this trial meanwhile. Look at it, then save again.")
        )
        raise ChangedMeanwhile
