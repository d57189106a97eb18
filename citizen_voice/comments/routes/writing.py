"""Writing: a comment on an idea or a pilot, a reply to a comment."""

from collections.abc import Callable
from typing import Any

from flask import Response, url_for
from flask_login import current_user

from citizen_voice import limits
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.forms import ease_name
from citizen_voice.comments import policies, queries, services
from citizen_voice.comments.forms import CommentForm, FirstCommentForm
from citizen_voice.comments.limits import DAILY, HOURLY
from citizen_voice.comments.models import HELD, Comment
from citizen_voice.comments.place import Place
from citizen_voice.comments.routes import places
from citizen_voice.comments.routes.blueprint import bp
from citizen_voice.comments.routes.reading import comment_page, discussion_page, seen
from citizen_voice.comments.section import Maker, Section, asks_name, comment_box
from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.ideas import contacts
from citizen_voice.ideas.routes import reader_id
from citizen_voice.web.access import ask_to_sign_in, described, everyone
from citizen_voice.web.htmx import go, page, wants_fragment
from citizen_voice.words import _, language

OTHERWISE = 422


def describe_comment(_form: Any, ref: str) -> str:
    """For the sign-in page: what they were about to do."""
    return _describe(places.idea(ref))


@bp.post("/ideas/<ref>/comments")
@everyone
@described(describe_comment)
def create(ref: str) -> Response:
    """Comment on an idea. A visitor's comment is looked at first, then kept."""
    return _comment(places.idea(ref), services.comment)


def describe_comment_on_pilot(_form: Any, pilot_ref: str) -> str:
    """For the sign-in page."""
    return _describe(places.pilot(pilot_ref))


@bp.post("/pilots/<pilot_ref>/comments")
@everyone
@described(describe_comment_on_pilot)
def create_on_pilot(pilot_ref: str) -> Response:
    """Comment on a pilot, in the same way."""
    return _comment(places.pilot(pilot_ref), services.comment_on_pilot)


def _describe(place: Place) -> str:
    return str(_("Comment on ‘%(title)s’", title=place.title))


def _comment(place: Place, publish: Callable[..., Comment]) -> Response:
    """Comment on a place. ``publish`` takes who says it, the place's number, and the words."""
    form = comment_form()
    asked = Asked(form, services.CommentsClosed(place.closed) if place.closed else None)
    if asked.ready:
        if not current_user.is_authenticated:
            return ask_to_sign_in()
        said = asked.say(lambda **words: publish(current_user.id, place.number, **words))
        if said is not None:
            return _commented(said, place)
    section = Section(place, reader_id())
    section.box = section.box or comment_box(place)
    section.box.fill(form, open_=place.closed is None, warning=asked.warning)
    response = discussion_page(section, block="box", status=asked.status, form=form)
    return _put_back(response, "#comment-box", "outerHTML")


def describe_reply(_form: Any, comment_id: str) -> str:
    """For the sign-in page."""
    return str(_("Reply to %(name)s", name=seen(comment_id).card.name))


@bp.post("/comments/<comment_id>/replies")
@everyone
@described(describe_reply)
def reply(comment_id: str) -> Response:
    """Reply to a comment. A visitor's reply is looked at first, then kept."""
    shown = seen(comment_id)
    form = comment_form()
    closed = shown.place.closed or policies.why_no_replies(shown.card.row)
    asked = Asked(form, services.CommentsClosed(closed) if closed else None)
    if asked.ready:
        if not current_user.is_authenticated:
            return ask_to_sign_in()
        key = shown.card.row.id
        said = asked.say(lambda **words: services.reply(current_user.id, key, **words))
        if said is not None:
            return _replied(said)
    response = comment_page(
        comment_id, block="reply_form", form=form, warning=asked.warning, status=asked.status
    )
    top = shown.above or shown.card
    return _put_back(response, f"#reply-{top.id}", "innerHTML")


def comment_form() -> CommentForm:
    """The form as it was sent, with a name where one is needed."""
    if not asks_name():
        return CommentForm(lang=language())
    form = FirstCommentForm(lang=language())
    if current_user.is_young:
        ease_name(form)
    return form


class Asked:
    """A comment that somebody asks to publish: whether it can be, and what to say if not."""

    def __init__(self, form: CommentForm, refusal: Refusal | None = None) -> None:
        self.form = form
        self.status = 200
        self.warning: list[str] = []
        sent = bool(form.is_submitted())
        self.ready = sent and bool(form.validate()) and refusal is None
        if sent and refusal is not None:
            self._refuse(refusal)
        elif self.ready and not form.confirm.data:
            self.warning = contacts.found(form.comment.data or "")
            self.ready = not self.warning
        if sent and not self.ready:
            self.status = OTHERWISE

    def say(self, publish: Callable[..., Comment]) -> Comment | None:
        """Publish it; ``None`` where that was refused, which stands in the form then."""
        form = self.form
        try:
            for limit in (HOURLY, DAILY):
                limits.hit(limit, str(current_user.id))
            with write():
                if "name" in form and form.name.data:
                    accounts.set_name(current_user.id, form.name.data)
                return publish(body=form.comment.data, language=form.lang.data)
        except Refusal as refusal:
            self._refuse(refusal)
        return None

    def _refuse(self, refusal: Refusal) -> None:
        self.form.refuse(refusal)
        self.status = refusal.status


def _put_back(response: Response, place: str, swap: str) -> Response:
    """Have htmx put a refused form back where it stood."""
    if wants_fragment():
        response.headers["HX-Retarget"] = place
        response.headers["HX-Reswap"] = swap
    return response


def _commented(said: Comment, place: Place) -> Response:
    if not wants_fragment():
        done = "comment-waiting" if said.visibility == HELD else "commented"
        return go(place.address(done=done, _anchor="comments"))
    row, _above = queries.one(said.id)
    card = Maker(reader_id(), open_=True).card(row)
    box = comment_box(place)
    return page("comments/_posted.html", block="comment", card=card, total=row.total, box=box)


def _replied(said: Comment) -> Response:
    if not wants_fragment():
        done = "comment-waiting" if said.visibility == HELD else "commented"
        return go(url_for("comments.detail", comment_id=str(said.id), done=done))
    row, _above = queries.one(said.id)
    card = Maker(reader_id(), open_=True).card(row)
    return page("comments/_posted.html", block="reply", card=card, total=row.total)
