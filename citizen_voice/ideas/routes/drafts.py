"""Drafts: the list of them, deleting one, and what the form of an idea does with its own."""

from dataclasses import replace
from uuid import UUID

from flask import Response, request
from flask_login import current_user

from citizen_voice import limits
from citizen_voice.db import AnyRow, new_key, write
from citizen_voice.errors import Busy, NotAllowed, NotHere, Refusal, TooMany
from citizen_voice.ideas import queries, services
from citizen_voice.ideas.drafts import DraftCard, DraftLine
from citizen_voice.ideas.limits import SAVES
from citizen_voice.ideas.routes.blueprint import bp
from citizen_voice.web.access import members
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import page
from citizen_voice.words import _

SAVE = "_draft"
PREVIEW = "_preview"


@bp.get("/drafts")
@members
def drafts() -> Response:
    """Everything somebody has begun and not published."""
    never_store()
    return page("ideas/drafts.html", drafts=_cards(), deleted=None)


@bp.post("/drafts/<uuid:draft_id>/delete")
@members
def delete_draft(draft_id: UUID) -> Response:
    """Delete a draft. The page that comes back can undo it: it has the words, the site has not."""
    never_store()
    row = queries.draft(current_user.id, draft_id)
    with write():
        services.discard_draft(current_user.id, draft_id)
    return page("ideas/drafts.html", drafts=_cards(), deleted=_to_undo(row))


def _to_undo(row: AnyRow) -> dict[str, str]:
    """The form that makes a draft again; what its open form had not saved yet comes along."""
    fields = {
        "draft": str(row.id),
        "title": row.title,
        "body": row.body,
        "lang": row.language,
        "challenge": str(row.challenge_id or ""),
        "place": str(row.ward_id or ""),
        "topic": str(row.topic_id or ""),
    }
    typed = request.form if "draft_form" in request.form else {}
    return fields | {name: typed[name] for name in fields if name in typed}


def _cards() -> list[DraftCard]:
    return [DraftCard(row) for row in queries.drafts(current_user.id)]


def asked_for() -> AnyRow | None:
    """The draft that the address of a form names; raises ``NotHere`` where it is not theirs."""
    named = request.args.get("draft")
    if named is None or request.method == "POST":
        return None
    never_store()
    key = _key(named)
    if key is None:
        raise NotHere
    return queries.draft(current_user.id, key)


def newest(challenge_id: int | None) -> DraftCard | None:
    """The draft that somebody saved last for a challenge (``None``: for any)."""
    rows = queries.drafts(current_user.id)
    wanted = (row for row in rows if challenge_id in (None, row.challenge_id))
    return next((DraftCard(row) for row in wanted), None)


def line(draft: AnyRow | None = None) -> DraftLine | None:
    """What the form at hand says of its draft; ``None`` for visitors, whose browser keeps it."""
    if not current_user.is_authenticated:
        return None
    sent = request.form
    was, _space, upto = sent.get("draft_was", "").partition(" ")
    form = services.OpenForm(
        draft.id if draft is not None else _key(sent.get("draft")) or new_key(),
        _key(sent.get("draft_form")) or new_key(),
        draft.revision if draft is not None else _count(sent.get("draft_seen")),
        _key(was),
        _count(upto),
    )
    if draft is None and form.seen:
        try:
            draft = queries.draft(current_user.id, form.draft_id)
        except NotHere:  # published or deleted in another tab
            return DraftLine(form)
    if draft is None:
        return DraftLine(form)
    return DraftLine(form, draft.saved_at, draft.ends_at)


def keep(shown: DraftLine, words: services.DraftWords) -> DraftLine:
    """Save what stands in the form; gives what it says now.

    Raises what ``save_draft`` raises, and ``TooMany`` for a form that is saved without end.
    """
    try:
        limits.hit(SAVES, str(current_user.id))
    except TooMany as refusal:
        refusal.words = _(
            "This draft was saved very often in a short time. What you wrote is still here, and can"
            " be saved again in a few minutes."
        )
        raise
    with write():
        draft = services.save_draft(current_user.id, shown.form, words)
        return shown if draft is None else shown.saved(draft)


def autosave(shown: DraftLine | None, words: services.DraftWords) -> Response:
    """The answer to a script that saves while somebody writes: the line under the form."""
    if shown is None:
        raise NotAllowed(_("You are signed out. Sign in to save this as a draft."))
    status = 200
    try:
        shown = keep(shown, words)
    except Busy:
        raise
    except Refusal as refusal:
        status, shown = refusal.status, replace(shown, refusal=refusal.words)
    return page("ideas/_draft_line.html", status=status, line=shown)


def saves() -> bool:
    """Whether the form was sent to be saved as a draft, not to be published."""
    return SAVE in request.form


def previews() -> bool:
    """Whether the form was sent to be looked at."""
    return PREVIEW in request.form


def _key(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _count(text: str | None) -> int:
    known = text is not None and text.isascii() and text.isdecimal() and len(text) < 9
    return int(text) if text is not None and known else 0
