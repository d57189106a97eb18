"""Suggesting an idea, and editing one's own."""

from collections.abc import Sequence
from typing import Any

from flask import Response, request, url_for
from flask_login import current_user

from citizen_voice import clock, limits
from citizen_voice.accounts import services as accounts
from citizen_voice.answers import queries as answers
from citizen_voice.challenges import queries as challenges
from citizen_voice.challenges.models import CLOSED, state
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import contacts, policies, queries, services
from citizen_voice.ideas.cards import Card
from citizen_voice.ideas.detail import Detail
from citizen_voice.ideas.drafts import DraftCard
from citizen_voice.ideas.forms import EditForm, NewForm
from citizen_voice.ideas.limits import EDITS, PROPOSALS
from citizen_voice.ideas.models import HELD, PUBLISHED, Idea
from citizen_voice.ideas.routes import drafts
from citizen_voice.ideas.routes.alike import cards_like, typed_title
from citizen_voice.ideas.routes.blueprint import bp
from citizen_voice.ideas.routes.joined import lead_on
from citizen_voice.ideas.routes.sheet import Sheet, begun, offer_places
from citizen_voice.web.access import ask_to_sign_in, described, everyone, members
from citizen_voice.web.htmx import go, page, wants_fragment
from citizen_voice.words import _, language


def describe_proposal(form: Any, **_args: Any) -> str:
    """For the sign-in page."""
    title = (form.get("title") or "").strip()[:80]
    if drafts.SAVE in form:
        return str(_("Save your draft ‘%(title)s’", title=title) if title else _("Save your draft"))
    return str(_("Publish ‘%(title)s’", title=title) if title else _("Suggest an idea"))


@bp.route("/ideas/new", methods=["GET"])
@bp.route("/challenges/<slug>/suggest", methods=["GET"])
@everyone
def new(slug: str | None = None) -> Response:
    """Suggest an idea: the empty form, or a draft to go on with."""
    if "draft" in request.args and not current_user.is_authenticated:
        return ask_to_sign_in()
    return _suggesting(slug, drafts.asked_for())


@bp.post("/ideas/new", endpoint="create")
@bp.post("/challenges/<slug>/suggest", endpoint="create")
@everyone
@described(describe_proposal)
def create(slug: str | None = None) -> Response:
    """Suggest an idea: publish what was written. A visitor's is looked at first, then kept.

    The form's other buttons save it as a draft, or show it as it will look.
    """
    return _suggesting(slug, None)


def _suggesting(slug: str | None, draft: AnyRow | None) -> Response:
    overview = challenges.overview()
    preset = None if slug is None else challenges.published(slug)
    if draft is not None and preset is not None and DraftCard(draft).slug != preset.slug:
        return go(url_for("ideas.new", draft=draft.id))
    sheet = Sheet(NewForm(**begun(draft)), overview, preset, drafts.line(draft))
    if drafts.saves():
        return _save(sheet)
    if drafts.previews() and wants_fragment():
        return _preview(sheet.form)
    if not drafts.previews() and sheet.form.validate_on_submit():
        sheet.warning = _warning(sheet.form)
        if sheet.warning is None and not current_user.is_authenticated:
            return ask_to_sign_in()
        if sheet.warning is None:
            limits.hit(PROPOSALS, str(current_user.id))
            try:
                return _publish(sheet)
            except services.ChallengeNotOpen as refusal:
                sheet = _kept(sheet, refusal)
            except Refusal as refusal:
                sheet.form.refuse(refusal)
    return _shown(sheet, draft)


def _shown(sheet: Sheet, draft: AnyRow | None = None) -> Response:
    open_ones = sheet.overview.open
    beginning = request.method == "GET" and draft is None
    others = None
    if beginning and current_user.is_authenticated:
        others = drafts.newest(sheet.preset.id if sheet.preset is not None else None)
    return page(
        "ideas/new.html",
        status=422 if sheet.warning else 200,
        form=sheet.form,
        contact_warning=sheet.warning,
        challenge=sheet.chosen,
        preset=sheet.preset,
        line=sheet.line,
        saved=sheet.saved,
        other_draft=others,
        closed=draft is not None and DraftCard(draft).closed,
        preview=sheet.form if drafts.previews() else None,
        may_publish=bool(open_ones) or not (sheet.line and sheet.line.saved_at),
        nothing_open=beginning and not _is_open(sheet.preset, open_ones),
        alike=[] if request.method == "GET" else _alike(sheet),
    )


def _alike(sheet: Sheet) -> list[Card]:
    """Without JavaScript, look-alikes come with the preview, or when the form is shown again."""
    return cards_like(
        typed_title(sheet.form.title.data), sheet.chosen.id if sheet.chosen is not None else None
    )


def _is_open(preset: AnyRow | None, open_ones: Sequence[AnyRow]) -> bool:
    """Whether there is an open challenge to suggest for: this one, or any."""
    return bool(open_ones) if preset is None else any(row.id == preset.id for row in open_ones)


def _publish(sheet: Sheet) -> Response:
    form, chosen = sheet.form, sheet.chosen
    if chosen is None:
        raise Refusal(_("Choose the question that your idea is about."), field="challenge")
    with write():
        if sheet.line is not None:
            services.discard_draft(current_user.id, sheet.line.form.draft_id)
        if "name" in form and form.name.data:
            accounts.set_name(current_user.id, form.name.data)
        idea = services.propose(current_user.id, chosen.id, **_values(form))
        number, held = idea.id, idea.visibility == HELD
    done = "waiting" if held else "published"
    return go(url_for("ideas.detail", ref=f"CV-{number}", done=done))


def _save(sheet: Sheet) -> Response:
    words = sheet.draft_words()
    if wants_fragment():
        return drafts.autosave(sheet.line, words)
    if sheet.line is None:
        return ask_to_sign_in()
    try:
        sheet.line = drafts.keep(sheet.line, words)
        sheet.saved = sheet.line.saved_at is not None
    except Refusal as refusal:
        sheet.form.refuse(refusal)
    return _shown(sheet)


def _kept(sheet: Sheet, refusal: services.ChallengeNotOpen) -> Sheet:
    """The challenge has closed while they wrote: it becomes a draft, to be moved to an open one."""
    words = refusal.words
    line = sheet.line
    try:
        if line is not None:
            line = drafts.keep(line, sheet.draft_words())
            if sheet.chosen is not None and state(sheet.chosen, clock.now()) == CLOSED:
                words = _("This challenge has closed meanwhile. What you wrote is kept as a draft.")
    except Refusal:  # as many drafts as one may have: the words are on the page all the same
        sheet.form.refuse(refusal)
        return sheet
    form = NewForm(lang=language())
    form.challenge.data = form.challenge.data or ""
    moved = Sheet(form, sheet.overview, None, line)
    if "topic" in form:
        del form.topic
    form.form_errors.append(words)
    return moved


def _preview(form: EditForm) -> Response:
    return page("ideas/_preview.html", preview=form)


def describe_edit(_form: Any, **_args: Any) -> str:
    """For the sign-in page."""
    return str(_("Edit my idea"))


@bp.route("/ideas/<ref>/edit", methods=["GET", "POST"])
@members
@described(describe_edit)
def edit(ref: str) -> Response:
    """Change one's own idea while it is open; every change makes a version."""
    row = queries.shown(ref, answers.mine(current_user.id))
    if not policies.is_author(row, current_user.id):
        raise NotHere
    lead_on(row, "ideas.detail")
    idea = Detail(row, current_user.id)
    written = (queries.waiting(row) if row.edit_waits else None) or row
    form = EditForm(
        title=written.title,
        body=written.body,
        lang=written.language,
        place=str(row.ward_id or ""),
        topic=str(row.topic_id or ""),
    )
    offer_places(form, queries.choices(row.challenge_id, keeping=row.ward_id))
    if drafts.previews() and wants_fragment():
        return _preview(form)
    warning = None
    if not drafts.previews() and form.validate_on_submit():
        warning = _warning(form)
        if warning is None:
            limits.hit(EDITS, str(current_user.id))
            try:
                with write():
                    done = _edited(services.edit(row.id, current_user.id, **_values(form)))
                return go(url_for("ideas.detail", ref=idea.ref, done=done))
            except Refusal as refusal:
                form.refuse(refusal)
    return page(
        "ideas/edit.html",
        status=422 if warning else 200,
        form=form,
        idea=idea,
        contact_warning=warning,
        preview=form if drafts.previews() else None,
    )


def _edited(idea: Idea) -> str:
    """What to say after an edit: who sees the new words, and when.

    It begins with ``edited``: the browser then forgets what it kept.
    """
    if idea.visibility != PUBLISHED:
        return "edited-saved"
    return "edited" if services.edit_that_waits(idea) is None else "edited-waiting"


def _values(form: EditForm) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "body": form.body.data,
        "language": form.lang.data,
        "topic_id": int(form.topic.data) if "topic" in form and form.topic.data else None,
        "ward_id": int(form.place.data) if form.place.data else None,
    }


def _warning(form: EditForm) -> list[str] | None:
    """Ways to contact somebody in the words, unless the author has said to publish them."""
    if form.confirm.data:
        return None
    return contacts.found(f"{form.title.data}\n{form.body.data}") or None
