"""One case: reading it, being on it, leaving notes, deciding."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, request, url_for
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.errors import Conflict, NotAllowed, Refusal
from citizen_voice.ideas.queries import number
from citizen_voice.ideas.queries.choices import names
from citizen_voice.moderation import grounds, letters, services
from citizen_voice.moderation.acts import ACTS
from citizen_voice.moderation.bulk import thing_words
from citizen_voice.moderation.decide_forms import form_for
from citizen_voice.moderation.models import KEEP, MERGE, MOVE, PAUSE, REDACT
from citizen_voice.moderation.opened import Opened
from citizen_voice.moderation.queries import case as queries
from citizen_voice.moderation.queries import queue as queue_queries
from citizen_voice.moderation.services import AlreadyDecided, ChangedMeanwhile, Ruling
from citizen_voice.moderation.services.claiming import NOTE_LONGEST
from citizen_voice.moderation.staff_routes.blueprint import bp
from citizen_voice.moderation.staff_routes.log import of_decision
from citizen_voice.moderation.staff_routes.narrowing import of_queue
from citizen_voice.moderation.staff_routes.queue import challenge_words, just_done
from citizen_voice.moderation.waiting import ACT_WORDS
from citizen_voice.team.models import MODERATOR
from citizen_voice.web.access import role
from citizen_voice.web.filters import say
from citizen_voice.web.htmx import go, page, wants_fragment
from citizen_voice.words import _


@bp.get("/staff/cases/<uuid:case_id>")
@role(MODERATOR)
def case(case_id: UUID) -> Response:
    """A case, by itself or beside the queue."""
    return _case_page(Opened(case_id, current_user.id))


@bp.post("/staff/cases/<uuid:case_id>/claim")
@role(MODERATOR)
def claim(case_id: UUID) -> Response:
    """Be on it, or put it back. Somebody who has been gone for half an hour is followed."""
    refusal = None
    with write():
        if request.form.get("on") == "no":
            services.let_go(case_id, current_user.id)
        elif not services.claim(case_id, current_user.id):
            refusal = Conflict(_("Somebody else is on this, or it is decided."))
    if wants_fragment() or refusal is not None:
        return _case_page(Opened(case_id, current_user.id), refusal=refusal)
    return go(_address(case_id))


@bp.post("/staff/cases/<uuid:case_id>/notes")
@role(MODERATOR)
def note(case_id: UUID) -> Response:
    """Leave a note for the other moderators."""
    written = request.form.get("note", "").replace("\r\n", "\n")
    try:
        with write():
            services.leave_note(case_id, current_user.id, written)
    except Refusal as refusal:
        if refusal.field != "note":
            raise
        opened = Opened(case_id, current_user.id)
        return _case_page(opened, note_error=refusal.words, note_typed=written, status=422)
    if wants_fragment():
        return _case_page(Opened(case_id, current_user.id), note_saved=True)
    return go(_address(case_id))


@bp.route("/staff/cases/<uuid:case_id>/decide", methods=["GET", "POST"])
@role(MODERATOR)
def decide(case_id: UUID) -> Response:
    """The form of an act; and deciding."""
    opened = Opened(case_id, current_user.id)
    act = request.values.get("act", "")
    if act not in ACTS or not opened.can_act:
        return _cannot(opened)
    form, refused = _form(opened, act), None
    if request.method == "POST" and "begin" not in request.form and form.validate_on_submit():
        try:
            made = _decide(opened, act, form)
        except (AlreadyDecided, ChangedMeanwhile) as conflict:
            words = form.words.data if "words" in form else ""
            fresh = Opened(case_id, current_user.id)
            if isinstance(conflict, AlreadyDecided):
                return _case_page(fresh, refusal=conflict, typed=words)
            form.seen.data = fresh.thing.mark
            return _case_page(fresh, act=act, form=form, refusal=conflict)
        except Refusal as refusal:
            form.refuse(refusal)
            form.status = refusal.status
            refused = refusal if act == KEEP else None  # whose form is a button, without errors
        else:
            return go(_next(opened, made))
    if request.method == "POST" and "begin" in request.form:
        _begin(opened, form)
        return _case_page(opened, act=act, form=form, block="decide", status=200)
    return _case_page(opened, act=act, form=form, block="decide", refusal=refused)


def _cannot(opened: Opened) -> Response:
    """The case, where this moderator cannot decide it now; what they typed stands beside it."""
    if request.method == "GET":
        return _case_page(opened)
    if opened.open and opened.own:
        raise NotAllowed(_("Nobody decides about their own words. Leave it to somebody else."))
    words = (
        _("Somebody else is on this now.")
        if opened.open
        else _("This was decided a moment ago. Here is what was decided.")
    )
    return _case_page(opened, refusal=Conflict(words), typed=request.form.get("words", ""))


def _form(opened: Opened, act: str) -> Any:
    """The form of an act: as it was sent, or as it begins."""
    offered = [(row.id, say(row, "name").text) for row in grounds.grounds()]
    values: dict[str, Any] = {"seen": opened.thing.mark}
    if act == REDACT:
        values |= {"title": opened.row.title, "body": opened.raw}
    form = form_for(act, offered, **values)
    if act == MOVE:
        row = names().challenges.get(opened.row.challenge_id)
        same = [
            (str(key), challenge_words(key))
            for key, each in names().challenges.items()
            if row is not None and each.ballot == row.ballot and key != row.id
        ]
        form.target.choices = [("", str(_("Choose the challenge."))), *same]
    if request.method == "GET" and len(offered) == 1 and "ground" in form:
        form.ground.data = offered[0][0]
        _begin(opened, form)
    return form


def _begin(opened: Opened, form: Any) -> None:
    """Begin the letter from the ground, unless the moderator has written one of their own."""
    chosen = form.ground.data
    before = form.begun.data or ""
    untouched = not form.words.data or (
        before.isdecimal() and form.words.data == _letter(opened, int(before))
    )
    if chosen and untouched:
        form.words.data = _letter(opened, chosen)
        form.begun.data = str(chosen)


def _letter(opened: Opened, ground_id: int) -> str:
    """The letter of a ground about this, in the author's language."""
    code = opened.row.author_language or opened.lang
    return letters.letter(
        grounds.ground(ground_id),
        language=code,
        thing=thing_words(opened.kind, code),
        title=opened.title,
        until=clock.now() + services.APPEAL_LASTS,
    )


def _decide(opened: Opened, act: str, form: Any) -> UUID:
    """Decide it; gives the decision's key."""
    ruling = Ruling(
        act,
        words=(form.words.data or "") if "words" in form else "",
        language=opened.row.author_language or opened.lang,
        ground_id=form.ground.data if "ground" in form else None,
        until=_end(form.until.day) if act == PAUSE else None,
        target=_target(act, form),
        title=form.title.data if act == REDACT else "",
        body=form.body.data if act == REDACT else "",
        seen={opened.id: form.seen.data or ""},
    )
    with write():
        return services.decide([opened.id], ruling, actor=current_user.id)[0].id


def _end(day: date | None) -> Any:
    """When a pause ends that has this last day."""
    try:
        return None if day is None else clock.end_of(day)
    except OverflowError:
        raise Refusal(_("Give a day, like 2027-01-31."), field="until") from None


def _target(act: str, form: Any) -> int | None:
    if act == MOVE:
        found: int | None = form.target.data
        return found
    if act == MERGE and form.target.data:
        try:
            return number(form.target.data)
        except Refusal:
            raise Refusal(
                _("We don’t know that reference. It looks like CV-1042."), field="target"
            ) from None
    return None


def _survivor(act: str | None, form: Any) -> Any:
    """The idea that a merge would leave, to be looked at first; ``None`` for none."""
    try:
        found = _target(MERGE, form) if act == MERGE else None
    except Refusal:
        return None
    return None if found is None else queries.listed(found)


def _next(opened: Opened, decision_id: UUID) -> str:
    """Where to go on: the next case that is free, beside the queue or by itself."""
    filters = of_queue(request.args)
    chosen = filters.chosen()
    where = request.args.get("beside") == "yes"
    key = _free(filters, queue_queries.cursor(opened.row)) or _free(filters, None)
    if key is None or where:
        more: dict[str, Any] = {} if key is None else {"case": str(key)}
        address = url_for("moderation_staff.queue", **chosen, **more, decided=str(decision_id))
    else:
        address = url_for(
            "moderation_staff.case", case_id=str(key), **chosen, decided=str(decision_id)
        )
    return address


def _free(filters: Any, after: str | None) -> UUID | None:
    """The first case after a place that this moderator can decide."""
    me, now = current_user.id, clock.now()
    for row in queue_queries.page(filters, me, after=after).rows:
        taken = row.claimed_by not in (None, me) and (row.claimed_at >= now - services.CLAIM_LASTS)
        if row.author_id != me and not taken:
            found: UUID = row.id
            return found
    return None


def _address(case_id: UUID) -> str:
    chosen = of_queue(request.args).chosen()
    return url_for("moderation_staff.case", case_id=str(case_id), **chosen)


def _case_page(
    opened: Opened,
    *,
    act: str | None = None,
    form: Any = None,
    block: str = "case",
    refusal: Refusal | None = None,
    status: int | None = None,
    **context: Any,
) -> Response:
    """The page of a case, or the part of it that htmx wants."""
    chosen = of_queue(request.args).chosen()
    beside = wants_fragment() or request.args.get("beside") == "yes"
    query = chosen | ({"beside": "yes"} if beside else {})
    if status is None:
        failed = form is not None and form.errors
        status = refusal.status if refusal is not None else 422 if failed else 200
        status = getattr(form, "status", status) if failed else status
    part = "case" if refusal is not None or status >= 400 else block
    decided = None if opened.open else queries.newest_decision(opened.id)
    response = page(
        "moderation/case.html",
        block=part,
        status=status,
        shown_case=opened,
        act=act,
        act_words=ACT_WORDS.get(act or "", ""),
        form=form,
        refusal=refusal,
        query=query,
        chosen=chosen,
        beside=beside,
        made=None if decided is None else of_decision(decided),
        challenge=challenge_words(opened.row.challenge_id),
        note_longest=NOTE_LONGEST,
        survivor=_survivor(act, form),
        just=just_done(),
        keeps=act == KEEP,
        **context,
    )
    if wants_fragment() and status >= 400:
        response.headers["HX-Retarget"] = "#case"
        response.headers["HX-Reswap"] = "outerHTML"
    return response
