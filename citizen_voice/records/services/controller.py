"""The controller's details, with who changed them."""

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from citizen_voice.records import asked
from citizen_voice.records.fields import check
from citizen_voice.records.models import CONTROLLER
from citizen_voice.records.services.history import CHANGED, note
from citizen_voice.site import controller
from citizen_voice.site import services as site


def settle(values: Mapping[str, str], *, actor: UUID | None) -> None:
    """Have the details be these. Raises ``Refusal`` at the field of what can't be."""
    check(asked.CONTROLLER, values)
    before = asdict(controller.details())
    changed = controller.save(controller.Controller(**values))
    if changed:
        site.change()  # pages that name the controller are made anew
        changes = {name: [before[name], value] for name, value in changed.items()}
        note(CONTROLLER, 1, CHANGED, changes, actor=actor)
