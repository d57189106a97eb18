"""Who is told of what: one definition, read from a person's side and from a happening's.

Whoever proposed an idea, supports it, talked about it or follows it hears of it, and of every pilot
that tries it; so does whoever talks about a pilot or follows it. Nobody hears of what they did
themselves, nor of a thing that they chose to hear of no longer.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from citizen_voice.answers.models import SUPPORT, Answer
from citizen_voice.comments.models import PUBLISHED as READABLE
from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.db import AnySelect
from citizen_voice.following.models import Follow
from citizen_voice.ideas.models import PUBLISHED, Idea, IdeaListing
from citizen_voice.merging.models import IdeaMerge, MergedAnswer
from citizen_voice.news.models import ALONE, COMMENTED, FIRST, MERGED, NewsItem
from citizen_voice.pilots.models import PilotIdea

AUTHOR, SUPPORTER, COMMENTER, FOLLOWER = 0, 1, 2, 3
"""How somebody took part; the first that is so counts."""

Yes = ColumnElement[bool]
Whose = Callable[[Any], Yes]
"""A condition on the column that says whose a row is."""
Which = Callable[[Any, Any], Yes]
"""A condition on what a row is about, and whose it is."""

N = NewsItem
_talked_about = aliased(Idea)
_NO_IDEA: Any = cast(null(), Integer)


def of_ideas(which: Which) -> tuple[AnySelect, ...]:
    """Who took part in ideas: selects of ``idea_id``, ``person_id`` and ``how``."""
    joined = select(
        IdeaMerge.from_id.label("idea_id"), MergedAnswer.person_id, literal(SUPPORTER).label("how")
    ).join(MergedAnswer, MergedAnswer.merge_id == IdeaMerge.id)
    there = Comment.removed_at.is_(None)
    return (
        select(Idea.id.label("idea_id"), Idea.author_id.label("person_id"), _how(AUTHOR)).where(
            which(Idea.id, Idea.author_id)
        ),
        select(Answer.idea_id, Answer.person_id, _how(SUPPORTER)).where(
            Answer.value == SUPPORT, which(Answer.idea_id, Answer.person_id)
        ),
        joined.where(
            MergedAnswer.value == SUPPORT, which(IdeaMerge.from_id, MergedAnswer.person_id)
        ),
        select(CommentThread.idea_id, Comment.author_id.label("person_id"), _how(COMMENTER))
        .join(Comment, Comment.thread_id == CommentThread.id)
        .where(there, which(CommentThread.idea_id, Comment.author_id)),
        select(
            Comment.merged_from.label("idea_id"),
            Comment.author_id.label("person_id"),
            _how(COMMENTER),
        ).where(there, which(Comment.merged_from, Comment.author_id)),
        select(Follow.idea_id, Follow.person_id, _how(FOLLOWER)).where(
            Follow.on, which(Follow.idea_id, Follow.person_id)
        ),
    )


def of_pilots(which: Which) -> tuple[AnySelect, ...]:
    """Who took part in pilots themselves: selects of ``pilot_id``, ``person_id`` and ``how``."""
    return (
        select(CommentThread.pilot_id, Comment.author_id.label("person_id"), _how(COMMENTER))
        .join(Comment, Comment.thread_id == CommentThread.id)
        .where(Comment.removed_at.is_(None), which(CommentThread.pilot_id, Comment.author_id)),
        select(Follow.pilot_id, Follow.person_id, _how(FOLLOWER)).where(
            Follow.on, which(Follow.pilot_id, Follow.person_id)
        ),
    )


def _how(value: int) -> Any:
    return literal(value).label("how")


def stopped(person: Any, *, idea: Any = None, pilot: Any = None) -> Yes:
    """Whether somebody chose to hear no longer of an idea or of a pilot."""
    thing = Follow.pilot_id == pilot if idea is None else Follow.idea_id == idea
    return select(Follow.id).where(Follow.person_id == person, thing, ~Follow.on).exists()


def tried(at: Any) -> Yes:
    """Whether a pilot tried an idea at that moment: a condition on ``PilotIdea``."""
    return and_(
        PilotIdea.linked_at <= at,
        or_(PilotIdea.unlinked_at.is_(None), PilotIdea.unlinked_at > at),
    )


def stands() -> Yes:
    """Whether an item is news: what was taken back, parted or taken away is none."""
    one_way = and_(IdeaMerge.from_id == N.idea_id, IdeaMerge.into_id == N.other_id)
    other_way = and_(IdeaMerge.from_id == N.other_id, IdeaMerge.into_id == N.idea_id)
    joined = select(IdeaMerge.id).where(IdeaMerge.undone_at.is_(None), or_(one_way, other_way))
    said = select(Comment.id).where(
        Comment.id == N.comment_id,
        Comment.visibility == READABLE,
        Comment.removed_at.is_(None),
    )
    seen = select(_talked_about.id).where(
        _talked_about.id == N.idea_id,
        or_(_talked_about.visibility == PUBLISHED, _talked_about.author_id == N.person_id),
    )
    backed = select(IdeaListing.idea_id).where(
        IdeaListing.idea_id == N.idea_id, IdeaListing.support > 0
    )
    return and_(
        N.taken_back_at.is_(None),
        or_(N.kind != MERGED, joined.exists()),
        or_(
            N.kind != COMMENTED,
            and_(said.exists(), or_(N.idea_id.is_(None), seen.exists())),
        ),
        or_(N.kind != FIRST, backed.exists()),
    )


def told(whose: Whose, *conditions: Yes) -> AnySelect:
    """What some people are told: ``item_id``, ``person_id``, ``how``, ``via``.

    ``whose`` narrows the people, ``conditions`` the items. ``via`` is the idea by which somebody
    took part in a pilot. A row a person and item.
    """
    took_part = union_all(*of_ideas(lambda _idea, person: whose(person))).subquery()
    part = (
        select(took_part.c.idea_id, took_part.c.person_id, func.min(took_part.c.how).label("how"))
        .where(~stopped(took_part.c.person_id, idea=took_part.c.idea_id))
        .group_by(took_part.c.idea_id, took_part.c.person_id)
        .cte("took_part")
    )
    itself = union_all(*of_pilots(lambda _pilot, person: whose(person))).subquery()
    news = and_(stands(), *conditions)
    everybodys = and_(news, N.person_id.is_(None))
    of_an_idea = (
        select(N.id.label("item_id"), part.c.person_id, part.c.how, _NO_IDEA.label("via"))
        .join(part, part.c.idea_id == N.idea_id)
        .join(Idea, Idea.id == N.idea_id)
        .where(
            everybodys,
            or_(Idea.visibility == PUBLISHED, Idea.author_id == part.c.person_id),
            not_their_own(part.c.person_id),
            or_(N.pilot_id.is_(None), ~stopped(part.c.person_id, pilot=N.pilot_id)),
        )
    )
    by_an_idea = (
        select(N.id.label("item_id"), part.c.person_id, part.c.how, part.c.idea_id.label("via"))
        .join(PilotIdea, PilotIdea.pilot_id == N.pilot_id)
        .join(part, part.c.idea_id == PilotIdea.idea_id)
        .where(everybodys, N.idea_id.is_(None), tried(N.at))
    )
    by_itself = (
        select(N.id, itself.c.person_id, itself.c.how, _NO_IDEA)
        .join(itself, itself.c.pilot_id == N.pilot_id)
        .where(everybodys, N.idea_id.is_(None))
    )
    pilots = union_all(by_an_idea, by_itself).subquery()
    of_a_pilot = (
        select(
            pilots.c.item_id,
            pilots.c.person_id,
            func.min(pilots.c.how).label("how"),
            func.min(pilots.c.via).label("via"),
        )
        .join(N, N.id == pilots.c.item_id)
        .where(~stopped(pilots.c.person_id, pilot=N.pilot_id), not_their_own(pilots.c.person_id))
        .group_by(pilots.c.item_id, pilots.c.person_id)
    )
    of_theirs = select(N.id, N.person_id, literal(AUTHOR), _NO_IDEA).where(
        news, whose(N.person_id), not_their_own(N.person_id), wanted(N.person_id)
    )
    every = union_all(of_an_idea, of_a_pilot, of_theirs).subquery()
    return select(every.c.item_id, every.c.person_id, every.c.how, every.c.via)


def not_their_own(person: Any) -> Yes:
    """Whether somebody else did what an item tells of."""
    return or_(N.actor_id.is_(None), N.actor_id != person)


def wanted(person: Any) -> Yes:
    """Whether somebody whom alone an item concerns wants to hear of such things.

    Nobody chooses not to hear what moderators decided about them.
    """
    return or_(
        N.kind.in_(ALONE),
        and_(~stopped(person, idea=N.idea_id), ~stopped(person, pilot=N.pilot_id)),
    )


def people(
    ideas: Any, pilot: int | None = None, between: Whose | None = None
) -> CompoundSelect[Any]:
    """Whoever took part in some ideas, or in a pilot itself: ``person_id``, several times.

    ``ideas`` are keys or a select of keys, ``between`` narrows the people. Who chose to hear of one
    of the ideas no longer is left out by this idea, not by another.
    """

    def which(idea: Any, person: Any) -> Yes:
        return and_(idea.in_(ideas), person.is_not(None), _narrow(between, person))

    took_part = union_all(*of_ideas(which)).subquery()
    arms = [
        select(took_part.c.person_id).where(
            ~stopped(took_part.c.person_id, idea=took_part.c.idea_id)
        )
    ]
    if pilot is not None:
        itself = of_pilots(
            lambda thing, person: and_(
                thing == pilot, person.is_not(None), _narrow(between, person)
            )
        )
        arms += [select(arm.subquery().c.person_id) for arm in itself]
    return union_all(*arms)


def first_of(ideas: Any, pilot: int | None, after: Any, number: int) -> AnySelect:
    """The key of the last of the next ``number`` people after a key; none where there are fewer.

    Those count, too, who are not told. Each part is read as far as it is needed, by its index.
    """
    arms = [*of_ideas(lambda idea, person: and_(idea.in_(ideas), person > after))]
    if pilot is not None:
        arms += of_pilots(lambda thing, person: and_(thing == pilot, person > after))
    next_ones = []
    for arm in arms:
        person = arm.selected_columns[1]
        part = arm.with_only_columns(person).distinct().order_by(person).limit(number).subquery()
        next_ones.append(select(part.c[0].label("person_id")))
    every = union_all(*next_ones).subquery()
    return (
        select(every.c.person_id).distinct().order_by(every.c.person_id).limit(1).offset(number - 1)
    )


def _narrow(between: Whose | None, person: Any) -> Any:
    return literal(value=True) if between is None else between(person)
