"""Rows of ideas, comments and challenges as the API says them."""

from datetime import datetime
from typing import Any

from citizen_voice import clock
from citizen_voice.api import schemas
from citizen_voice.challenges.models import OPINION
from citizen_voice.comments import cards, queries
from citizen_voice.ideas.cards import Card
from citizen_voice.ideas.detail import Detail
from citizen_voice.ideas.queries.choices import named
from citizen_voice.replies.cards import reply_card
from citizen_voice.web import markdown
from citizen_voice.web.sharing import permanent, summary
from citizen_voice.web.templates import url_for


def address(endpoint: str, **values: Any) -> str:
    """A lasting address."""
    return permanent(url_for(endpoint, **values))


def both(row: Any, name: str) -> schemas.Words:
    """The council's words in both languages."""
    return schemas.Words(en=getattr(row, f"{name}_en") or "", cy=getattr(row, f"{name}_cy") or None)


def if_any(row: Any, name: str) -> schemas.Words | None:
    """The same; ``None`` where nothing was said."""
    said = both(row, name)
    return said if said.en or said.cy else None


def _named(table: str, key: int | None) -> schemas.Named | None:
    return None if key is None else schemas.Named(id=key, name=both(named(table, key), "name"))


def _card(card: Card, body: str, published_at: datetime) -> dict[str, Any]:
    challenge = named("challenges", card.row.challenge_id)
    return {
        "ref": card.ref,
        "title": card.row.title or None,
        "summary": summary(markdown.render(body)),
        "language": card.lang,
        "stage": card.stage,
        "stage_words": card.stage_words,
        "challenge": schemas.ChallengeName(
            slug=challenge.slug, question=both(challenge, "question")
        ),
        "topic": _named("topics", card.row.topic_id),
        "ward": _named("wards", card.row.ward_id),
        "support": card.support,
        "oppose": card.oppose if challenge.ballot == OPINION else None,
        "published_at": published_at,
        "api": address("api.idea", ref=card.ref),
        "page": address("ideas.detail", ref=card.ref),
    }


def idea_in_list(row: Any, now: datetime) -> schemas.IdeaInList:
    """An idea of a list: ``row`` comes from ``queries.ideas``."""
    return schemas.IdeaInList(**_card(Card(row, now), row.body, row.published_at))


def idea(row: Any) -> schemas.Idea:
    """One idea: ``row`` comes from ``ideas.queries.shown`` with its reply beside it."""
    detail = Detail(row, None)
    discussed = row.stage != "withdrawn"
    return schemas.Idea(
        **_card(detail, row.body, row.published_at),
        author=detail.author_name,
        html=str(detail.body_html),
        edited=detail.was_edited,
        edited_at=row.edited_at if detail.was_edited else None,
        reply=_reply(row) if discussed else None,
        reply_due=detail.reply_due if discussed else None,
        comments=address("api.comments", ref=detail.ref) if discussed else None,
    )


def _reply(row: Any) -> schemas.Reply | None:
    card = reply_card(row)
    if card is None:
        return None
    return schemas.Reply(
        outcome=card.outcome,
        outcome_words=card.outcome_words,
        reason=both(row, "reason"),
        team=if_any(row, "team"),
        passed_to=if_any(row, "passed_to"),
        replied_on=card.replied_on,
        next_on=card.next_on,
    )


def _by_nobody() -> dict[str, Any]:
    """What cards of comments need, for who is not signed in."""
    return {"reader": None, "now": clock.now(), "root": "", "open_": False}


def replies(total: int, found: queries.Replies, next_: str | None) -> schemas.CommentReplyPage:
    """A page of the replies to one comment."""
    given = _by_nobody()
    said = [schemas.CommentReply(**_comment(cards.Card(row, **given))) for row in found.rows]
    return schemas.CommentReplyPage(replies=said, total=total, next=next_)


def comments(found: queries.Discussion, next_: str | None) -> schemas.CommentPage:
    """A page of comments, each with its first replies."""
    given = _by_nobody()

    def top(row: Any) -> schemas.Comment:
        under = [cards.Card(each, **given) for each in found.replies.get(row.id, ())]
        card = cards.Card(row, **given)
        return schemas.Comment(
            **_comment(card),
            said_about=card.said_about if card.state == cards.SHOWN else None,
            replies=[schemas.CommentReply(**_comment(each)) for each in under],
            replies_in_all=row.replies,
            all_replies=address("api.replies", comment_id=card.id),
        )

    return schemas.CommentPage(
        comments=[top(row) for row in found.tops], total=found.total, next=next_
    )


def _comment(card: cards.Card) -> dict[str, Any]:
    seen = card.state == cards.SHOWN
    return {
        "id": card.id,
        "state": card.state,
        "author": card.name if seen else None,
        "by_council": seen and card.by_council,
        "html": str(card.html) if seen else None,
        "language": card.row.language if seen else None,
        "written_at": card.row.created_at,
        "edited": seen and card.edited,
        "page": address("comments.detail", comment_id=card.id),
    }


def _challenge(row: Any, state: str, ideas: int, answers: int) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "question": both(row, "question"),
        "state": state,
        "cancelled": row.cancelled_at is not None,
        "opens_on": row.opens_on,
        "closes_on": row.closes_on,
        "replies_by": row.replies_by,
        "reply_team": if_any(row, "reply_team"),
        "takes_opposition": row.ballot == OPINION,
        "ideas": ideas,
        "answers": answers,
        "api": address("api.challenge", slug=row.slug),
        "page": address("challenges.detail", slug=row.slug),
    }


def challenge_in_list(card: Any) -> schemas.ChallengeInList:
    """A challenge of the list: a ``ChallengeCard``."""
    return schemas.ChallengeInList(**_challenge(card, card.state, card.ideas, card.answers))


def challenge(card: Any, topics: Any) -> schemas.Challenge:
    """One challenge: a ``ChallengeCard`` of a whole row, and its topics."""
    return schemas.Challenge(
        **_challenge(card, card.state, card.ideas, card.answers),
        background=if_any(card, "background"),
        sponsor=both(card, "sponsor"),
        decides=both(card, "decides"),
        money=both(card, "money"),
        fixed=both(card, "fixed"),
        promise=both(card, "promise"),
        cancelled_why=if_any(card, "cancelled_why"),
        topics=[schemas.Named(id=each.id, name=both(each, "name")) for each in topics],
    )
