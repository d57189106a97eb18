"""What is said of a happening: the columns beside an item, for the page and for letters."""

from typing import Any

from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import aliased

from citizen_voice.accounts.models import Person
from citizen_voice.comments.models import Comment
from citizen_voice.db import AnySelect
from citizen_voice.ideas.models import PUBLISHED, Idea, IdeaListing, StageChange
from citizen_voice.news.models import ALONE, COMMENTED, FIRST, NewsItem
from citizen_voice.pilots.models import Pilot, PilotDecision, PilotThanks, PilotUpdate
from citizen_voice.replies.models import Reply
from citizen_voice.replies.queries import WORDS

N = NewsItem
_parent = aliased(Comment)
_origin, _origin_words, _origin_author = aliased(Idea), aliased(IdeaListing), aliased(Person)


def thread(item: Any) -> tuple[Any, ...]:
    """What items are told under together, as columns: an idea, a pilot, or itself.

    What people say about a thing stands apart from what becomes of it, and so does its first
    supporter.
    """
    together = item.kind.not_in(ALONE)
    return (
        case((~together, item.id)),
        case((together, item.pilot_id)),
        case((and_(together, item.pilot_id.is_(None)), item.idea_id)),
        case((item.kind == COMMENTED, 1), (item.kind == FIRST, 2), else_=0),
    )


def beside(happened: Any, person: Any) -> AnySelect:
    """All that is told of items: ``happened`` has their columns and ``via``, ``person`` reads it.

    ``seen_id`` is the idea where the reader may see it. The title of an idea that is hidden from
    others is ``None`` in ``open_title``.
    """
    seen = or_(Idea.visibility == PUBLISHED, Idea.author_id == person)
    public = Idea.visibility == PUBLISHED
    return (
        select(
            happened,
            case((seen, happened.c.idea_id)).label("seen_id"),
            IdeaListing.title,
            case((public, IdeaListing.title)).label("open_title"),
            IdeaListing.language,
            *WORDS,
            StageChange.reason_en.label("change_reason_en"),
            StageChange.reason_cy.label("change_reason_cy"),
            StageChange.next_on.label("change_next_on"),
            Pilot.title_en.label("pilot_title_en"),
            Pilot.title_cy.label("pilot_title_cy"),
            PilotUpdate.state.label("update_state"),
            PilotUpdate.words_en.label("update_words_en"),
            PilotUpdate.words_cy.label("update_words_cy"),
            PilotUpdate.next_on.label("update_next_on"),
            PilotThanks.words_en.label("thanks_words_en"),
            PilotThanks.words_cy.label("thanks_words_cy"),
            PilotDecision.decision,
            PilotDecision.learned_en,
            PilotDecision.learned_cy,
            PilotDecision.next_en.label("then_en"),
            PilotDecision.next_cy.label("then_cy"),
            PilotDecision.next_on.label("then_on"),
            case((_origin.visibility == PUBLISHED, _origin.id)).label("origin_id"),
            case((_origin.visibility == PUBLISHED, _origin_words.title)).label("origin_title"),
            _origin_words.language.label("origin_language"),
            _origin.author_id.label("author_id"),
            _origin_author.display_name.label("author"),
            _origin_author.kind.label("author_kind"),
            (_parent.author_id == person).label("to_me"),
        )
        .select_from(happened)
        .outerjoin(IdeaListing, IdeaListing.idea_id == happened.c.idea_id)
        .outerjoin(Idea, Idea.id == happened.c.idea_id)
        .outerjoin(Reply, Reply.id == happened.c.reply_id)
        .outerjoin(StageChange, StageChange.id == happened.c.change_id)
        .outerjoin(Pilot, Pilot.id == happened.c.pilot_id)
        .outerjoin(PilotUpdate, PilotUpdate.id == happened.c.update_id)
        .outerjoin(PilotThanks, PilotThanks.id == happened.c.thanks_id)
        .outerjoin(
            PilotDecision,
            and_(
                PilotDecision.pilot_id == happened.c.pilot_id,
                PilotDecision.confirmed_at.is_not(None),
                PilotDecision.sent_back_at.is_(None),
            ),
        )
        .outerjoin(_origin, _origin.id == happened.c.via)
        .outerjoin(_origin_words, _origin_words.idea_id == happened.c.via)
        .outerjoin(_origin_author, _origin_author.id == _origin.author_id)
        .outerjoin(Comment, Comment.id == happened.c.comment_id)
        .outerjoin(_parent, _parent.id == Comment.parent_id)
    )
