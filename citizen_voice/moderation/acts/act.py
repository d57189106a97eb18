"""What every act has."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from citizen_voice.accounts.models import UNTIL_LIFTED
from citizen_voice.errors import Conflict
from citizen_voice.moderation.models import Decision
from citizen_voice.moderation.things import Thing
from citizen_voice.words import _


class StandsStill(Conflict):
    """Who wrote it asked that it is not used for now, and the privacy officer has not lifted it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Its author asked that nothing is done with it for now. "
                "The privacy officer has to lift that first."
            )
        )


def stands_still(thing: Thing) -> bool:
    """Whether the account of a thing's author stands still for a request about data.

    Where the thing is locked this is so until the act's end: who restricts holds all of the words.
    """
    return thing.author is not None and thing.author.paused_until == UNTIL_LIFTED


class Wanted(Protocol):
    """What an act reads of a ruling."""

    @property
    def words(self) -> str:
        """What the author is told."""

    @property
    def until(self) -> Any:
        """When a pause ends."""

    @property
    def target(self) -> int | None:
        """The idea to join with, or the challenge to move to."""

    @property
    def title(self) -> str:
        """The title without private details."""

    @property
    def body(self) -> str:
        """The words without private details."""


@dataclass(frozen=True, slots=True)
class Done:
    """What undoing needs, as JSON; and the words that were taken out, where some were."""

    before: dict[str, Any] = field(default_factory=dict)
    original: dict[str, Any] | None = None


class Act:
    """Changes a thing that is locked, and changes it back. ``holds_people``: locks its author.

    ``while_still``: it is done even while the author's account stands still (UK GDPR Art 18(2)).
    """

    holds_people = False
    while_still = False

    def fits(self, thing: Thing) -> bool:
        """Whether it can be done to such a thing."""
        return True

    def waits(self, thing: Thing) -> bool:
        """Whether it has to wait, since the author's account stands still."""
        return not self.while_still and stands_still(thing)

    def undoing_waits(self, thing: Thing, decision: Decision) -> bool:
        """The same for undoing it."""
        return self.waits(thing)

    def prepare(self) -> None:
        """What has to be called before anything is locked, for doing and for undoing."""

    def further(self, wanted: Wanted) -> Iterable[int]:
        """Other ideas that it changes, which are locked together with its own."""
        return ()

    def undone_with(self, decision: Decision) -> Iterable[int]:
        """Other ideas that undoing changes."""
        return ()

    def apply(self, thing: Thing, wanted: Wanted, actor: UUID) -> Done:
        """Do it; raises ``Refusal``."""
        return Done()

    def revert(self, thing: Thing, decision: Decision, actor: UUID) -> None:
        """Undo it, by what ``apply`` noted."""
