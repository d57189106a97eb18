"""The topics of a challenge: added, renamed, put into another order, taken away."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from citizen_voice.challenges.models import TOPIC_LONGEST, Challenge, Topic
from citizen_voice.challenges.services.acts import locked
from citizen_voice.db import db
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.journal import services as journal
from citizen_voice.words import _

MOST = 40
UP, DOWN = -1, 1

Names = tuple[str, str]
"""English, Welsh."""


def mark(topics: Sequence[Any]) -> str:
    """What somebody saw of the topics, as a mark that is another one when they have changed."""
    said = "\n".join(f"{each.id} {each.name_en} {each.name_cy}" for each in topics)
    return sha256(said.encode()).hexdigest()[:16]


class Topics:
    """The topics of a challenge in their order, held to be changed in the caller's transaction."""

    def __init__(self, challenge_id: int, *, seen: str, actor: UUID | None) -> None:
        """Hold them; raises ``Conflict`` where they are not as they were ``seen``."""
        self._challenge: Challenge = locked(challenge_id)
        self._actor = actor
        wanted = select(Topic).where(Topic.challenge_id == challenge_id)
        self._rows = list(db.session.scalars(wanted.order_by(Topic.position, Topic.id)))
        if mark(self._rows) != seen:
            raise Conflict(
                _("Somebody else changed the topics meanwhile. Look at them, then save again.")
            )

    def rename(self, names: Mapping[int, Names]) -> None:
        """Give topics other names; raises ``Refusal`` at a name that is empty, long or doubled."""
        for row in self._rows:
            english, welsh = names.get(row.id, (row.name_en, row.name_cy))
            if (english, welsh) == (row.name_en, row.name_cy):
                continue
            _refuse_name(english, welsh, str(row.id))
            row.name_en, row.name_cy = english, welsh
            self._record("topic renamed", english)
        known: set[str] = set()
        for row in self._rows:
            if row.name_en.casefold() in known:
                raise Refusal(_("There is a topic with that name already."), field=f"en_{row.id}")
            known.add(row.name_en.casefold())

    def add(self, english: str, welsh: str) -> None:
        """Put a new topic at the end; raises ``Refusal`` for its name, or where there are many."""
        _refuse_name(english, welsh, "new")
        if len(self._rows) >= MOST:
            raise Refusal(_("There are 40 topics already. Take one away first."), field="en_new")
        if any(row.name_en.casefold() == english.casefold() for row in self._rows):
            raise Refusal(_("There is a topic with that name already."), field="en_new")
        row = Topic(challenge_id=self._challenge.id, name_en=english, name_cy=welsh, position=0)
        self._rows.append(row)
        db.session.add(row)
        self._number()
        self._record("topic added", english)

    def move(self, topic_id: int, by: int) -> None:
        """Put a topic one place ``UP`` or ``DOWN``; at the end it stays where it is."""
        place = self._rows.index(self._named(topic_id))
        there = min(max(place + by, 0), len(self._rows) - 1)
        if there != place:
            self._rows.insert(there, self._rows.pop(place))
            self._number()
            self._record("topic moved", self._rows[there].name_en)

    def remove(self, topic_id: int) -> None:
        """Take a topic away; raises ``Conflict`` where an idea or a draft has it."""
        row = self._named(topic_id)
        self._rows.remove(row)
        self._record("topic removed", row.name_en)
        try:
            db.session.delete(row)
            self._number()
        except IntegrityError:
            raise Conflict(
                _("Ideas or drafts have this topic, so it can’t be removed."),
                field=f"en_{topic_id}",
            ) from None

    def _named(self, topic_id: int) -> Topic:
        row = next((row for row in self._rows if row.id == topic_id), None)
        if row is None:
            raise NotHere
        return row

    def _number(self) -> None:
        for position, row in enumerate(self._rows, start=1):
            row.position = position
        db.session.flush()

    def _record(self, act: str, name: str) -> None:
        subject = f"challenge {self._challenge.slug}"
        journal.append(act, actor=self._actor, subject=subject, detail=name)


def _refuse_name(english: str, welsh: str, key: str) -> None:
    if not english.strip():
        raise Refusal(_("Give the topic a name."), field=f"en_{key}")
    for code, name in (("en", english), ("cy", welsh)):
        if len(name) > TOPIC_LONGEST:
            raise Refusal(_("Make this 60 letters or shorter."), field=f"{code}_{key}")
