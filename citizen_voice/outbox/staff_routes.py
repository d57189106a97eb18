"""Mail, for administrators: what waits, what came back, the switch and the limit.

Nobody's letters can be read here.
"""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.journal import services as journal
from citizen_voice.outbox import gate, kinds, queries, services
from citizen_voice.outbox.forms import LimitForm
from citizen_voice.outbox.queries import FAILED, WAITING
from citizen_voice.team.acting import acting
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _

bp = Blueprint("outbox_staff", __name__)

OTHER = _("Another letter")
NO_ADDRESS = _("The address is deleted")


@bp.get("/staff/mail")
@role(ADMINISTRATOR)
def index() -> Response:
    """How mail leaves, what waits, and what came back."""
    return _shown()


@bp.post("/staff/mail/limit")
@role(ADMINISTRATOR)
def limit() -> Response:
    """Set how many letters leave in a minute."""
    form = LimitForm()
    if form.validate_on_submit():
        try:
            with write():
                number = services.limit(form.per_minute.data or "")
                _note("mail limit set", detail=str(number))
            return _done("mail-limit-saved")
        except Refusal as refusal:
            form.refuse(refusal)
    return _shown(form)


@bp.route("/staff/mail/stop", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def stop() -> Response:
    """The switch: what stopping means, and the button."""
    form = LimitForm()
    if form.validate_on_submit():
        try:
            with write():
                services.stop(current_user.id)
                _note("mail stopped")
            return _done("mail-stopped")
        except Conflict:  # somebody was quicker: it is as they wished
            return go(url_for("outbox_staff.index"))
    return page("outbox/stop.html", waiting=_counts()[0])


@bp.post("/staff/mail/start")
@role(ADMINISTRATOR)
def start() -> Response:
    """Let everything leave again."""
    try:
        with write():
            services.start()
            _note("mail started")
    except Conflict:
        return go(url_for("outbox_staff.index"))
    return _done("mail-started")


@bp.post("/staff/mail/<uuid:mail_id>/again")
@role(ADMINISTRATOR)
def try_again(mail_id: UUID) -> Response:
    """Send one letter again that was given up."""
    with write():
        services.try_again(mail_id)
        _note("mail sent again", subject=f"letter {mail_id}")
    return _done("mail-again")


@bp.post("/staff/mail/again")
@role(ADMINISTRATOR)
def try_all_again() -> Response:
    """Send every letter again that was given up and is as good now."""
    with write():
        count = services.try_all_again()
        if count:
            _note("mail sent again", detail=str(count))
    return _done("mail-again") if count else go(url_for("outbox_staff.index"))


def _shown(form: LimitForm | None = None) -> Response:
    now = queries.settings()
    form = form or LimitForm(formdata=None, per_minute=str(now.per_minute or ""))
    waiting, given_up, failed_count = _counts()
    who = None
    if now.stopped_by is not None:
        found = acting([now.stopped_by]).get(now.stopped_by)
        who = found.name if found is not None else None
    return page(
        "outbox/mail.html",
        form=form,
        now=now,
        who=who,
        waiting=waiting,
        failed=[
            (row, _words(row.kind), _address(row.to_address), gate.WORDS.get(row.last_error))
            for row in given_up
        ],
        failed_count=failed_count,
        kinds=kinds.register_rows(),
    )


def _counts() -> tuple[list[tuple[Any, Any]], Any, int]:
    """What waits, by kind; the newest that were given up; and how many those are."""
    shelves = queries.shelves()
    failed = sum(row.mails for row in shelves if row.shelf == FAILED)
    waiting = [(row, _words(row.kind)) for row in shelves if row.shelf == WAITING]
    waiting.sort(key=lambda pair: pair[0].since)
    return waiting, queries.failed(), failed


def _words(key: str) -> Any:
    known = kinds.KINDS.get(key)
    return OTHER if known is None else known.words


def _address(address: str | None) -> Any:
    return NO_ADDRESS if address is None else masked(address)


def masked(address: str) -> str:
    """``j…@example.org``: enough to know a provider by, too little to know a person by."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"


def _note(act: str, *, subject: str = "mail", detail: str = "") -> None:
    journal.append(act, actor=current_user.id, subject=subject, detail=detail)


def _done(word: str) -> Response:
    return go(url_for("outbox_staff.index", done=word))
