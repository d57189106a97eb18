"""The newsletter, for administrators: written, looked at, sent to who said yes to it."""

from flask import Response, url_for
from flask_login import current_user

from citizen_voice.consent.forms import NewsletterForm, SeenForm
from citizen_voice.consent.queries.newsletters import newsletter as found_newsletter
from citizen_voice.consent.queries.newsletters import newsletters as every_newsletter
from citizen_voice.consent.services import newsletters as services
from citizen_voice.consent.staff_routes.blueprint import bp
from citizen_voice.db import write
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.journal import services as journal
from citizen_voice.team.confirming import require_confirmed
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page


@bp.get("/staff/newsletters")
@role(ADMINISTRATOR)
def newsletters() -> Response:
    """All newsletters, and how many people would get the next one."""
    return page(
        "consent/newsletters.html", newsletters=every_newsletter(), readers=services.readers()
    )


@bp.route("/staff/newsletters/new", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def new_newsletter() -> Response:
    """Write one."""
    return _write(NewsletterForm(), None)


@bp.route("/staff/newsletters/<int:newsletter_id>", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def newsletter(newsletter_id: int) -> Response:
    """Change one that was not sent yet."""
    row = found_newsletter(newsletter_id)
    if row.sent_at is not None:
        return go(url_for("consent_staff.look_at_newsletter", newsletter_id=newsletter_id))
    return _write(NewsletterForm(obj=row), newsletter_id, services.mark(row))


def _write(form: NewsletterForm, newsletter_id: int | None, mark: str = "") -> Response:
    if form.validate_on_submit():
        try:
            with write():
                key = services.save(
                    current_user.id, form.words(), newsletter_id, form.seen.data or ""
                )
                journal.append(
                    "newsletter.written", actor=current_user.id, subject=f"newsletter {key}"
                )
            return go(
                url_for(
                    "consent_staff.look_at_newsletter", newsletter_id=key, done="newsletter-saved"
                )
            )
        except Refusal as refusal:
            form.refuse(refusal)
    else:
        form.seen.data = form.seen.data or mark
    return page("consent/newsletter.html", form=form, newsletter_id=newsletter_id)


@bp.get("/staff/newsletters/<int:newsletter_id>/look")
@role(ADMINISTRATOR)
def look_at_newsletter(newsletter_id: int) -> Response:
    """The second look: as it leaves, to how many, and the button that sends it."""
    return _look(newsletter_id)


@bp.post("/staff/newsletters/<int:newsletter_id>/send")
@role(ADMINISTRATOR)
@require_confirmed
def send_newsletter(newsletter_id: int) -> Response:
    """Send it off, as it was looked at."""
    form = SeenForm()
    try:
        with write():
            services.send(current_user.id, newsletter_id, form.seen.data or "")
            journal.append(
                "newsletter.sent", actor=current_user.id, subject=f"newsletter {newsletter_id}"
            )
    except Refusal as refusal:
        form.refuse(refusal)
        return _look(newsletter_id, form, refusal)
    return go(url_for("consent_staff.newsletters", done="newsletter-sent"))


@bp.post("/staff/newsletters/<int:newsletter_id>/delete")
@role(ADMINISTRATOR)
def delete_newsletter(newsletter_id: int) -> Response:
    """Delete one that was not sent."""
    form = SeenForm()
    try:
        with write():
            services.delete(newsletter_id, form.seen.data or "")
            journal.append(
                "newsletter.deleted", actor=current_user.id, subject=f"newsletter {newsletter_id}"
            )
    except Conflict as conflict:
        form.refuse(conflict)
        return _look(newsletter_id, form, conflict)
    return go(url_for("consent_staff.newsletters", done="newsletter-deleted"))


def _look(
    newsletter_id: int, form: SeenForm | None = None, refusal: Refusal | None = None
) -> Response:
    row = found_newsletter(newsletter_id)
    return page(
        "consent/newsletter_look.html",
        status=200 if refusal is None else refusal.status,
        form=form,
        refused=refusal,
        row=row,
        mark=services.mark(row),
        readers=None if row.sent_at else services.readers(),
    )
