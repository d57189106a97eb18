"""Statements of a conversation as ideas: accepted ones published, rejected hidden, others held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice.db import db
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import (
    HIDDEN,
    OPEN,
    PUBLISHED,
    Idea,
    IdeaListing,
    IdeaVersion,
)
from citizen_voice.imports.ledger import insert_all
from citizen_voice.imports.models import ImportedIdea
from citizen_voice.imports.polis import Statement, titled
from citizen_voice.words import _, force_locale

Row = dict[str, Any]

REJECTED = _("Rejected by the moderators of the imported conversation.")


@dataclass(frozen=True, slots=True)
class New:
    """The columns of one idea in each table, but for its number."""

    external_id: int
    idea: Row
    version: Row
    listing: Row


class Ideas:
    """Writes ideas, numbered on from the last one in the order of the statements."""

    def __init__(
        self, source_id: int, challenge_id: int, authors: Mapping[int, UUID], language: str
    ) -> None:
        """``authors`` holds everybody's account by their number."""
        self._source_id = source_id
        self._challenge_id = challenge_id
        self._authors = authors
        self._language = language
        with force_locale(language):
            self._rejected = str(REJECTED)

    def prepare(self, statements: Sequence[Statement]) -> tuple[int, list[New]]:
        """Make the ideas of these statements."""
        return len(statements), [self._new(statement) for statement in statements]

    def insert(self, new: list[New]) -> None:
        """Write prepared ideas with the next numbers."""
        first = ideas.next_number()
        numbered = list(enumerate(new, start=first))
        insert_all(Idea, [{"id": number, **one.idea} for number, one in numbered])
        insert_all(IdeaVersion, [{"idea_id": number, **one.version} for number, one in numbered])
        insert_all(IdeaListing, [{"idea_id": number, **one.listing} for number, one in numbered])
        insert_all(
            ImportedIdea,
            [
                {
                    "source_id": self._source_id,
                    "external_id": one.external_id,
                    "idea_id": number,
                }
                for number, one in numbered
            ],
        )

    def _new(self, statement: Statement) -> New:
        published = statement.visibility == PUBLISHED
        title, body = titled(ideas.clean_words(statement.body or statement.title))
        shared = {
            "challenge_id": self._challenge_id,
            "stage": OPEN,
            "published_at": statement.written_at if published else None,
        }
        return New(
            external_id=statement.id,
            idea=shared
            | {
                "author_id": self._authors[statement.author],
                "visibility": statement.visibility,
                "hidden_reason": self._rejected if statement.visibility == HIDDEN else None,
                "version": 1,
                "created_at": statement.written_at,
            },
            version={
                "number": 1,
                "title": title,
                "body": body,
                "language": self._language,
                "created_at": statement.written_at,
            },
            listing=shared | {"listed": published, "shuffle": ideas.new_shuffle()},
        )


def numbers(source_id: int) -> dict[int, int]:
    """The number of the idea that each statement became."""
    return dict(
        db.session.execute(
            select(ImportedIdea.external_id, ImportedIdea.idea_id).where(
                ImportedIdea.source_id == source_id
            )
        )
        .tuples()
        .all()
    )
