"""The words of listed ideas, to be found: written with the idea, and made anew from the rows."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import bindparam, func, select

from citizen_voice.db import db, write
from citizen_voice.ideas.models import IDEA_IN_FORCE, LISTED_STAGES, PUBLISHED, Idea, IdeaVersion
from citizen_voice.search import Document, Index, document
from citizen_voice.search.matching import FACET
from citizen_voice.search.tokens import tokens
from citizen_voice.web.filters import reference

INDEX = Index("idea_search")

FACETS = {"challenge_id": "c", "topic": "t", "ward": "w", "stage": "s"}
"""The name of a filter → what its facets begin with."""
BATCH = 2_000
_LISTED = (Idea.visibility == PUBLISHED, Idea.stage.in_(LISTED_STAGES))


def _quietly(_done: int, _of: int) -> None:
    """Tell nobody."""


def facet(name: str, value: object) -> str:
    """How a filter's value stands among an idea's words: ``ward``, 3 → ``w/3``."""
    return f"{FACETS[name]}{FACET}{value}"


def number_facet(number: object) -> str:
    """What finds one idea by its number."""
    return f"{FACET}{number}"


def of(idea: Any, *, title: str, body: str, language: str) -> Document:
    """An idea as the index holds it. ``idea`` has the columns of ``Idea``."""
    in_title = tokens(title, language)
    values = {
        "challenge_id": idea.challenge_id,
        "topic": idea.topic_id,
        "ward": idea.ward_id,
        "stage": idea.stage,
    }
    facets = [facet(name, value) for name, value in values.items() if value is not None]
    words = [*in_title, *tokens(body, language), *facets, number_facet(idea.id)]
    return document(idea.id, f" {' '.join(in_title)} ", words)


def refresh(idea: Idea) -> None:
    """Have the index say of an idea what is so now, inside the caller's transaction."""
    if idea.visibility != PUBLISHED or idea.stage not in LISTED_STAGES:
        INDEX.remove([idea.id])
        return
    words = db.session.get_one(IdeaVersion, (idea.id, idea.version))
    INDEX.put([of(idea, title=words.title, body=words.body, language=words.language)])


def rebuild(tell: Callable[[int, int], None] = _quietly) -> int:
    """Make the index anew from all rows, in one transaction; gives how many ideas it holds.

    ``tell`` hears every few thousand ideas how many are done, and of how many.
    """
    with write():
        everything = _how_many()
        return INDEX.rebuild(_listed(), lambda done: tell(done, everything))


def is_current() -> bool:
    """Whether the index seems to hold what lists show: quick, at every start."""
    return INDEX.is_current(_how_many())


def differences() -> list[str]:
    """Where the index is not what the rows say: a sentence each.

    It looks twice, since ideas that are written meanwhile may differ in one look.
    """
    first = _differences()
    return [difference for difference in _differences() if difference in first] if first else []


def _differences() -> list[str]:
    held = {key: (title, words) for key, title, words in INDEX.stored()}
    found, counted = [], Counter[str]()
    for one in _listed():
        counted.update(one.terms)
        entry = held.pop(one.id, None)
        if entry is None:
            found.append(f"{reference(one.id)}: the search does not have it")
        elif entry != (one.title, one.words):
            found.append(f"{reference(one.id)}: the search has other words than the idea")
    found += [f"{reference(number)}: the search has it, and lists do not" for number in held]
    return found + _of_terms(INDEX.stored_terms(), counted)


def _of_terms(shown: Mapping[str, int], counted: Mapping[str, int]) -> list[str]:
    wrong = sum(shown.get(term) != counted.get(term) for term in shown.keys() | counted.keys())
    words = f"{wrong} words stand" if wrong != 1 else "1 word stands"
    return [f"search: {words} in another number of ideas than it says"] if wrong else []


def _how_many() -> int:
    held = select(func.count()).select_from(Idea).where(*_LISTED)
    return db.session.scalars(held).one()


def _listed() -> Iterator[Document]:
    statement = (
        select(
            Idea.id,
            Idea.challenge_id,
            Idea.topic_id,
            Idea.ward_id,
            Idea.stage,
            IdeaVersion.title,
            IdeaVersion.body,
            IdeaVersion.language,
        )
        .join(IdeaVersion, IDEA_IN_FORCE)
        .where(*_LISTED, Idea.id > bindparam("after"))
        .order_by(Idea.id)
        .limit(BATCH)
    )
    after = 0
    while rows := db.session.execute(statement, {"after": after}).all():
        for row in rows:
            yield of(row, title=row.title, body=row.body, language=row.language)
        after = rows[-1].id
