"""Reading: a discussion page by page, one comment with its replies, and what it said before."""

from dataclasses import dataclass
from uuid import UUID

from flask import Response, request

from citizen_voice import clock
from citizen_voice.comments import policies, queries
from citizen_voice.comments import versions as comment_versions
from citizen_voice.comments.cards import Card
from citizen_voice.comments.forms import Box, CommentForm
from citizen_voice.comments.routes.blueprint import bp
from citizen_voice.comments.section import Maker, Section, reply_box
from citizen_voice.db import AnyRow
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.policies import can_see as can_see_idea
from citizen_voice.ideas.routes import reader_id
from citizen_voice.ideas.routes.joined import lead_on
from citizen_voice.moderation import waits
from citizen_voice.moderation.services import Subject
from citizen_voice.web.access import everyone
from citizen_voice.web.filters import day_and_time, reference
from citizen_voice.web.htmx import page, target, wants_fragment
from citizen_voice.words import Sentence, _, language

NOTHING_MORE = ideas.Mine((), {})
"""Of the idea alone: not how the reader answered it."""


class Gone(Refusal):
    """Taken away or hidden, and nobody else's business."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("That comment was taken away."))


class BadOrder(Refusal):
    """An address asks for an order that there is not."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("Comments can't be put in that order."))


@dataclass(slots=True)
class Shown:
    """A comment on its page: the idea, the comment, the one above it, and the form for a reply.

    Not ``discussed``: its author alone sees it here, since its idea is held, hidden or withdrawn;
    then ``names_idea`` says whether they may see the idea.
    """

    idea: AnyRow
    ref: str
    card: Card
    above: Card | None
    box: Box | None
    closed: Sentence | None
    make: Maker
    discussed: bool
    names_idea: bool


def discussed(ref: str) -> AnyRow:
    """An idea with a discussion that everybody may read; raises ``NotHere``."""
    idea = ideas.shown(ref, NOTHING_MORE)
    if not policies.has_discussion(idea):
        raise NotHere
    return idea


@bp.get("/ideas/<ref>/comments")
@everyone
def index(ref: str) -> Response:
    """All comments on an idea, page by page."""
    order = request.args.get("order") or queries.NEWEST
    if order not in queries.ORDERS:
        raise BadOrder
    after = queries.cursor(request.args.get("after"))
    idea = discussed(ref)
    lead_on(idea)
    section = Section(idea, reader_id(), order=order, after=after)
    block = "more" if target() == "more-comments" else "list"
    if block == "more":
        section.leave_out(posted_in_place())
    return discussion_page(idea, section, block=block)


def posted_in_place() -> frozenset[str]:
    """The comments that stand on htmx's page already, since they were written there.

    An address with them is htmx's alone: as a page it hides nothing.
    """
    return frozenset(request.args.getlist("without")) if wants_fragment() else frozenset()


def discussion_page(
    idea: AnyRow,
    section: Section,
    *,
    block: str,
    status: int = 200,
    form: CommentForm | None = None,
) -> Response:
    """The page of a discussion, or a block of it."""
    return page(
        "comments/index.html",
        block=block,
        status=status,
        form=form,
        idea=idea,
        idea_lang=idea.language if idea.language != language() else None,
        discussion=section,
    )


@bp.get("/comments/<comment_id>")
@everyone
def detail(comment_id: str) -> Response:
    """One comment: what it is about, its replies, and the form for one."""
    after = queries.cursor(request.args.get("after"))
    block = "reply_form" if target() == f"reply-{comment_id}" else "replies"
    return comment_page(comment_id, after=after, block=block)


def comment_page(
    comment_id: str,
    *,
    block: str,
    after: UUID | None = None,
    form: CommentForm | None = None,
    warning: list[str] | None = None,
    status: int = 200,
) -> Response:
    """The page of a comment, or a block of it; with a form, what was typed into it."""
    shown = seen(comment_id, own=form is None and not wants_fragment())
    if not shown.discussed:
        return page("comments/mine.html", about=shown, card=shown.card)
    if form is not None:
        shown.box = shown.box or reply_box(shown.card)
        shown.box.fill(form, open_=shown.card.can_reply, warning=warning)
    more_url = None
    if shown.above is None and block != "reply_form":
        found = queries.replies_to(shown.card.row.id, reader=reader_id(), after=after)
        cards = [shown.make.card(row) for row in found.rows]
        shown.card.replies = [card for card in cards if card.id not in posted_in_place()]
        more_url = found.after and f"{shown.card.url}?after={found.after}"
    return page(
        "comments/detail.html",
        block=block,
        status=status,
        form=form,
        about=shown,
        card=shown.card,
        box=shown.box,
        first=after is None,
        more_url=more_url,
        waiting=comment_versions.waiting(shown.card.row) if shown.card.can_await else None,
        wait=waits.of(Subject(comment_id=shown.card.row.id)) if shown.card.wait else None,
        no_replies=policies.why_no_replies(shown.card.row),
    )


def seen(comment_id: str, *, own: bool = False) -> Shown:
    """A comment that this reader may see, with its idea; raises ``NotHere`` and ``Gone``.

    ``own``: their own one also where its idea shows no comments.
    """
    row, above = queries.one(queries.key(comment_id))
    reader, now = reader_id(), clock.now()
    own = own and policies.is_author(row, reader)
    ref = reference(row.idea_id)
    idea = ideas.shown(ref, NOTHING_MORE) if own else discussed(ref)
    if not policies.can_see(row, reader, now):
        raise Gone if policies.was_published(row) else NotHere
    closed = policies.why_not(idea, now)
    make = Maker(reader, open_=closed is None)
    card = make.card(row)
    return Shown(
        idea=idea,
        ref=ref,
        card=card,
        above=None if above is None else make.card(above),
        box=reply_box(card) if card.can_reply else None,
        closed=closed,
        make=make,
        discussed=policies.has_discussion(idea),
        names_idea=can_see_idea(idea, reader),
    )


@bp.get("/comments/<comment_id>/versions")
@everyone
def versions(comment_id: str) -> Response:
    """What a comment said before it was edited."""
    shown = seen(comment_id, own=True)
    row = shown.card.row
    if not policies.can_read(row, reader_id()):
        raise Gone
    rows = comment_versions.public(row)
    return page(
        "comments/versions.html",
        about=shown,
        card=shown.card,
        versions=[(row, day_and_time(row.created_at)) for row in rows],
    )
