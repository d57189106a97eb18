"""Statements of a conversation as ideas: accepted ones published, rejected hidden, others held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice.db import db
from citizen_voice.ideas import indexing
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import HIDDEN, OPEN, PUBLISHED, Idea, IdeaListing, IdeaVersion
from citizen_voice.ideas.text import clean_words
from citizen_voice.imports.ledger import Source, Writer, insert_all
from citizen_voice.imports.models import ImportedIdea
from citizen_voice.imports.polis import Statement
from citizen_voice.imports.polis.statements import titled
from citizen_voice.search import Document
from citizen_voice.words import _, force_locale

FIRST_VERSION = 1
REJECTED = _("Rejected by the moderators of the imported conversation.")


@dataclass(frozen=True, slots=True)
class New:
    """The columns of one idea in each table, but for its number."""

    statement: int
    idea: dict[str, Any]
    version: dict[str, Any]
    listing: dict[str, Any]

    @property
    def listed(self) -> bool:
        """Whether lists show it."""
        return bool(self.listing["listed"])

    def document(self, number: int) -> Document:
        """It as the search holds it, under its number."""
        return indexing.of(
            Idea(id=number, **self.idea),
            **{name: self.version[name] for name in ("title", "body", "language")},
        )


class Ideas(Writer[Statement, list[New]]):
    """Writes ideas, numbered on from the last one in the order of the statements."""

    def __init__(self, source: Source, authors: Mapping[int, UUID], language: str) -> None:
        """``authors`` holds everybody's account by their number."""
        self._source = source
        self._authors = authors
        self._language = language
        with force_locale(language):
            self._rejected = str(REJECTED)

    def prepare(self, batch: Sequence[Statement]) -> tuple[int, list[New]]:
        """Make the ideas of these statements."""
        return len(batch), [self._new(statement) for statement in batch]

    def insert(self, rows: list[New]) -> None:
        """Write prepared ideas under the next numbers."""
        numbered = list(enumerate(rows, start=ideas.next_number()))
        insert_all(Idea, [{"id": number} | one.idea for number, one in numbered])
        insert_all(IdeaVersion, [{"idea_id": number} | one.version for number, one in numbered])
        insert_all(IdeaListing, [{"idea_id": number} | one.listing for number, one in numbered])
        indexing.INDEX.add(one.document(number) for number, one in numbered if one.listed)
        insert_all(
            ImportedIdea,
            [
                {"source_id": self._source.id, "external_id": one.statement, "idea_id": number}
                for number, one in numbered
            ],
        )

    def _new(self, statement: Statement) -> New:
        published = statement.visibility == PUBLISHED
        title, body = titled(clean_words(statement.body or statement.title))
        shared = {
            "challenge_id": self._source.challenge_id,
            "stage": OPEN,
            "published_at": statement.written_at if published else None,
        }
        of_idea = {
            "author_id": self._authors[statement.author],
            "visibility": statement.visibility,
            "hidden_reason": self._rejected if statement.visibility == HIDDEN else None,
            "version": FIRST_VERSION,
            "created_at": statement.written_at,
        }
        of_version = {
            "number": FIRST_VERSION,
            "title": title,
            "body": body,
            "language": self._language,
            "created_at": statement.written_at,
        }
        of_listing = {
            "listed": published,
            "title": title,
            "language": self._language,
            "shuffle": ideas.new_shuffle(),
        }
        return New(statement.id, shared | of_idea, of_version, shared | of_listing)


def numbers(source: Source) -> dict[int, int]:
    """The number of the idea that each statement became."""
    statement = select(ImportedIdea.external_id, ImportedIdea.idea_id).where(
        ImportedIdea.source_id == source.id
    )
    return dict(db.session.execute(statement).all())
