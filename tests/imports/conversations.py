"""What the tests of imports look at: the rows that an import writes, whatever their keys."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from citizen_voice.accounts.models import Person
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import Base, db
from citizen_voice.ideas.models import Idea, IdeaListing, IdeaVersion
from citizen_voice.imports import services
from citizen_voice.imports.models import ImportedIdea, ImportedPerson
from citizen_voice.imports.polis import Conversation, read

SLUG = "evenings"

# what is in the made-up folder of conftest.py
ALL = {"people": 3, "ideas": 4, "answers": 8}
FIGURES = {0: (1, 2, 0), 1: (2, 0, 0), 2: (0, 1, 1), 3: (0, 1, 0)}
BATCHES = 2 + 2 + 4


class BrokenOff(Exception):
    """An import does not go on."""


class BreakAfter:
    """Breaks an import off once so many batches are in."""

    def __init__(self, batches: int) -> None:
        self.left = batches

    def __call__(self, _rows: int) -> None:
        self.left -= 1
        if not self.left:
            raise BrokenOff


def conversation(folder: Path) -> Conversation:
    """What is in a folder."""
    return read(folder, datetime.now(UTC))


def bring_in(folder: Path, slug: str = SLUG, **options: Any) -> services.Outcome:
    """Import a folder in batches of two, so that a small one has several."""
    return services.run(conversation(folder), services.Wish(slug), batch_size=2, **options)


def made(outcome: services.Outcome) -> dict[str, int]:
    """What was written."""
    return {part: tally.made for part, tally in outcome.parts.items()}


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    db.session.rollback()
    return {
        name: sorted(map(tuple, db.session.execute(select(table))), key=repr)
        for name, table in Base.metadata.tables.items()
    }


def ideas() -> dict[int, Any]:
    """Each statement's idea, its words and its figures, in one row."""
    rows = db.session.execute(
        select(
            ImportedIdea.external_id,
            Idea,
            IdeaVersion.title,
            IdeaVersion.body,
            IdeaVersion.language,
            IdeaListing.listed,
            IdeaListing.support,
            IdeaListing.oppose,
            IdeaListing.skip,
            IdeaListing.bucket,
        )
        .join(Idea, Idea.id == ImportedIdea.idea_id)
        .join(IdeaVersion, IdeaVersion.idea_id == Idea.id)
        .join(IdeaListing, IdeaListing.idea_id == Idea.id)
        .order_by(ImportedIdea.external_id)
    )
    return {row.external_id: row for row in rows}


def figures() -> dict[int, tuple[int, int, int]]:
    """Support, not for me, skip of each statement's idea."""
    return {number: (row.support, row.oppose, row.skip) for number, row in ideas().items()}


def people() -> dict[int, Person]:
    """The account of each participant."""
    rows = db.session.execute(
        select(ImportedPerson.external_id, Person).join(
            Person, Person.id == ImportedPerson.person_id
        )
    )
    return {row.external_id: row.Person for row in rows}


def the_challenge() -> Challenge:
    """The challenge that was imported into."""
    return db.session.scalars(select(Challenge).where(Challenge.slug == SLUG)).one()
