"""Acts on who wrote it: warn, pause, close the account."""

from datetime import datetime
from uuid import UUID

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts import standstill
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.moderation.acts.act import Act, Done, Wanted
from citizen_voice.moderation.models import Decision
from citizen_voice.moderation.things import Thing
from citizen_voice.words import _


class OnPerson(Act):
    """What is done to an account."""

    holds_people = True

    def prepare(self) -> None:
        """Nobody moves the answers of many meanwhile, which holds people, too."""
        standstill.keep()

    def fits(self, thing: Thing) -> bool:
        """Somebody has to be there still."""
        return thing.author is not None and thing.author.kind != FORMER


def person_of(thing: Thing) -> Person:
    """The author of a thing, who is there."""
    if thing.author is None:
        raise NotHere
    return thing.author


def _read(moment: str | None) -> datetime | None:
    return None if moment is None else datetime.fromisoformat(moment)


def _write(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


class Warn(OnPerson):
    """Tell them what the rules are."""

    while_still = True


class Pause(OnPerson):
    """For a time they read, appeal and see their data, and take part no more."""

    def apply(self, thing: Thing, wanted: Wanted, actor: UUID) -> Done:
        """Do it; raises ``Refusal`` for a day that is past."""
        if wanted.until is None or wanted.until <= clock.now():
            raise Refusal(_("Choose the last day of the pause."), field="until")
        person = person_of(thing)
        before = {"paused_until": _write(person.paused_until)}
        person.paused_until = wanted.until
        return Done(before)

    def revert(self, thing: Thing, decision: Decision, actor: UUID) -> None:
        """Undo it."""
        person_of(thing).paused_until = _read(decision.before["paused_until"])


class Close(OnPerson):
    """They take part no more. What they wrote and answered stays."""

    while_still = True

    def apply(self, thing: Thing, wanted: Wanted, actor: UUID) -> Done:
        """Do it."""
        person = person_of(thing)
        before = {"shut_at": _write(person.shut_at)}
        person.shut_at = person.shut_at or clock.now()
        return Done(before)

    def revert(self, thing: Thing, decision: Decision, actor: UUID) -> None:
        """Undo it. Who has left since may join again."""
        person, before = person_of(thing), _read(decision.before["shut_at"])
        if person.kind != FORMER:
            person.shut_at = before
        elif before is None:
            accounts.reopen(person.id)
