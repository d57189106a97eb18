"""Rules and letters: the council's rules, grounds with their letters, targets, watched words."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask import Response, request, url_for
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.moderation import grounds, letters, setting_up
from citizen_voice.moderation.rule_forms import GroundForm, RulesPageForm, TargetsForm, WordsForm
from citizen_voice.moderation.staff_routes.blueprint import bp
from citizen_voice.site import queries as site
from citizen_voice.site import services as site_services
from citizen_voice.site.routes import plain_page, rules_now
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page
from citizen_voice.words import LANGUAGES, force_locale, gettext

RULES = "rules"
APPEAL_FOR = timedelta(days=183)


@bp.get("/staff/rules")
@role(ADMINISTRATOR)
def rules() -> Response:
    """Everything that decisions rest on, at a glance."""
    return page(
        "moderation/rules.html",
        own_rules=site.written_page(RULES),
        grounds=grounds.every_ground(),
        hours=setting_up.hours(),
        names=setting_up.NAMES,
        reported=setting_up.REPORTED,
        others=setting_up.OTHERS,
        watched=setting_up.watched(),
        languages=LANGUAGES,
    )


@bp.route("/staff/rules/page", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def rules_page() -> Response:
    """Write the rules of the conversation."""
    row = site.written_page(RULES)
    form = RulesPageForm(
        body_en=_ours("en") if row is None else row.body_en,
        body_cy=_ours("cy") if row is None else row.body_cy,
        seen=site.page_mark(row),
    )
    preview, ours = "preview" in request.form, "ours" in request.form
    theirs, status = None, None
    if not preview and form.validate_on_submit():
        try:
            with write():
                site_services.write_page(
                    RULES,
                    "" if ours else form.body_en.data or "",
                    "" if ours else form.body_cy.data or "",
                    seen=form.seen.data or "",
                    actor=current_user.id,
                )
            return go(url_for("moderation_staff.rules", done="rules-saved"))
        except Conflict as conflict:
            theirs, status = rules_now(), conflict.status
            form.seen.process_data(site.page_mark(site.written_page(RULES)))
            form.refuse(conflict)
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "moderation/rules_page.html",
        status=status or (422 if form.errors else 200),
        form=form,
        own=row is not None,
        theirs=theirs,
        preview=preview,
    )


def _ours(code: str) -> str:
    with force_locale(code):
        return plain_page(RULES)


@bp.route("/staff/rules/grounds/new", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def new_ground() -> Response:
    """Add a ground."""
    return _ground_page(None, GroundForm())


@bp.route("/staff/rules/grounds/<int:ground_id>", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def ground(ground_id: int) -> Response:
    """Change a ground and its letters."""
    row = grounds.ground(ground_id)
    names = ("name_en", "name_cy", "letter_en", "letter_cy")
    return _ground_page(row, GroundForm(**{name: getattr(row, name) for name in names}))


def _ground_page(row: Any, form: GroundForm) -> Response:
    preview = "preview" in request.form
    if not preview and form.validate_on_submit():
        try:
            with write():
                grounds.save(row and row.id, **form.values(), actor=current_user.id)
            return go(url_for("moderation_staff.rules", done="ground-saved"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "moderation/rules_ground.html",
        form=form,
        ground=row,
        placeholders=letters.PLACEHOLDERS,
        examples=_examples(form) if preview else None,
    )


def _examples(form: GroundForm) -> list[dict[str, str]]:
    """The letters as somebody would get them."""
    typed = SimpleNamespace(**form.values())
    made = []
    for code in LANGUAGES:
        with force_locale(code):
            thing, title = gettext("idea"), gettext("A bench by the library")
        until = clock.today() + APPEAL_FOR
        words = letters.letter(typed, language=code, thing=thing, title=title, until=until)
        made.append({"code": code, "words": words})
    return made


@bp.post("/staff/rules/grounds/<int:ground_id>/move")
@role(ADMINISTRATOR)
def move_ground(ground_id: int) -> Response:
    """Have it stand one place higher or lower."""
    with write():
        grounds.move(ground_id, up=request.form.get("where") == "up", actor=current_user.id)
    return go(url_for("moderation_staff.rules", done="ground-moved", _anchor="grounds"))


@bp.post("/staff/rules/grounds/<int:ground_id>/retire")
@role(ADMINISTRATOR)
def retire_ground(ground_id: int) -> Response:
    """Have it chosen no more."""
    with write():
        grounds.retire(ground_id, actor=current_user.id)
    return go(url_for("moderation_staff.rules", done="ground-retired", _anchor="grounds"))


@bp.post("/staff/rules/grounds/<int:ground_id>/bring-back")
@role(ADMINISTRATOR)
def bring_ground_back(ground_id: int) -> Response:
    """Have it chosen again."""
    with write():
        grounds.bring_back(ground_id, actor=current_user.id)
    return go(url_for("moderation_staff.rules", done="ground-back", _anchor="grounds"))


@bp.route("/staff/rules/targets", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def targets() -> Response:
    """Say how soon things are to be looked at."""
    said = setting_up.hours()
    form = TargetsForm(data={kind: str(hours) for kind, hours in said.items()})
    if form.validate_on_submit():
        try:
            with write():
                setting_up.aim(form.values(), actor=current_user.id)
            return go(url_for("moderation_staff.rules", done="targets-saved"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "moderation/rules_targets.html",
        form=form,
        reported=setting_up.REPORTED,
        others=setting_up.OTHERS,
    )


@bp.route("/staff/rules/words", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def words() -> Response:
    """Say which words a moderator wants to look at."""
    said = setting_up.watched()
    form = WordsForm(**{code: "\n".join(lines) for code, lines in said.items()})
    if form.validate_on_submit():
        try:
            with write():
                setting_up.watch(form.values(), actor=current_user.id)
            return go(url_for("moderation_staff.rules", done="words-saved"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("moderation/rules_words.html", form=form)
