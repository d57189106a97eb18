"""Making a widget and changing one, with a look at what other sites will show."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Response, g, request, url_for
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.site import colours
from citizen_voice.web.access import role
from citizen_voice.web.filters import say
from citizen_voice.web.htmx import go, page
from citizen_voice.widgets import choosing, figures, hosts, queries, services, themes
from citizen_voice.widgets.forms import SCHEME_NAMES, WidgetForm, widget_form
from citizen_voice.widgets.models import AUTO, CHANGES, IDEA, KINDS, PILOT, SCHEMES
from citizen_voice.widgets.services import Wanted
from citizen_voice.widgets.snippets import preview
from citizen_voice.widgets.staff_routes.blueprint import MAKERS, bp, with_frames
from citizen_voice.widgets.wording import (
    EVERYTHING,
    KIND_NAMES,
    KIND_WORDS,
    SUBJECT_LABELS,
    subject_of,
)
from citizen_voice.words import LANGUAGES, _, language

SHADE = "shade"
"""The button that takes the nearest colour that can be read."""


@bp.get("/new")
@role(*MAKERS)
def kinds() -> Response:
    """Choose what a new widget shows."""
    return page("widgets/staff/kinds.html", kinds=KIND_NAMES, words=KIND_WORDS)


@bp.route("/new/<widget_kind>", methods=["GET", "POST"])
@role(*MAKERS)
def new(widget_kind: str) -> Response:
    """Make one. ``?subject=`` says what about."""
    if widget_kind not in KINDS:
        raise NotHere
    form = _form(
        widget_kind,
        _offered(widget_kind),
        subject=request.args.get("subject", ""),
        scheme=AUTO,
        language=language(),
        radius="8",
        sites="\n".join(queries.site_wide()),
    )
    if not _is_looking() and form.validate_on_submit():
        try:
            with write():
                sites = hosts.origins(form.sites.data or "")
                key = services.make(form.wanted(), sites, actor=current_user.id)
            return go(url_for("widgets_staff.detail", widget_id=key, done="widget-made"))
        except Refusal as refusal:
            form.refuse(refusal)
    return _shown(form)


@bp.route("/<int:widget_id>/edit", methods=["GET", "POST"])
@role(*MAKERS)
def edit(widget_id: int) -> Response:
    """Change one, wherever it stands."""
    setup = queries.widget(widget_id)
    standing = choosing.written(setup.kind, setup)
    offered = _offered(setup.kind)
    if setup.kind != IDEA and standing and standing not in offered:
        offered[standing] = figures.line(widget_id)  # it is on no list any more, and may stay
    form = _form(
        setup.kind,
        offered,
        standing=standing,
        name=setup.name,
        subject=standing,
        accent=setup.accent,
        radius=str(setup.radius),
        scheme=setup.scheme,
        language=setup.language,
        sites="\n".join(setup.origins),
        return_address=setup.return_address,
        seen=services.mark(setup),
    )
    if not _is_looking() and form.validate_on_submit():
        try:
            with write():
                services.change(
                    widget_id,
                    form.wanted(),
                    hosts.origins(form.sites.data or ""),
                    seen=form.seen.data or "",
                    actor=current_user.id,
                )
            return go(url_for("widgets_staff.detail", widget_id=widget_id, done="widget-saved"))
        except Conflict as conflict:
            return _conflict(form, widget_id, conflict)
        except Refusal as refusal:
            form.refuse(refusal)
    return _shown(form, widget_id=widget_id, stored=setup)


def _conflict(form: WidgetForm, widget_id: int, conflict: Conflict) -> Response:
    """What somebody else saved meanwhile, beside what this one typed."""
    line = figures.line(widget_id)
    now = queries.widget(widget_id)
    form.seen.data = form.seen.raw_data = None
    form.seen.process_data(services.mark(now))
    theirs = [
        (form.name, now.name),
        (form.subject, subject_of(line).said.text),
        (form.accent, now.accent),
        (form.radius, str(now.radius)),
        (form.scheme, dict(SCHEME_NAMES)[now.scheme]),
        (form.language, LANGUAGES[now.language]),
        (form.sites, ", ".join(now.origins)),
        (form.return_address, now.return_address),
    ]
    return _shown(form, widget_id=widget_id, status=409, conflict=conflict, theirs=theirs)


def _offered(kind: str) -> dict[str, Any]:
    return dict(choosing.offered(kind))


def _form(kind: str, offered: Mapping[str, Any], **values: Any) -> WidgetForm:
    choices = [(key, _words(kind, row)) for key, row in offered.items()]
    if kind == CHANGES:
        choices.insert(0, ("", str(EVERYTHING)))
    elif kind != IDEA:
        choices.insert(0, ("", str(_("Choose one"))))
    form = widget_form(kind, choices, SUBJECT_LABELS[kind], **values)
    if not g.site.welsh_on:
        form.language.choices = [("en", LANGUAGES["en"])]
    if SHADE in request.form:
        form.accent.data = request.form[SHADE]
    return form


def _words(kind: str, row: Any) -> str:
    return say(row, "title" if kind == PILOT else "question").text


def _is_looking() -> bool:
    return "preview" in request.form or SHADE in request.form


def _shown(form: WidgetForm, *, status: int | None = None, **context: Any) -> Response:
    if status is None:
        status = 422 if form.errors else 200
    typed, missing = _typed(form)
    slug = getattr(choosing.offered(form.kind).get(form.subject.data or ""), "slug", None)
    response = page(
        "widgets/staff/edit.html",
        block="seen",
        status=status,
        form=form,
        kind=KIND_NAMES[form.kind],
        preview=preview(typed, slug),
        measured=_measured(form),
        missing=missing if form.subject.data else None,
        **context,
    )
    return with_frames(response)


def _typed(form: WidgetForm) -> tuple[Wanted, Any]:
    """What stands in the form, as far as a frame can show it, and why it shows nothing."""
    scheme = form.scheme.data if form.scheme.data in SCHEMES else AUTO
    typed = Wanted(
        name="",
        kind=form.kind,
        accent=colours.normalise(form.accent.data or "") or "",
        radius=themes.radius(form.radius.data) or 0,
        scheme=scheme,
        language=form.language.data if form.language.data in LANGUAGES else "en",
    )
    try:
        about: dict[str, Any] = form.about()
        return replace(typed, **about), None
    except Refusal as refusal:
        return typed, refusal.words


def _measured(form: WidgetForm) -> dict[str, Any]:
    """Whether the typed colour can be read, and the shade that can; empty where there is none."""
    try:
        themes.accent(form.accent.data or "", form.scheme.data or AUTO)
    except themes.Unreadable as refusal:
        return {"words": refusal.words, "shade": refusal.shade}
    except Refusal as refusal:
        return {"words": refusal.words, "shade": None}
    return {}
