"""A copy of one's data: asking for it, waiting for it, downloading it."""

from uuid import UUID

from flask import Response, request, send_file, url_for
from flask_login import current_user

from citizen_voice import limits
from citizen_voice.accounts import pending
from citizen_voice.accounts.limits import CODES, CODES_HERE
from citizen_voice.accounts.routes.signing_in import masked, send_code_to
from citizen_voice.clock import today
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import NotHere
from citizen_voice.privacy import files, queries, services
from citizen_voice.privacy.limits import COPIES
from citizen_voice.privacy.models import MAKING, READY, WAITING
from citizen_voice.privacy.routes.blueprint import bp
from citizen_voice.team.confirming import is_confirmed, require_confirmed
from citizen_voice.web.access import members
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import go, page
from citizen_voice.words import language


@bp.before_request
def private() -> None:
    """Nothing here is for a cache."""
    never_store()


@bp.get("/my-data/copy")
@members
def copies() -> Response:
    """How far the copy is, or a button to ask for one."""
    return page(
        "privacy/copies.html",
        block="copy",
        copy=queries.copy_of(current_user.id),
        confirmed=is_confirmed(),
    )


@bp.post("/my-data/copy")
@members
def ask() -> Response:
    """Ask for a copy; one that is being made already is as good."""
    copy = queries.copy_of(current_user.id)
    if copy is None or copy.state not in (WAITING, MAKING):
        limits.hit(COPIES, str(current_user.id))
        with write():
            services.ask(current_user.id, language=language())
    return go(url_for("privacy.copies", done="copy-asked"))


@bp.post("/my-data/copy/<uuid:copy_id>/delete")
@members
def delete_copy(copy_id: UUID) -> Response:
    """Delete one's own copy, whatever state it is in."""
    with write():
        services.withdraw(copy_id, current_user.id)
    return go(url_for("privacy.copies", done="copy-deleted"))


@bp.route("/my-data/copy/<uuid:copy_id>/my-data.zip", methods=["GET", "POST"])
@members
def download(copy_id: UUID) -> Response:
    """The copy itself, to who has just shown once more that it is them (a POST answers to that)."""
    copy = queries.copy_of(current_user.id)
    if copy is None or copy.id != copy_id or copy.state != READY:
        raise NotHere
    if current_user.staff:
        return _sent_to_colleague(copy)
    return _sent(copy) if is_confirmed() else go(url_for("privacy.confirm"))


@bp.route("/my-data/confirm", methods=["GET", "POST"])
@members
def confirm() -> Response:
    """Before the download: a code to one's own address shows that it is oneself."""
    if is_confirmed() or current_user.staff:
        return go(url_for("privacy.copies"))
    address: str = current_user.email
    if request.method != "POST":
        return page("privacy/confirm.html", masked_email=masked(address))
    network = limits.network_of(request.remote_addr)
    limits.hit(CODES, network)
    limits.hit(CODES_HERE, f"{network} {address}")
    response = go(url_for("accounts.code"))
    token = pending.start(
        response,
        next_address=url_for("privacy.copies"),
        intent=None,
        person_id=current_user.id,
    )
    send_code_to(token, address, shared=False, notice=None)
    return response


@require_confirmed(reading=True)
def _sent_to_colleague(copy: AnyRow) -> Response:
    return _sent(copy)


def _sent(copy: AnyRow) -> Response:
    """The file, sent as it is read from the disk."""
    try:
        response = send_file(
            files.path(copy.id).resolve(),
            mimetype="application/zip",
            as_attachment=True,
            download_name=f"my-data-{today().isoformat()}.zip",
            conditional=False,
            etag=False,
        )
    except FileNotFoundError:  # it has just run out
        raise NotHere from None
    response.headers["Cache-Control"] = "no-store"
    return response
