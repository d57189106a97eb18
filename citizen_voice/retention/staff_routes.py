"""How long things are kept, for the officer: rules, what they would do now, holds, and the log."""

import re
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_login import current_user
from sqlalchemy import Integer
from werkzeug.exceptions import NotFound

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.accounts.services import normalise_email
from citizen_voice.db import Key, write
from citizen_voice.errors import Refusal
from citizen_voice.ideas.models import Idea
from citizen_voice.keeping import RULES, in_force
from citizen_voice.retention import queries, services
from citizen_voice.retention.forms import LENGTHS, HoldForm, RuleForm
from citizen_voice.retention.models import DONE, FAILED, RUNNING, STOPPED
from citizen_voice.retention.queries import PER_PAGE
from citizen_voice.retention.services.running import PATIENCE
from citizen_voice.retention.sweeping import Due, Sweep
from citizen_voice.retention.sweeps import SWEEPS
from citizen_voice.team.acting import acting
from citizen_voice.team.confirming import require_confirmed
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.web import pagination
from citizen_voice.web.access import role
from citizen_voice.web.csv_files import csv_sent
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _

bp = Blueprint("retention_staff", __name__)

CUT_OFF = "cut-off"
STATES = {
    RUNNING: _("Under way"),
    DONE: _("Done"),
    STOPPED: _("Stopped: the rule was changed"),
    FAILED: _("Stopped: something went wrong. The next run goes on."),
    CUT_OFF: _("Cut off. The next run goes on."),
}
COLUMNS = ("rule", "day", "state", "began", "ended", "done", "warned", "unreached", "failed")
_REF = re.compile(r"(?:CV-?)?([0-9]{1,9})", re.IGNORECASE | re.ASCII)


@bp.get("/staff/privacy/retention")
@role(PRIVACY_OFFICER)
def index() -> Response:
    """Every rule, what it did last, and the holds."""
    held = queries.holds()
    last = queries.last_runs()
    return page(
        "retention/index.html",
        settings=in_force().values(),
        last={key: (row, _state(row)) for key, row in last.items()},
        states=STATES,
        holds=held,
        people=acting({row.made_by for row in held if row.made_by}),
        next_run=queries.next_run(clock.now()),
    )


@bp.route("/staff/privacy/retention/rules/<rule_key>", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
@require_confirmed
def rule(rule_key: str) -> Response:
    """Set a rule, and what was set of it before."""
    setting = in_force().get(rule_key)
    if setting is None or setting.rule.fixed:
        raise NotFound
    form = RuleForm()
    if form.validate_on_submit():
        try:
            number = form.whole("number")
            warn = form.whole("warn") if setting.rule.warn else 0
            with write():
                services.settle(
                    rule_key,
                    number=number,
                    warn=warn,
                    active=bool(form.active.data),
                    reason=form.reason.data or "",
                    actor=current_user.id,
                )
            return go(url_for("retention_staff.index", done="rule-kept"))
        except Refusal as refusal:
            form.refuse(refusal)
    elif request.method != "POST":
        form = RuleForm(
            formdata=None,
            number=str(setting.period.number),
            warn=str(setting.warn),
            active=setting.active,
        )
    before = queries.changes(rule_key)
    return page(
        "retention/rule.html",
        form=form,
        setting=setting,
        length=LENGTHS[setting.period.unit],
        changes=before,
        people=acting({row.changed_by for row in before if row.changed_by}),
    )


@bp.get("/staff/privacy/retention/now")
@role(PRIVACY_OFFICER)
def now() -> Response:
    """What would be done now: how much of each."""
    return page("retention/now.html", planned=queries.planned(), now=clock.now())


@bp.get("/staff/privacy/retention/now/<sweep_name>")
@role(PRIVACY_OFFICER)
def listed(sweep_name: str) -> Response:
    """What would be done now, one by one."""
    sweep = SWEEPS.get(sweep_name)
    if sweep is None:
        raise NotFound
    setting = in_force()[sweep.rule]
    after = _place(sweep, request.args.get("after"))
    found = queries.listed(sweep, Due(clock.now(), setting), after) if setting.active else []
    shown = found[:PER_PAGE]
    goes_on = len(found) > PER_PAGE
    next_url = None
    if goes_on and (cursor := _cursor(shown[-1])):
        next_url = url_for("retention_staff.listed", sweep_name=sweep_name, after=cursor)
    return page(
        "retention/listed.html",
        sweep=sweep,
        setting=setting,
        rows=[_named(sweep, key) for key in shown],
        first=after is None,
        goes_on=goes_on,
        next_url=next_url,
    )


@bp.route("/staff/privacy/retention/holds", methods=["GET", "POST"])
@role(PRIVACY_OFFICER)
def holds() -> Response:
    """Hold something, and the holds that have ended."""
    form = HoldForm()
    if form.validate_on_submit():
        try:
            with write():
                services.hold(
                    reason=form.reason.data or "",
                    actor=current_user.id,
                    until=form.until.day,
                    **_about(form.about.data or ""),
                )
            return go(url_for("retention_staff.index", done="hold-added"))
        except Refusal as refusal:
            form.refuse(refusal)
    ended = queries.holds(ended=True)
    keys = {key for row in ended for key in (row.made_by, row.ended_by) if key}
    return page("retention/holds.html", form=form, ended=ended, people=acting(keys))


@bp.post("/staff/privacy/retention/holds/<int:hold_id>/end")
@role(PRIVACY_OFFICER)
@require_confirmed
def end_hold(hold_id: int) -> Response:
    """Let the rules have their way again."""
    with write():
        services.end_hold(hold_id, actor=current_user.id)
    return go(url_for("retention_staff.index", done="hold-ended"))


@bp.get("/staff/privacy/retention/log")
@role(PRIVACY_OFFICER)
def log() -> Response:
    """What was done, the newest first."""
    after = request.args.get("after")
    below = pagination.decode(after, 1)[0] if after else None
    found = queries.runs_below(below)
    shown = found[:PER_PAGE]
    next_url = None
    if len(found) > PER_PAGE:
        place = pagination.encode(shown[-1].id)
        next_url = url_for("retention_staff.log", after=place)
    return page(
        "retention/log.html",
        runs=[(row, _title(row.rule), STATES[_state(row)]) for row in shown],
        first=below is None,
        next_url=next_url,
    )


@bp.get("/staff/privacy/retention/log.csv")
@role(PRIVACY_OFFICER)
def log_file() -> Response:
    """The log as a file. It names nobody."""
    return csv_sent(
        f"retention-{clock.today().isoformat()}.csv",
        COLUMNS,
        (
            (
                row.rule,
                row.day.isoformat(),
                _state(row),
                row.began_at.isoformat(),
                row.ended_at.isoformat() if row.ended_at else "",
                row.done,
                row.warned,
                row.unreached,
                row.failed,
            )
            for row in queries.every_run()
        ),
    )


def _state(row: Any) -> str:
    """How a run stands. One at which nobody came by was cut off."""
    cut_off = row.state == RUNNING and row.beat_at < clock.now() - PATIENCE
    return CUT_OFF if cut_off else str(row.state)


def _title(key: str) -> Any:
    known = RULES.get(key)
    return key if known is None else known.title


def _about(text: str) -> dict[str, Any]:
    """What somebody typed a hold is about; raises ``Refusal``."""
    if found := _REF.fullmatch(text):
        return {"idea_id": int(found[1])}
    if "@" in text:
        key = queries.person_with(normalise_email(text))
        if key is not None:
            return {"person_id": key}
        raise Refusal(_("There is no such account."), field="about")
    try:
        return {"person_id": UUID(text)}
    except ValueError:
        words = _("Write an idea’s number, like CV-1042, or the e-mail address of an account.")
        raise Refusal(words, field="about") from None


def _named(sweep: Sweep, key: tuple[Any, ...]) -> dict[str, Any]:
    """A row of a list: its words, and an address where there is something to open."""
    (model,) = {column.class_ for column in sweep.key}
    if model is Idea:
        ref = f"CV-{key[0]}"
        return {"words": ref, "url": url_for("ideas.detail", ref=ref)}
    words = " · ".join(_part(part) for part in key)
    return {"words": words, "person": model is Person}


def _part(part: Any) -> str:
    return part.hex()[:16] if isinstance(part, bytes) else str(part)


def _cursor(key: tuple[Any, ...]) -> str | None:
    """Where a list goes on; ``None`` where its keys are no numbers."""
    (one, *others) = key
    if others or not isinstance(one, (int, UUID)):
        return None
    return pagination.encode(*(pagination.of_key(one) if isinstance(one, UUID) else (one,)))


def _place(sweep: Sweep, text: str | None) -> tuple[Any, ...] | None:
    if not text:
        return None
    kinds = [type(column.type) for column in sweep.key]
    if kinds == [Key]:
        return (pagination.key(*pagination.decode(text, pagination.PARTS_OF_A_KEY)),)
    if kinds == [Integer]:
        return pagination.decode(text, 1)
    raise pagination.BadCursor
