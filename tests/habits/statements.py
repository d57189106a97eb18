"""Counting the SQL statements that the site sends to its databases, on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from citizen_voice.db import db

FRAMES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
"""What begins and ends a transaction is no statement of a page's."""


@dataclass
class Statements:
    """What was sent, in order: by the engine that reads, by the engine that writes, and by both."""

    sent: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.sent)

    def __str__(self) -> str:
        return "\n".join(f"  {number}. {' '.join(sql.split())}" for number, sql in self._numbered())

    def _numbered(self) -> Iterator[tuple[int, str]]:
        return ((number, sql[:300]) for number, sql in enumerate(self.sent, start=1))


@contextmanager
def counted() -> Iterator[Statements]:
    """Count the statements sent within: ``with counted() as statements: client.get("/")``."""
    statements = Statements()
    listeners: list[tuple[Any, Any]] = []
    for name, engine in db.engines.items():

        def note(
            _connection: object,
            _cursor: object,
            sql: str,
            *_rest: object,
            writes: bool = name is None,
        ) -> None:
            if sql.lstrip().upper().startswith(FRAMES):
                return
            statements.sent.append(sql)
            if writes:
                statements.written.append(sql)

        event.listen(engine, "before_cursor_execute", note)
        listeners.append((engine, note))
    try:
        yield statements
    finally:
        for engine, note in listeners:
            event.remove(engine, "before_cursor_execute", note)
