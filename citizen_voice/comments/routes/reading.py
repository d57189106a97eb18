"""Reading: a discussion page by page, one comment with its replies, and what it said before."""

from dataclasses import dataclass
from uuid import UUID

from flask import Response, request

from citizen_voice import clock
from citizen_voice.comments import policies, queries
from citizen_voice.comments import versions as comment_versions
from citizen_voice.comments.cards import Card
from citizen_voice.comments.forms import Box, CommentForm
from citizen_voice.comments.place import Place
from citizen_voice.comments.routes import places
from citizen_voice.comments.routes.blueprint import bp
from citizen_voice.comments.section import Maker, Section, reply_box
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas.routes import reader_id
from citizen_voice.moderation import waits
from citizen_voice.moderation.services import Subject
from citizen_voice.web.access import everyone
from citizen_voice.web.filters import day_and_time
from citizen_voice.web.htmx import page, target, wants_fragment
from citizen_voice.words import _


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
    """A comment on its page: its place, the comment, the one above it, and the form for a reply.

    Where its place is not ``discussed``, its author alone sees it here.
    """

    place: Place
    card: Card
    above: Card | None
    box: Box | None
    make: Maker


@bp.get("/ideas/<ref>/comments")
@everyone
def index(ref: str) -> Response:
    """All comments on an idea, page by page."""
    order, after = _asked_for()
    return _list(places.idea(ref, lead=True), order, after)


@bp.get("/pilots/<pilot_ref>/comments")
@everyone
def of_pilot(pilot_ref: str) -> Response:
    """All comments on a pilot, page by page."""
    order, after = _asked_for()
    return _list(places.pilot(pilot_ref), order, after)


def _asked_for() -> tuple[str, UUID | None]:
    """The order that an address asks for, and where the list goes on; raises for what is none."""
    order = request.args.get("order") or queries.NEWEST
    if order not in queries.ORDERS:
        raise BadOrder
    return order, queries.cursor(request.args.get("after"))


def _list(place: Place, order: str, after: UUID | None) -> Response:
    section = Section(place, reader_id(), order=order, after=after)
    block = "more" if target() == "more-comments" else "list"
    if block == "more":
        section.leave_out(posted_in_place())
    return discussion_page(section, block=block)


def posted_in_place() -> frozenset[str]:
    """The comments that stand on htmx's page already, since they were written there.

    An address with them is htmx's alone: as a page it hides nothing.
    """
    return frozenset(request.args.getlist("without")) if wants_fragment() else frozenset()


def discussion_page(
    section: Section, *, block: str, status: int = 200, form: CommentForm | None = None
) -> Response:
    """The page of a discussion, or a block of it."""
    return page(
        "comments/index.html",
        block=block,
        status=status,
        form=form,
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
    if not shown.place.discussed:
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
    """A comment that this reader may see, with its place; raises ``NotHere`` and ``Gone``.

    ``own``: their own one also where its place shows no comments.
    """
    row, above = queries.one(queries.key(comment_id))
    reader = reader_id()
    place = places.of(row)
    if not place.discussed and not (own and policies.is_author(row, reader)):
        raise NotHere
    if not policies.can_see(row, reader, clock.now()):
        raise Gone if policies.was_published(row) else NotHere
    make = Maker(reader, open_=place.closed is None)
    card = make.card(row)
    return Shown(
        place=place,
        card=card,
        above=None if above is None else make.card(above),
        box=reply_box(card) if card.can_reply else None,
        make=make,
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
