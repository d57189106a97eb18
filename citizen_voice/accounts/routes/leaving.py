"""Deleting one's account: what will happen, then the question, then what was deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, request, url_for
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer

from citizen_voice import register
from citizen_voice.accounts import queries, sessions
from citizen_voice.accounts.forms import LeaveForm
from citizen_voice.accounts.routes import bp
from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.privacy import queries as held
from citizen_voice.privacy.finding import Holding, holdings
from citizen_voice.register import Erase
from citizen_voice.team import queries as team_rows
from citizen_voice.team import services as team
from citizen_voice.team.confirming import require_confirmed
from citizen_voice.web.access import everyone, members
from citizen_voice.web.htmx import go, page

GOES, CHOICE, STAYS = "goes", "choice", "stays"
BY_CHOICE = "by the author's choice"
"""What the register says of words that go where their author wishes it."""
KEEP, REMOVE = "keep", "remove"
SALT = "what we deleted"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of what is held: how much there is of it, and whether it goes."""

    table: str
    title: Any
    count: int
    fate: str
    why: Any


@bp.route("/me/leave", methods=["GET", "POST"])
@members
def leave() -> Response:
    """What will happen; the choice; done. A colleague proves first who they are."""
    if request.method == "POST" and team_rows.credentials(person_id=current_user.id) is not None:
        confirmed: Response = _confirmed_leave()
        return confirmed
    return _leave()


def _leave() -> Response:
    form = LeaveForm()
    person = queries.person(current_user.id)
    shut = person.shut_at is not None
    kinds = [
        Kind(each.table, each.title, each.count, _fate(each.table), each.why_kept)
        for each in held.about(current_user.id)
    ]
    if form.validate_on_submit():
        try:
            with write():
                team.leave(current_user.id, remove_words=form.words.data == REMOVE)
            sessions.depart()
            return go(url_for("accounts.left", of=_signed(kinds, str(form.words.data), shut=shut)))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("accounts/leave.html", form=form, shut=shut, **_sorted(kinds, KEEP))


_confirmed_leave = require_confirmed(_leave)


@bp.get("/left")
@everyone
def left() -> Response:
    """What we deleted: the address itself says it, since nothing of it is kept."""
    said = _read(request.args.get("of", ""))
    if said is None:
        return page("accounts/left.html", known=False)
    words, shut, kinds = said
    return page("accounts/left.html", known=True, words=words, shut=shut, **_sorted(kinds, words))


def _fate(table: str) -> str:
    """What erasing a person does to what a table holds about them."""
    entries = [entry for entry in register.columns(table).values() if entry is not None]
    named = any(entry.erase is Erase.PSEUDONYM for entry in entries)
    if not named and any(entry.why == BY_CHOICE for entry in entries):
        return CHOICE
    kept = any(entry.erase is Erase.KEEP and entry.export is not None for entry in entries)
    return STAYS if named or kept else GOES


def _sorted(kinds: Sequence[Kind], words: str) -> dict[str, Any]:
    """The kinds by what becomes of them, where somebody chose ``words``."""
    chosen = [kind for kind in kinds if kind.fate == CHOICE]
    goes = [kind for kind in kinds if kind.fate == GOES]
    stays = [kind for kind in kinds if kind.fate == STAYS]
    return {
        "chosen": chosen,
        "goes": goes + (chosen if words == REMOVE else []),
        "stays": stays,
    }


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=SALT)


def _signed(kinds: Sequence[Kind], words: str, *, shut: bool) -> str:
    """What was deleted, for the address: tables and counts, nothing about anybody."""
    counts = {kind.table: kind.count for kind in kinds}
    return str(_signer().dumps([words, int(shut), counts]))


def _read(signed: str) -> tuple[str, bool, list[Kind]] | None:
    """The same again; ``None`` where the address says anything else."""
    try:
        words, shut, counts = _signer().loads(signed)
    except (BadSignature, ValueError):
        return None
    kinds = [_kind(each, counts[each.name]) for each in holdings() if each.name in counts]
    return words, bool(shut), kinds


def _kind(holding: Holding, count: int) -> Kind:
    fate = _fate(holding.name)
    return Kind(holding.name, holding.title, count, fate, held.why_kept(holding))
