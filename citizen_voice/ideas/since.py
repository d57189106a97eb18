"""What is new to somebody since their last visit, as the home page says it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from citizen_voice.ideas.cards import REMOVED, STAGE_WORDS
from citizen_voice.ideas.queries.news import COUNTED, FRESH, MOST, STAGED
from citizen_voice.web.filters import reference
from citizen_voice.words import language


class Told(NamedTuple):
    """One idea in the news."""

    ref: str
    title: str
    lang: str
    stage_words: str
    supporters: int
    comments: int


class News:
    """The rows of ``queries.news``: ``own`` ideas, ``staged`` ones, and ``fresh`` ones.

    ``fresh_number`` says how many new ideas there are, ``uncounted`` that there are more.
    """

    def __init__(self, rows: Iterable[Any], *, supported: str, commented: str) -> None:
        kinds: dict[str, dict[int, Any]] = {}
        for row in sorted(rows, key=lambda row: (-row.number, -row.id)):
            kinds.setdefault(row.kind, {})[row.id] = row
        support, comments = kinds.get(supported, {}), kinds.get(commented, {})
        own = [
            _told(row, _number(support.get(key)), _number(comments.get(key)))
            for key, row in {**support, **comments}.items()
        ]
        self.own = sorted(own, key=lambda told: -told.supporters - told.comments)[:MOST]
        self.staged = [_told(row) for row in list(kinds.get(STAGED, {}).values())[:MOST]]
        fresh = kinds.get(FRESH, {})
        self.fresh = [_told(row) for row in fresh.values()]
        self.fresh_number = max((row.number for row in fresh.values()), default=0)
        self.uncounted = self.fresh_number >= COUNTED

    def __bool__(self) -> bool:
        return bool(self.own or self.staged or self.fresh)


def _number(row: Any | None) -> int:
    return 0 if row is None else int(row.number)


def _told(row: Any, supporters: int = 0, comments: int = 0) -> Told:
    return Told(
        ref=reference(row.id),
        title=row.title or str(REMOVED),
        lang=row.language if row.title else language(),
        stage_words=str(STAGE_WORDS[row.stage]),
        supporters=supporters,
        comments=comments,
    )
