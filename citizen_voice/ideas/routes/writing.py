"""Suggesting an idea, and editing one's own."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask import Response, request, url_for
from flask_login import current_user

from citizen_voice import limits
from citizen_voice.accounts import services as accounts
from citizen_voice.answers import queries as answers
from citizen_voice.challenges import queries as challenges
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import contacts, policies, queries, services
from citizen_voice.ideas.cards import EVERYWHERE, Detail
from citizen_voice.ideas.forms import EditForm, NewForm
from citizen_voice.ideas.limits import PROPOSALS
from citizen_voice.ideas.lists import by_name
from citizen_voice.ideas.models import HELD
from citizen_voice.ideas.routes.blueprint import bp
from citizen_voice.web.access import ask_to_sign_in, described, everyone, members
from citizen_voice.web.filters import say
from citizen_voice.web.forms import choices as offered
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _, language


def describe_proposal(form: Any, **_args: Any) -> str:
    """For the sign-in page."""
    title = (form.get("title") or "").strip()
    return str(_("Publish ‘%(title)s’", title=title[:80]) if title else _("Suggest an idea"))


@bp.route("/ideas/new", methods=["GET"])
@bp.route("/challenges/<slug>/suggest", methods=["GET"])
@everyone
def new(slug: str | None = None) -> Response:
    """Suggest an idea: the empty form."""
    return _suggesting(slug)


@bp.post("/ideas/new", endpoint="create")
@bp.post("/challenges/<slug>/suggest", endpoint="create")
@everyone
@described(describe_proposal)
def create(slug: str | None = None) -> Response:
    """Suggest an idea: publish what was written. A visitor's is looked at first, then kept."""
    return _suggesting(slug)


def _suggesting(slug: str | None) -> Response:
    form = NewForm(lang=language())
    overview = challenges.overview()
    preset = None if slug is None else challenges.published(slug)
    _offer_challenges(form, list(overview.open), preset)
    chosen = preset or next(
        (row for rows in overview for row in rows if str(row.id) == form.challenge.data), None
    )
    choices = queries.choices(chosen.id if chosen is not None else None)
    _offer_places(form, choices)
    if current_user.is_authenticated and not current_user.display_name:
        form.name.description = _suggested_name(form, choices)
    else:
        del form.name
    warning = None
    if form.validate_on_submit():
        warning = _warning(form)
        if warning is None and not current_user.is_authenticated:
            return ask_to_sign_in()
        if warning is None:
            limits.hit(PROPOSALS, str(current_user.id))
            try:
                return _publish(form, chosen)
            except Refusal as refusal:
                form.refuse(refusal)
    return page(
        "ideas/new.html",
        status=422 if warning else 200,
        form=form,
        contact_warning=warning,
        challenge=chosen,
        preset=preset,
        nothing_open=request.method == "GET" and not _is_open(preset, overview.open),
    )


def _is_open(preset: AnyRow | None, open_ones: Sequence[AnyRow]) -> bool:
    """Whether there is an open challenge to suggest for: this one, or any."""
    return bool(open_ones) if preset is None else any(row.id == preset.id for row in open_ones)


def _publish(form: NewForm, chosen: AnyRow | None) -> Response:
    if chosen is None:
        raise Refusal(_("Choose the question that your idea is about."), field="challenge")
    with write():
        if "name" in form:
            accounts.set_name(current_user.id, form.name.data or "")
        idea = services.propose(current_user.id, chosen.id, **_values(form))
        number, held = idea.id, idea.visibility == HELD
    done = "waiting" if held else "published"
    return go(url_for("ideas.detail", ref=f"CV-{number}", done=done))


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
    idea = Detail(row, current_user.id)
    form = EditForm(
        title=row.title,
        body=row.body,
        lang=row.language,
        place=str(row.ward_id or ""),
        topic=str(row.topic_id or ""),
    )
    _offer_places(form, queries.choices(row.challenge_id))
    warning = None
    if form.validate_on_submit():
        warning = _warning(form)
        if warning is None:
            try:
                with write():
                    services.edit(row.id, current_user.id, **_values(form))
                return go(url_for("ideas.detail", ref=idea.ref, done="edited"))
            except Refusal as refusal:
                form.refuse(refusal)
    return page(
        "ideas/edit.html",
        status=422 if warning else 200,
        form=form,
        idea=idea,
        contact_warning=warning,
    )


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


def _offer_challenges(form: NewForm, open_ones: list[AnyRow], preset: AnyRow | None) -> None:
    if preset is not None:
        del form.challenge
        return
    form.challenge.choices = offered((str(row.id), say(row, "question").text) for row in open_ones)
    if len(open_ones) == 1 and form.challenge.data is None:
        form.challenge.data = str(open_ones[0].id)


def _offer_places(form: EditForm, choices: queries.Choices) -> None:
    form.place.choices = offered(
        [("", EVERYWHERE), *((str(key), name) for key, name in by_name(choices.wards))]
    )
    if choices.topics:
        form.topic.choices = offered([("", _("Something else")), *_named(choices.topics)])
    else:
        del form.topic


def _named(rows: Iterable[AnyRow]) -> Iterator[tuple[str, str]]:
    return ((str(row.id), say(row, "name").text) for row in rows)


def _suggested_name(form: NewForm, choices: queries.Choices) -> str:
    ward = next((row for row in choices.wards if str(row.id) == form.place.data), None)
    if ward is None:
        return str(_("For example: Resident. It need not be your real name."))
    place = say(ward, "name").text
    return str(_("For example: Resident in %(place)s. It need not be your real name.", place=place))
