"""What a copied database was like."""

from collections.abc import Iterable
from dataclasses import dataclass

from citizen_voice.db import Base
from citizen_voice.errors import Refusal

EMPTY = "The database is empty, so there is nothing to back up."


class InDoubt(Refusal):
    """Nobody can tell whether a database was replaced: its server went while it did that."""


@dataclass(frozen=True, slots=True)
class State:
    """Its revision, its server's version, and how many rows each table has."""

    schema: str
    server: str
    rows: dict[str, int]


def ours(found: Iterable[str]) -> list[str]:
    """Those of the tables that are this site's, in the order of their names."""
    return sorted(set(found) & set(Base.metadata.tables))


def refuse_empty(schema: str | None) -> str:
    """Give the revision; raises ``Refusal`` where the database has none."""
    if not schema:
        raise Refusal(EMPTY)
    return schema
