"""What pages can be about, made through the services: what was said, decided, joined, replied."""

from collections.abc import Sequence
from uuid import UUID

from citizen_voice.answers import services as answering
from citizen_voice.challenges.models import Challenge
from citizen_voice.comments import services as comments
from citizen_voice.db import db, new_key, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import Idea
from citizen_voice.merging import services as merging
from citizen_voice.moderation import services as moderating
from citizen_voice.moderation.models import CONTACTS, EDIT_WAITS
from citizen_voice.replies import services as replies
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide
from tests.factories.replies import reply, working_day
from tests.factories.team import colleague

DRAFT = UUID("01890000-0000-7000-8000-000000000001")


def decided(asked: Challenge, author: UUID) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    """What moderators decided about somebody's words, and what was asked of somebody else."""
    moderator, another = colleague(), colleague()
    made = [decide(case(idea_id=idea(asked, author)), "warn", actor=moderator) for _ in range(4)]
    with write():
        moderating.undo(made[2], actor=moderator)
    with write():
        waiting, answered = (
            moderating.appeal(key, author, words="It was meant kindly.", language="en").id
            for key in (made[0], made[3])
        )
        moderating.decide_appeal(answered, upheld=False, reason="It was not.", actor=another)
    return tuple(made), (waiting, answered)


def cases(number: int, said: Sequence[UUID], somebody: UUID) -> tuple[UUID, ...]:
    """What waits: an idea, a reply, words that wait, a name; and something that was decided."""
    about = case(idea_id=number, kind=CONTACTS)
    found = (
        about,
        case(comment_id=said[1], waits_for="threat"),
        case(comment_id=said[-1], kind=EDIT_WAITS),
        case(person_id=somebody, waits_for="abuse"),
        case(comment_id=said[0], waits_for="spam"),
    )
    moderator = colleague()
    decide(found[-1], "keep", actor=moderator)
    with write():
        moderating.claim(found[1], moderator)
        moderating.leave_note(about, moderator, "The third this week.")
    return found


def replied(own: int, others: int) -> tuple[int, ...]:
    """What the council said of two ideas; gives the replies' numbers."""
    first = reply(own, others, outcome="not-now", next_on=working_day())
    second = reply(others, outcome="already", reason_en="Since May.", adopt=True)
    with write():
        replies.take_back(second, actor=None)
    return first, second


def join(into: int, supporter: UUID, author: UUID) -> int:
    """Somebody's idea, which the supporter supports and is joined with another; gives its number.

    There, the supporter is offered to take their support out; and there is a comment from here.
    """
    asked = db.session.get_one(Challenge, db.session.get_one(Idea, into).challenge_id)
    number = idea(asked, author, title="Another bench at that stop")
    with write():
        answering.cast(supporter, number, "support")
        comments.comment(author, number, body="There was one once.", language="en")
    with write():
        merging.merge(number, into, actor=None, reason="They say the same.")
    return number


def draft(author: UUID, challenge_id: int, key: UUID = DRAFT) -> UUID:
    """Something begun and not published; gives its key."""
    words = ideas.DraftWords("A wall to sit on", "For *who* waits.", "en", challenge_id, None, None)
    with write():
        ideas.save_draft(author, ideas.OpenForm(key, new_key()), words)
    return key


def reword(number: int, author: UUID, *, times: int) -> None:
    """Edit an idea so many times, then take it back."""
    with write():
        ideas.bring_back(number, author)
        for time in range(times):
            ideas.edit(
                number,
                author,
                title=f"Benches, but {time + 2} of them",
                body=f"For who waits.\n\nAnd for {time + 2} others.",
                language="cy" if time % 2 else "en",
                topic_id=None,
                ward_id=None,
            )
        words = "It is in *another* idea."
        ideas.withdraw(number, author, why="other", words=words, language="en")


def remark(number: int, author: UUID) -> UUID:
    """A comment on an idea that shows none any more once it is withdrawn; gives its key."""
    with write():
        return comments.comment(author, number, body="Said in time.", language="en").id


def discuss(number: int, moderated: int, author: UUID, somebody: UUID) -> tuple[UUID, ...]:
    """Comments on an idea (and one on an idea of a moderated challenge), and their keys.

    The author's: one with a reply, edited; a reply; waiting, hidden, just taken away; taken away
    with a reply. Somebody's: one with a reply; one for the council. The author's: with new words
    that wait.
    """
    with write():
        own = comments.comment(author, number, body="I would sit there *daily*.", language="en").id
        comments.reply(somebody, own, body="So would my mother.", language="en")
        others = comments.comment(somebody, number, body="Byddwn i hefyd.", language="cy").id
        under = comments.reply(author, others, body="Good to know!", language="en").id
        council = comments.comment(
            somebody, number, body="We measure the place.", language="en", by_council=True
        ).id
        waiting = comments.comment(author, moderated, body="First of all.", language="en").id
        hidden = comments.comment(author, number, body="Ring Sam at 9.", language="en").id
        removed = comments.comment(author, number, body="In haste.", language="en").id
        gone = comments.comment(author, number, body="In more haste.", language="en").id
        comments.reply(somebody, gone, body="Why the haste?", language="en")
    with write():
        comments.edit(own, author, body="I would sit there *at noon*.", language="en")
        comments.hide(hidden, actor=None, reason="It gives somebody’s number.")
        comments.remove(removed, author)
        comments.remove(gone, author)
        changed = comments.comment(author, moderated, body="Every day.", language="en").id
        comments.publish(changed, actor=None)
    with write():
        comments.edit(changed, author, body="Every *other* day.", language="en")
    return own, under, waiting, hidden, removed, gone, others, council, changed
