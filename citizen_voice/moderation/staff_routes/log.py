"""The log of decisions, each with everything, and undoing them."""

from typing import Any
from uuid import UUID

from flask import Response, request, url_for
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.moderation import grounds, services
from citizen_voice.moderation.models import ACTS
from citizen_voice.moderation.queries import log as queries
from citizen_voice.moderation.staff_routes.blueprint import bp
from citizen_voice.moderation.staff_routes.narrowing import of_log
from citizen_voice.moderation.waiting import ACT_WORDS, DONE_WORDS, excerpt, kind_words
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from citizen_voice.web.access import has_role, role
from citizen_voice.web.filters import say
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _, gettext, language


class Made:
    """A decision as templates see it."""

    def __init__(self, row: Any) -> None:
        self.row = row
        self.id: UUID = row.id
        self.done = str(DONE_WORDS[row.act])
        self.moderator: str = row.moderator or gettext("A colleague")
        self.undone = row.undone_at is not None
        self.ground = say(row, "name") if row.name_en else None
        self.letter: str = row.words

    @property
    def about(self) -> str:
        """What it is about, with the reference of the idea or the pilot."""
        return kind_words(self.row)

    @property
    def title(self) -> str:
        """What stands for it."""
        row = self.row
        words = row.comment_body if row.comment_id is not None else row.title or row.name
        return excerpt(words or "", 90) or gettext("No words any more")

    @property
    def lang(self) -> str:
        """Its language."""
        row = self.row
        found = row.comment_language if row.comment_id is not None else row.idea_language
        return found or language()

    @property
    def appeal(self) -> str:
        """What came of an appeal, in words; nothing where nobody asked."""
        if self.row.appeal_id is None:
            return ""
        if self.row.outcome is None:
            return gettext("Somebody is to look again")
        if self.row.outcome == "upheld":
            return gettext("Looked at again: undone")
        return gettext("Looked at again: it stands")


def of_decision(decision_id: UUID) -> Made:
    """A decision as templates see it; raises ``NotHere``."""
    return Made(queries.one(decision_id))


@bp.get("/staff/decisions")
@role(MODERATOR, ADMINISTRATOR)
def log() -> Response:
    """What was decided, the newest first."""
    filters = of_log(request.args)
    chosen = filters.chosen()
    after = request.args.get("after") or None
    found = queries.page(filters, after=after)
    further = found.after and url_for("moderation_staff.log", after=found.after, **_texts(chosen))
    return page(
        "moderation/log.html",
        decisions=[Made(row) for row in found.rows],
        chosen=_texts(chosen),
        choices=_choices(),
        further=further,
        from_the_top=after is None,
    )


@bp.get("/staff/decisions/<uuid:decision_id>")
@role(MODERATOR, ADMINISTRATOR)
def decision(decision_id: UUID) -> Response:
    """One decision with everything, and its appeal."""
    return _decision_page(of_decision(decision_id))


@bp.post("/staff/decisions/<uuid:decision_id>/undo")
@role(MODERATOR)
def undo(decision_id: UUID) -> Response:
    """Put everything back as it was before it; the case waits again, and opens."""
    made = of_decision(decision_id)
    try:
        with write():
            services.undo(decision_id, actor=current_user.id)
    except Refusal as refusal:
        return _decision_page(made, refusal)
    if request.form.get("from") == "log":
        return go(url_for("moderation_staff.decision", decision_id=str(decision_id)))
    return go(url_for("moderation_staff.queue", case=str(made.row.case_id), done="undone"))


@bp.post("/staff/batches/<uuid:batch_id>/undo")
@role(MODERATOR)
def undo_batch(batch_id: UUID) -> Response:
    """Undo what was decided in one act: all of it, or nothing."""
    if queries.batch(batch_id) is None:
        raise NotHere
    with write():
        services.undo_batch(batch_id, actor=current_user.id)
    return go(url_for("moderation_staff.queue", done="undone"))


def _decision_page(made: Made, refusal: Refusal | None = None) -> Response:
    return page(
        "moderation/log_decision.html",
        status=200 if refusal is None else refusal.status,
        made=made,
        refusal=refusal,
        batch=None if made.row.batch_id is None else queries.batch(made.row.batch_id),
        may_undo=has_role(current_user, MODERATOR),
    )


def _texts(chosen: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) for name, value in chosen.items()}


def _choices() -> list[tuple[str, Any, list[tuple[str, Any]]]]:
    """The filters: name, label, what there is to choose from."""
    yes_or_no = [(queries.YES, _("Yes")), (queries.NO, _("No"))]
    people = [
        (str(row.id), row.display_name or gettext("A colleague")) for row in queries.moderators()
    ]
    rests = [(str(row.id), say(row, "name").text) for row in grounds.every_ground()]
    return [
        ("act", _("What was done"), [(act, ACT_WORDS[act]) for act in ACTS]),
        ("ground", _("Ground"), rests),
        ("who", _("Who decided"), people),
        ("undone", _("Undone"), yes_or_no),
        ("appealed", _("Asked to look again"), yes_or_no),
    ]
