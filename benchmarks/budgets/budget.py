"""What a budget is, and what it is held against."""

from collections.abc import Mapping
from dataclasses import dataclass

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BOTH = (SQLITE, POSTGRESQL)
SMALL, LARGE, HUGE = 1_000, 100_000, 1_000_000
TIMES = "×"

Bound = float | Mapping[str, float] | None


@dataclass(frozen=True)
class Budget:
    """What something may cost.

    ``source`` names the measurement, and ``floor`` the one of the same round that it is divided by;
    ``group`` is what ``--only`` chooses by. The bounds are one number, or one for each database;
    a database without a bound is not judged. ``at`` is the number of ideas from which the budget
    holds: with fewer, its figure is shown and not judged. ``each_size`` budgets are judged at every
    size, the others once a database, at the largest. With ``once`` the database plays no part.
    """

    name: str
    what: str
    group: str
    source: str
    unit: str
    floor: str | None = None
    least: Bound = None
    most: Bound = None
    each_size: bool = False
    once: bool = False
    at: int = 0

    def bounds(self, database: str) -> tuple[float | None, float | None]:
        """At least, at most: on this database."""
        return _on(self.least, database), _on(self.most, database)

    def judges(self, database: str) -> bool:
        """Whether there is a bound on this database."""
        return self.bounds(database) != (None, None)

    def words(self, database: str) -> str:
        """The bounds in words."""
        least, most = self.bounds(database)
        unit = f" {self.unit}" if self.floor is None and self.unit else ""
        against = f" × {FLOOR_NAMES[self.floor]}" if self.floor else ""
        if least is not None:
            return f"≥ {least:g}{unit}{against}"
        return f"≤ {most:g}{unit}{against}"


def _on(bound: Bound, database: str) -> float | None:
    return bound.get(database) if isinstance(bound, Mapping) else bound


FLOOR_NAMES = {
    "f-hello": "F-hello",
    "f-hello-beside": "F-hello",
    "f-list": "F-list",
    "f-list-beside": "F-list",
    "f-write": "F-write",
    "answer": "20 ideas",
    "executemany": "executemany",
    "import-flask": "import flask, flask_sqlalchemy",
    "page-small": "1,000 ideas",
    "queue-few": "10 reports",
    "mail-bare": "a bare SMTP loop",
    "retention-few": "a tenth of them",
}
