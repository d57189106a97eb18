"""What every act has."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from citizen_voice.moderation.models import Decision
from citizen_voice.moderation.things import Thing


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
    """Changes a thing that is locked, and changes it back. ``holds_people``: locks its author."""

    holds_people = False

    def fits(self, thing: Thing) -> bool:
        """Whether it can be done to such a thing."""
        return True

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
