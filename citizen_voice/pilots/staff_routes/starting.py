"""Starting a pilot: five fields, how it will look and whom it tells, then it begins."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, request
from flask_login import current_user
from wtforms import HiddenField

from citizen_voice.db import AnyRow, write
from citizen_voice.errors import NotAllowed, NotHere, Refusal
from citizen_voice.ideas.cards import STAGE_WORDS
from citizen_voice.ideas.queries import number
from citizen_voice.news import queries as news
from citizen_voice.pilots import services
from citizen_voice.pilots.forms import StartForm, choose_person, words
from citizen_voice.pilots.models import ADAPT, DECIDED
from citizen_voice.pilots.policies import CONFIRMERS, STARTERS
from citizen_voice.pilots.queries import desk, parts
from citizen_voice.pilots.refs import pilot_number
from citizen_voice.pilots.staff_routes.blueprint import bp
from citizen_voice.pilots.staff_routes.shown import Trial, opened
from citizen_voice.team.models import PILOT_OWNER
from citizen_voice.web.access import has_role, role
from citizen_voice.web.htmx import go, page
from citizen_voice.web.templates import url_for
from citizen_voice.words import _

START = "_start"
MOST = 100


@bp.route("/new", methods=["GET", "POST"])
@role(*STARTERS)
def new() -> Response:
    """Start one from the ideas that were chosen (``idea``, as often as there are ideas).

    ``after`` is a pilot that was decided to be adapted: this one carries it on.
    """
    before = _before()
    tried = parts.ideas_of(before.id) if before is not None and not _asks_for_ideas() else []
    keys = _chosen() or [row.id for row in tried]
    ideas = parts.chosen(keys)
    form = _form(ideas, before, {row.id: row for row in tried})
    preview = False
    if form.validate_on_submit():
        try:
            given = {"owner_id": form.owner(), "ends_on": form.ends_on.day}
            given |= form.both(*StartForm.WORDS)
            services.look_at(_taken(form, ideas), **given)
            if START in request.form and form.seen.data == _mark(keys, form):
                return _started(_taken(form, ideas), given, before)
            preview = True
            form.seen.data = _mark(keys, form)
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "pilots/staff/new.html",
        form=form,
        ideas=ideas,
        stages=STAGE_WORDS,
        before=before,
        preview=preview,
        changed=preview and START in request.form,
        people=news.tells_of_ideas([row.id for row in ideas]) if preview else 0,
    )


@bp.post("/<pilot_ref>/cancel")
@role(*CONFIRMERS)
def cancel(pilot_ref: str) -> Response:
    """Undo the start: its ideas are as before."""
    trial = opened(pilot_ref, to="cancels")
    with write():
        services.cancel(trial.id, actor=current_user.id)
    return go(url_for("pilots_staff.index", done="trial-cancelled"))


def _started(
    taken: Mapping[int, tuple[str, str]], given: Mapping[str, Any], before: Trial | None
) -> Response:
    try:
        with write():
            key = services.start(
                taken,
                actor=current_user.id,
                after_id=None if before is None else before.id,
                **given,
            )
    except services.AlreadyStarted as twice:
        key = twice.pilot_id
    return go(url_for("pilots_staff.detail", pilot_ref=f"CVT-{key}", done="trial-started"))


def _source() -> Any:
    return request.form if request.method == "POST" else request.args


def _asks_for_ideas() -> bool:
    return request.method == "POST" or "idea" in request.args


def _chosen() -> list[int]:
    """The ideas in the address, or in the form; what is no reference is left out."""
    keys = set()
    for ref in _source().getlist("idea")[: 2 * MOST]:
        try:
            keys.add(number(ref))
        except Refusal:
            continue
    return sorted(keys)


def _before() -> Trial | None:
    """The pilot to be carried on; none where it cannot be."""
    ref = _source().get("after") or ""
    if not ref:
        return None
    try:
        trial = Trial(desk.found(pilot_number(ref)))
    except NotHere:
        return None
    if trial.stage != DECIDED or trial.decision != ADAPT:
        raise NotAllowed(_("Only a trial that was decided to be adapted is carried on."))
    return trial


def _form(ideas: Sequence[AnyRow], before: Trial | None, tried: Mapping[int, AnyRow]) -> Any:
    """The form with two fields for each idea; empty, or with what the pilot before says."""
    fields: dict[str, Any] = {"seen": HiddenField()}
    begun: dict[str, Any] = {}
    for row in ideas:
        for code, label in (("en", _("What you take from it")), ("cy", _("In Welsh"))):
            fields[f"taken_{row.id}_{code}"] = words(label)
            begun[f"taken_{row.id}_{code}"] = getattr(tried.get(row.id), f"taken_{code}", "")
    if has_role(current_user, PILOT_OWNER):
        begun["owner_id"] = str(current_user.id)
    if before is not None:
        begun |= {
            f"{name}_{code}": getattr(before, f"{name}_{code}")
            for name in StartForm.WORDS
            for code in ("en", "cy")
        }
    form = type("PilotStartForm", (StartForm,), fields)(data=begun)
    choose_person(form.owner_id, desk.owners(), none=_("Choose"))
    return form


def _taken(form: Any, ideas: Sequence[AnyRow]) -> dict[int, tuple[str, str]]:
    return {
        row.id: (
            str(form[f"taken_{row.id}_en"].data or ""),
            str(form[f"taken_{row.id}_cy"].data or ""),
        )
        for row in ideas
    }


def _mark(keys: Sequence[int], form: Any) -> str:
    """Changes with everything that the preview showed."""
    said = sorted((field.name, str(field.data)) for field in form if field.name != "seen")
    return hashlib.sha256(repr((keys, said)).encode()).hexdigest()[:32]
