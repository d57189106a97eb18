"""Ideas and what is said about them."""

from typing import Any

from flask import Response, request

from citizen_voice import clock
from citizen_voice.answers import queries as answers
from citizen_voice.api import queries, schemas, shown
from citizen_voice.api.addresses import COMMENTS, IDEA, IDEAS, REPLIES, Address
from citizen_voice.api.answering import answer, asked, first_page, lead_to, next_page
from citizen_voice.api.problems import Gone
from citizen_voice.api.routes.blueprint import bp
from citizen_voice.challenges.queries import Renamed
from citizen_voice.comments import policies as comment_policies
from citizen_voice.comments import queries as comments
from citizen_voice.comments import reading
from citizen_voice.errors import NotHere
from citizen_voice.ideas import policies
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.models import HIDDEN
from citizen_voice.ideas.routes.joined import is_joined
from citizen_voice.merging import queries as merging
from citizen_voice.pilots.queries import trials
from citizen_voice.replies import queries as replies
from citizen_voice.web.filters import reference
from citizen_voice.web.openly import openly


@bp.get("/ideas", endpoint="ideas")
@openly
def list_ideas() -> Response:
    """A page of all ideas."""
    wanted = asked(IDEAS)
    try:
        challenge_id = queries.challenge_id(wanted["challenge"])
    except Renamed as renamed:
        return lead_to(of_challenge(IDEAS, renamed.slug))
    filters = ideas.Filters.of(challenge_id, wanted["topic"], wanted["ward"], wanted["stage"])
    found = queries.ideas(wanted["order"], filters, after=wanted["after"], limit=wanted["limit"])
    next_, now = next_page(IDEAS, found.after), clock.now()

    def make() -> schemas.IdeaPage:
        return schemas.IdeaPage(
            ideas=[shown.idea_in_list(row, now) for row in found.rows], next=next_
        )

    links = {"next": next_, "first": first_page(IDEAS)}
    return answer(make, [tuple(row) for row in found.rows], next_, links=links)


def of_challenge(here: Address, slug: str) -> str:
    """The address at hand with another challenge."""
    return shown.address(f"api.{here.endpoint}", **(request.args.to_dict() | {"challenge": slug}))


@bp.get("/ideas/<ref>", endpoint="idea")
@openly
def one_idea(ref: str) -> Response:
    """One idea."""
    asked(IDEA)
    row = _seen(ref)
    if is_joined(row):
        return _lead_on(IDEA, row)
    return answer(lambda: shown.idea(row), tuple(row))


@bp.get("/ideas/<ref>/comments", endpoint="comments")
@openly
def list_comments(ref: str) -> Response:
    """A page of what is said about an idea."""
    wanted = asked(COMMENTS)
    row = _seen(ref)
    if is_joined(row):
        return _lead_on(COMMENTS, row)
    if not comment_policies.has_discussion(row):
        raise NotHere
    found = comments.discussion(
        row.id,
        reader=None,
        order=wanted["order"],
        after=comments.cursor(wanted["after"]),
        size=wanted["limit"],
    )
    next_ = next_page(COMMENTS, found.after, ref=ref)
    links = {"next": next_, "first": first_page(COMMENTS, ref=ref)}
    rows = [tuple(each) for each in found.tops]
    under = [[tuple(each) for each in some] for some in found.replies.values()]
    facts = (found.total, rows, under, next_)
    return answer(lambda: shown.comments(found, next_), *facts, links=links)


@bp.get("/comments/<comment_id>/replies", endpoint="replies")
@openly
def list_replies(comment_id: str) -> Response:
    """A page of the replies to one comment, on an idea or on a pilot."""
    wanted = asked(REPLIES)
    row, found = reading.with_replies(
        comments.key(comment_id), after=comments.cursor(wanted["after"]), size=wanted["limit"]
    )
    if row.parent_id is not None or not comment_policies.can_see(row, None, clock.now()):
        raise NotHere
    if row.pilot_id is None:
        about = _seen(reference(row.idea_id))
        there = comment_policies.has_discussion(about)
    else:
        there = trials.one(row.pilot_id) is not None
    if not there:
        raise NotHere
    next_ = next_page(REPLIES, found.after, comment_id=comment_id)
    links = {"next": next_, "first": first_page(REPLIES, comment_id=comment_id)}
    facts = (row.replies, [tuple(each) for each in found.rows], next_)
    return answer(lambda: shown.replies(row.replies, found, next_), *facts, links=links)


def _seen(ref: str) -> Any:
    """An idea that everybody may see; raises ``Gone`` or ``NotHere``."""
    row = ideas.shown(ref, answers.mine(None), replies.BESIDE)
    if not policies.can_see(row, None):
        raise Gone if row.visibility == HIDDEN else NotHere
    return row


def _lead_on(here: Address, row: Any) -> Response:
    """To the idea that this one is part of now."""
    survivor = reference(merging.survivor(row.id))
    return lead_to(shown.address(f"api.{here.endpoint}", ref=survivor, **request.args.to_dict()))
