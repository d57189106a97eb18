"""News: what became of the ideas that somebody took part in."""

from datetime import datetime

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.columns import EPOCH, MICROSECOND
from citizen_voice.db import write
from citizen_voice.news import queries, services
from citizen_voice.news.lines import told
from citizen_voice.web.access import described, members
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


def _until(text: str) -> datetime:
    """The moment of the newest that was shown; now, where the form does not say."""
    if not text.isdecimal() or not text.isascii() or len(text) > LONGEST_NUMBER:
        return clock.now()
    try:
        return EPOCH + int(text) * MICROSECOND
    except OverflowError:
        return clock.now()
