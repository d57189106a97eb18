"""Every budget, each with where its figure comes from. A new one is a line here."""

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

_AGAIN = "a public page again with its ETag"

BUDGETS = (
    Budget(
        "list",
        "list of ideas, visitor, nothing cached",
        "list",
        "list",
        TIMES,
        floor="f-list",
        least=0.45,
        each_size=True,
    ),
    Budget(
        "list-beside",
        "list of ideas, visitor, while others commit",
        "list",
        "list-beside",
        TIMES,
        floor="f-list-beside",
        least=0.45,
        each_size=True,
    ),
    Budget(
        "list-growth",
        "the same in process, largest size against 1,000",
        "inside",
        "page-largest",
        TIMES,
        floor="page-small",
        most=1.2,
        at=HUGE,
    ),
    Budget(
        "list-in",
        "list of ideas, signed in, own answers shown",
        "list",
        "list-in",
        TIMES,
        floor="f-list",
        least=0.35,
        each_size=True,
    ),
    Budget(
        "list-in-beside",
        "list of ideas, signed in, while others commit",
        "list",
        "list-in-beside",
        TIMES,
        floor="f-list-beside",
        least=0.35,
        each_size=True,
    ),
    Budget(
        "idea",
        "idea with 50 comments",
        "idea",
        "idea",
        TIMES,
        floor="f-list",
        least=0.33,
        each_size=True,
    ),
    Budget(
        "idea-beside",
        "idea with 50 comments, while others commit",
        "idea",
        "idea-beside",
        TIMES,
        floor="f-list-beside",
        least=0.33,
        each_size=True,
    ),
    Budget(
        "again-looked-list",
        f"{_AGAIN}, after looking: the list",
        "again",
        "again-looked-list",
        TIMES,
        floor="f-hello-beside",
        least={SQLITE: 0.15, POSTGRESQL: 0.10},
        each_size=True,
    ),
    Budget(
        "again-looked-idea",
        f"{_AGAIN}, after looking: the idea",
        "again",
        "again-looked-idea",
        TIMES,
        floor="f-hello-beside",
        least={SQLITE: 0.15, POSTGRESQL: 0.10},
        each_size=True,
    ),
    Budget(
        "again-quiet-list",
        f"{_AGAIN}, nothing committed: the list",
        "again",
        "again-quiet-list",
        TIMES,
        floor="f-hello",
        least={SQLITE: 0.4, POSTGRESQL: 0.2},
        each_size=True,
    ),
    Budget(
        "again-quiet-idea",
        f"{_AGAIN}, nothing committed: the idea",
        "again",
        "again-quiet-idea",
        TIMES,
        floor="f-hello",
        least={SQLITE: 0.4, POSTGRESQL: 0.2},
        each_size=True,
    ),
    Budget(
        "answer",
        "answers, 16 people on 20 ideas",
        "answer",
        "answer",
        TIMES,
        floor="f-write",
        least=0.35,
        each_size=True,
    ),
    Budget(
        "answer-rate",
        "answers, 16 people on 20 ideas: ten times the petition peak",
        "answer",
        "answer",
        "/s",
        least=333,
        each_size=True,
    ),
    Budget(
        "answer-one",
        "answers, 16 people on one idea",
        "answer",
        "answer-one",
        TIMES,
        floor="answer",
        least={SQLITE: 0.8},
        each_size=True,
    ),
    Budget(
        "answer-slow-disk",
        "answers, 16 people on one idea, a disk that takes 2 ms to flush",
        "answer",
        "answer-slow-disk",
        "/s",
        least={POSTGRESQL: 400},
    ),
    Budget(
        "search",
        "search, common words, p95 in the database",
        "search",
        "search-p95",
        "ms",
        most=10,
        at=HUGE,
    ),
    Budget(
        "alike",
        "look-alikes of a title, p95 in the database",
        "search",
        "alike-p95",
        "ms",
        most=40,
        at=HUGE,
    ),
    Budget(
        "orders",
        "every order × filter of lists, the slowest, in the database",
        "orders",
        "orders-slowest",
        "ms",
        most=5,
        at=HUGE,
    ),
    Budget(
        "import",
        "import of answers",
        "import",
        "import",
        TIMES,
        floor="executemany",
        least=0.5,
    ),
    Budget(
        "queue",
        "first page of the moderators’ queue, 10,000 reports",
        "queue",
        "queue-many",
        TIMES,
        floor="queue-few",
        most=2,
    ),
    Budget(
        "mail",
        "letters a second, text and HTML, to a server on the same machine",
        "mail",
        "mail-outbox",
        TIMES,
        floor="mail-bare",
        least=0.5,
    ),
    Budget(
        "retention",
        "most memory of retention on 1,000,000 answers and 100,000 accounts",
        "retention",
        "retention-many",
        TIMES,
        floor="retention-few",
        most=1.5,
    ),
    Budget(
        "first-view-requests",
        "first view of the list",
        "weight",
        "first-view-requests",
        "requests",
        most=5,
        once=True,
    ),
    Budget(
        "first-view-bytes",
        "first view of the list, with Brotli",
        "weight",
        "first-view-bytes",
        "KB",
        most=45,
        once=True,
    ),
    Budget(
        "html",
        "HTML of 20 ideas, with Brotli",
        "weight",
        "html",
        "KB",
        most=6,
        once=True,
    ),
    *(
        Budget(
            f"lighthouse-{page}-{category}",
            f"Lighthouse mobile, {page}: {category.replace('-', ' ')}",
            "lighthouse",
            f"lighthouse-{page}-{category}",
            "",
            least=98,
            once=True,
        )
        for page in ("list", "idea")
        for category in ("performance", "accessibility", "best-practices", "seo")
    ),
    *(
        Budget(
            f"lighthouse-{page}-blocking",
            f"Lighthouse mobile, {page}: total blocking time",
            "lighthouse",
            f"lighthouse-{page}-blocking",
            "ms",
            most=50,
            once=True,
        )
        for page in ("list", "idea")
    ),
    *(
        Budget(
            f"lighthouse-{page}-shift",
            f"Lighthouse mobile, {page}: layout shift",
            "lighthouse",
            f"lighthouse-{page}-shift",
            "",
            most=0,
            once=True,
        )
        for page in ("list", "idea")
    ),
    Budget(
        "statements-list",
        "statements beyond session and settings: list",
        "statements",
        "statements-list",
        "statements",
        most=3,
    ),
    Budget(
        "statements-idea",
        "statements beyond session and settings: idea",
        "statements",
        "statements-idea",
        "statements",
        most=4,
    ),
    Budget(
        "statements-answer",
        "statements beyond session and settings: answer",
        "statements",
        "statements-answer",
        "statements",
        most=4,
    ),
    Budget(
        "memory",
        "resident memory, one web process under load",
        "memory",
        "memory",
        "MB",
        most=130,
    ),
    Budget(
        "memory-flat",
        "the same after 100,000 requests against after 30,000",
        "memory",
        "memory-flat",
        TIMES,
        most={SQLITE: 1.03},
        at=LARGE,
    ),
    Budget(
        "start",
        "second make run, until it is ready",
        "start",
        "start",
        "s",
        most=5,
        once=True,
    ),
    Budget(
        "start-import",
        "importing the app",
        "start",
        "import-app",
        TIMES,
        floor="import-flask",
        most=1.3,
        once=True,
    ),
    Budget(
        "growth",
        "growth of the database per answer, indexes included",
        "growth",
        "growth",
        "bytes",
        most=130,
    ),
)
