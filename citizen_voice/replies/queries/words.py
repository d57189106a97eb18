"""What the council said: beside an idea, newest in a challenge, and reply by reply."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select, true

from citizen_voice.accounts.models import Person
from citizen_voice.db import AnyRow, rows
from citizen_voice.errors import NotHere
from citizen_voice.ideas import ordering
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.models import Idea, IdeaListing
from citizen_voice.ideas.queries.totals import FIGURES, read
from citizen_voice.kept import kept
from citizen_voice.replies.models import IdeaReply, Reply

NEWEST = 2
PAGE = 25
LARGEST_NUMBER = 2**31 - 1

L = IdeaListing
_reply: Any = Reply.__table__.c
WORDS: ideas.Columns = (
    _reply.outcome,
    _reply.reason_en,
    _reply.reason_cy,
    _reply.team_en,
    _reply.team_cy,
    _reply.passed_to_en,
    _reply.passed_to_cy,
    _reply.replied_on,
    _reply.next_on,
    _reply.created_at.label("replied_at"),
)
"""What a card of a reply shows, beside ``reply_id``."""

_given = (
    select(func.count())
    .where(IdeaReply.idea_id == L.idea_id, IdeaReply.taken_back_at.is_(None))
    .scalar_subquery()
    .label("replies")
)
BESIDE = ideas.Beside((*WORDS, _given), ((Reply, Reply.id == L.reply_id),))
"""For ``ideas.queries.shown``: the reply in force, and how many there are."""

_in_force = select(Reply.id.label("reply_id"), *WORDS).where(Reply.id == bindparam("reply"))


def beside(row: Any) -> AnyRow:
    """The reply to an idea: in its row where that was read with ``BESIDE``, or read now."""
    if row.reply_id is None or hasattr(row, "outcome"):
        found: AnyRow = row
        return found
    return rows(_in_force, {"reply": row.reply_id})[0]


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of a challenge, and its newest replies: rows with ``WORDS`` and one idea each.

    ``replied_ideas`` says to how many of the challenge's ideas a reply is.
    """

    totals: ideas.Totals
    newest: tuple[AnyRow, ...]


def _standing() -> Any:
    of_it = (ordering.LISTED, L.challenge_id == bindparam("challenge"))
    figures = select(*FIGURES).where(*of_it).subquery()
    replied = (
        select(
            L.reply_id, func.count().label("replied_ideas"), func.max(L.support).label("support")
        )
        .where(*of_it, L.reply_id.is_not(None))
        .group_by(L.reply_id)
        .order_by(L.reply_id.desc())
        .limit(NEWEST)
        .subquery()
    )
    best = (
        select(func.min(L.idea_id))
        .where(*of_it, L.reply_id == replied.c.reply_id, L.support == replied.c.support)
        .correlate(replied)
        .scalar_subquery()
    )
    newest = (
        select(
            replied.c.reply_id,
            replied.c.replied_ideas,
            L.idea_id,
            L.title,
            L.language,
            L.stage,
            *WORDS,
        )
        .select_from(replied)
        .join(Reply, Reply.id == replied.c.reply_id)
        .join(L, L.idea_id == best)
        .subquery()
    )
    return (
        select(figures, newest)
        .select_from(figures)
        .outerjoin(newest, true())
        .order_by(newest.c.reply_id.desc())
    )


_STANDING = _standing()


@kept
def standing(challenge_id: int) -> Standing:
    """The figures and the newest replies of a challenge, in one statement.

    A reply to several ideas stands there once, beside the one with the most supporters.
    """
    found = rows(_STANDING, {"challenge": challenge_id})
    newest = tuple(row for row in found if row.reply_id is not None)
    return Standing(read(found[0][: len(FIGURES)]), newest)


_of_idea = (
    select(Reply.id.label("reply_id"), *WORDS)
    .join(IdeaReply, IdeaReply.reply_id == Reply.id)
    .where(IdeaReply.idea_id == bindparam("idea"), IdeaReply.taken_back_at.is_(None))
    .order_by(Reply.id.desc())
    .limit(PAGE)
)


def of_idea(idea_id: int) -> Sequence[AnyRow]:
    """The replies to an idea, the one in force first; those taken back are not there."""
    return rows(_of_idea, {"idea": idea_id})


_one = (
    select(
        Reply.id.label("reply_id"),
        *WORDS,
        Person.display_name.label("author"),
        Idea.id,
        Idea.stage,
        Idea.visibility,
        IdeaReply.taken_back_at,
        IdeaReply.change_id,
        L.title,
        L.language,
        L.support,
        L.reply_id.label("in_force"),
    )
    .select_from(Reply)
    .join(IdeaReply, IdeaReply.reply_id == Reply.id)
    .join(Idea, Idea.id == IdeaReply.idea_id)
    .join(L, L.idea_id == Idea.id)
    .outerjoin(Person, Person.id == Reply.author_id)
    .where(Reply.id == bindparam("reply"))
    .order_by(Idea.id)
)


def with_ideas(reply_id: int) -> Sequence[AnyRow]:
    """A reply with its ideas, a row for each; raises ``NotHere``."""
    found = rows(_one, {"reply": reply_id}) if reply_id <= LARGEST_NUMBER else ()
    if not found:
        raise NotHere
    return found


def sent(after: int | None) -> tuple[Sequence[AnyRow], int | None]:
    """Replies that were given, the newest first: a page of rows, and where it goes on.

    ``ideas`` is how many a reply is to, ``back`` for how many it was taken back.
    """
    before = LARGEST_NUMBER if after is None else min(after, LARGEST_NUMBER)
    page = select(Reply.id).where(Reply.id < before).order_by(Reply.id.desc()).limit(PAGE + 1)
    wanted = page.subquery()
    found = rows(
        select(
            Reply.id.label("reply_id"),
            *WORDS,
            Person.display_name.label("author"),
            func.count().label("ideas"),
            func.count(IdeaReply.taken_back_at).label("back"),
            func.min(IdeaReply.idea_id).label("first"),
        )
        .select_from(wanted)
        .join(Reply, Reply.id == wanted.c.id)
        .join(IdeaReply, IdeaReply.reply_id == Reply.id)
        .outerjoin(Person, Person.id == Reply.author_id)
        .group_by(Reply.id, Person.display_name)
        .order_by(Reply.id.desc())
    )
    further = found[PAGE - 1].reply_id if len(found) > PAGE else None
    return found[:PAGE], further


def told_ideas(keys: Iterable[int]) -> Sequence[AnyRow]:
    """Ideas to be replied to, of any visibility, by their numbers: what a form says of each."""
    return rows(
        select(
            L.idea_id.label("id"),
            L.title,
            L.language,
            L.support,
            L.stage,
            L.challenge_id,
            L.reply_id,
            Idea.visibility,
        )
        .join(Idea, Idea.id == L.idea_id)
        .where(L.idea_id.in_(list(keys)))
        .order_by(L.idea_id),
        stays=False,
    )
