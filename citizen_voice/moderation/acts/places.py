"""Acts on where an idea stands: in another challenge, or joined with another idea."""

from collections.abc import Iterable
from uuid import UUID

from citizen_voice.accounts import standstill
from citizen_voice.errors import Refusal
from citizen_voice.ideas.services import moving
from citizen_voice.merging import services as merging
from citizen_voice.moderation.acts.act import Act, Done, Wanted
from citizen_voice.moderation.models import Decision
from citizen_voice.moderation.things import IDEA, Thing
from citizen_voice.words import _


class _OnIdea(Act):
    """What is done to ideas alone."""

    def prepare(self) -> None:
        """Nobody leaves while the answers of many are moved."""
        standstill.call()

    def fits(self, thing: Thing) -> bool:
        """Comments and names stand nowhere else."""
        return thing.kind == IDEA


class Move(_OnIdea):
    """Put it into another challenge, with its answers."""

    def apply(self, thing: Thing, wanted: Wanted, actor: UUID) -> Done:
        """Do it; raises ``Refusal`` for another ballot."""
        if wanted.target is None:
            raise Refusal(_("Choose the challenge."), field="target")
        return Done(moving.move(thing.row.id, wanted.target, actor=actor, reason=wanted.words))

    def revert(self, thing: Thing, decision: Decision, actor: UUID) -> None:
        """Undo it."""
        moving.move_back(thing.row.id, decision.before, actor=actor)


class Merge(_OnIdea):
    """Join it with another idea, which stays."""

    def further(self, wanted: Wanted) -> Iterable[int]:
        """The idea that stays."""
        return () if wanted.target is None else (wanted.target,)

    def undone_with(self, decision: Decision) -> Iterable[int]:
        """The idea that stayed."""
        return (decision.before["into"],)

    def apply(self, thing: Thing, wanted: Wanted, actor: UUID) -> Done:
        """Do it; raises ``Refusal``."""
        if wanted.target is None:
            raise Refusal(_("Choose the idea to join it with."), field="target")
        key = merging.merge(thing.row.id, wanted.target, actor=actor, reason=wanted.words)
        return Done({"merge": key, "into": wanted.target})

    def revert(self, thing: Thing, decision: Decision, actor: UUID) -> None:
        """Undo it."""
        merging.unmerge(decision.before["merge"], actor=actor)
