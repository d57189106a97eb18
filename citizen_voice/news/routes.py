"""News: what became of the ideas that somebody took part in."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.accounts import queries as accounts
from citizen_voice.accounts.models import RESIDENT
from citizen_voice.columns import EPOCH, MICROSECOND
from citizen_voice.db import write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.news import queries, services
from citizen_voice.news.forms import ChoiceForm
from citizen_voice.news.lines import told
from citizen_voice.news.models import CHOICES, NEVER
from citizen_voice.news.tokens import person_of
from citizen_voice.web.access import described, everyone, machine, members
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _

LONGEST_NUMBER = 18

bp = Blueprint("news", __name__)


def describe_seen(_form: object) -> str:
    """For the sign-in page."""
    return str(_("Mark my news as read"))


@bp.get("/news")
@members
def index() -> Response:
    """Newest first, an idea once, with what happened to it."""
    after = request.args.get("after") or None
    found = queries.page(current_user.id, after)
    items = told(found.rows, current_user.age_band)
    return page(
        "news/index.html",
        shown=[tuple(row) for row in found.rows],
        items=items,
        unread=sum(item.unread for item in items),
        until=(items[0].line.at - EPOCH) // MICROSECOND if items else 0,
        next_url=found.after and url_for("news.index", after=found.after),
        from_the_top=after is None,
    )


@bp.post("/news/seen")
@members
@described(describe_seen)
def seen() -> Response:
    """What they were shown is read; what came since is not."""
    with write():
        services.mark_seen(current_user.id, _until(request.form.get("until", "")))
    return go(url_for("news.index", done="news-seen"))


def describe_choices(_form: object) -> str:
    """For the sign-in page."""
    return str(_("Choose how you hear by e-mail"))


@bp.route("/news/choices", methods=["GET", "POST"])
@members
@described(describe_choices)
def choices() -> Response:
    """Straight away, weekly, or never."""
    form = ChoiceForm(mail=queries.choice(current_user.id))
    if form.validate_on_submit():
        try:
            with write():
                services.choose(current_user.id, form.mail.data or "")
            return go(url_for("news.choices", done="news-chosen"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page("news/choices.html", form=form, person=accounts.person(current_user.id))


@bp.get("/unsubscribe/<letter_token>")
@everyone
def unsubscribe(letter_token: str) -> Response:
    """Where a letter's link leads: how its reader hears now, to be changed. Changes nothing."""
    return _unsubscribe_page(letter_token, _reader_of(letter_token))


@bp.post("/unsubscribe/<letter_token>")
@machine
def stop(letter_token: str) -> Response:
    """Stop at once, for mail programs (RFC 8058); or what the page's own form chooses.

    The address carries a signed word, so neither a cookie nor another token is asked for.
    """
    person_id = _reader_of(letter_token)
    chosen = request.form.get("mail", "")
    with write():
        services.choose(person_id, chosen if chosen in CHOICES else NEVER)
    return _unsubscribe_page(letter_token, person_id, changed=True)


def _reader_of(token: str) -> UUID:
    """Whose letter it was; raises ``NotHere`` where the site signed no such word, or they left."""
    never_store()
    person_id = person_of(token)
    person = None if person_id is None else accounts.found(person_id)
    if person_id is None or person is None or person.kind != RESIDENT:
        raise NotHere
    return person_id


def _unsubscribe_page(token: str, person_id: UUID, *, changed: bool = False) -> Response:
    form = ChoiceForm(formdata=None, mail=queries.choice(person_id))
    return page("news/unsubscribe.html", form=form, token=token, changed=changed)


def _until(text: str) -> datetime:
    """The moment of the newest that was shown; now, where the form does not say."""
    if not text.isdecimal() or not text.isascii() or len(text) > LONGEST_NUMBER:
        return clock.now()
    try:
        return EPOCH + int(text) * MICROSECOND
    except OverflowError:
        return clock.now()
