"""The queue: what waits, what goes first first."""

from typing import Any
from uuid import UUID

from flask import Response, request, url_for
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.ideas.queries.choices import names
from citizen_voice.moderation.acts import ACTS
from citizen_voice.moderation.models import ASK, HIDE, KEEP, WARN
from citizen_voice.moderation.queries import log as decisions
from citizen_voice.moderation.queries import queue as queries
from citizen_voice.moderation.queries import reasons
from citizen_voice.moderation.setting_up import NAMES, REPORTED
from citizen_voice.moderation.staff_routes.blueprint import bp
from citizen_voice.moderation.staff_routes.narrowing import KINDS, of_queue
from citizen_voice.moderation.waiting import (
    ACT_WORDS,
    DONE_WORDS,
    KIND_WORDS,
    LANGUAGE_WORDS,
    Waiting,
    span,
)
from citizen_voice.team.models import MODERATOR
from citizen_voice.web.access import role
from citizen_voice.web.csv_files import csv_file
from citizen_voice.web.filters import day_and_time, say
from citizen_voice.web.htmx import page
from citizen_voice.words import _, gettext

BULK = (HIDE, KEEP, ASK, WARN)
"""Acts that one may do to many at once: those that need nothing but a ground and words."""

WHOSE_WORDS = {
    queries.MINE: _("I am on it"),
    queries.FREE: _("Nobody is on it"),
    queries.LATE: _("Late"),
}


@bp.get("/staff/queue")
@role(MODERATOR)
def queue() -> Response:
    """Open cases. ``case`` is the one that opens beside them, ``decided`` what was just done."""
    filters = of_queue(request.args)
    chosen = filters.chosen()
    after = request.args.get("after") or None
    found = queries.page(filters, current_user.id, after=after)
    now = clock.now()
    shown = [Waiting(row, found.why[row.id], current_user.id, now) for row in found.rows]
    further = found.after and url_for("moderation_staff.queue", **chosen, after=found.after)
    opened = key(request.args.get("case"))
    return page(
        "moderation/queue.html",
        cases=shown,
        chosen=chosen,
        choices=_choices(),
        further=further,
        from_the_top=after is None,
        opened=opened,
        median=None if shown or chosen else median_words(),
        bulk=[(act, ACT_WORDS[act]) for act in BULK if act in ACTS],
        just=just_done(),
        missing=request.args.get("missing"),
    )


@bp.get("/staff/queue.csv")
@role(MODERATOR)
def queue_csv() -> Response:
    """The same as a table, so long as a screen can be."""
    filters = of_queue(request.args)
    found = queries.page(filters, current_user.id, most=queries.MOST_IN_A_FILE)
    now = clock.now()
    shown = (Waiting(row, found.why[row.id], current_user.id, now) for row in found.rows)
    return csv_file(
        "queue.csv",
        [str(word) for word in _header()],
        (
            (
                each.about,
                each.title,
                each.language,
                challenge_words(each.row.challenge_id),
                "; ".join(each.reasons),
                day_and_time(each.row.opened_at),
                day_and_time(each.row.due_at),
                gettext("Late") if each.clock.late else "",
                each.claim.name if each.claim.mine or each.claim.others else "",
            )
            for each in shown
        ),
    )


def _header() -> tuple[Any, ...]:
    return (
        _("What"),
        _("Words"),
        _("Language"),
        _("Challenge"),
        _("Why"),
        _("Opened"),
        _("Due"),
        _("Late"),
        _("Who is on it"),
    )


def challenge_words(challenge_id: int | None) -> str:
    """The question of a challenge; nothing for none."""
    found = names().challenges.get(challenge_id) if challenge_id is not None else None
    return "" if found is None else say(found, "question").text


def _choices() -> list[tuple[str, Any, list[tuple[Any, Any]]]]:
    """The filters: name, label, what there is to choose from."""
    challenges = names().challenges
    return [
        ("whose", _("Who is on it"), list(WHOSE_WORDS.items())),
        ("type", _("What"), list(KIND_WORDS.items())),
        ("kind", _("Why"), [(kind, NAMES.get(kind, _("Reported"))) for kind in KINDS]),
        ("category", _("Reported as"), [(name, NAMES[name]) for name in REPORTED]),
        ("language", _("Language"), list(LANGUAGE_WORDS.items())),
        ("challenge", _("Challenge"), [(key_, challenge_words(key_)) for key_ in challenges]),
    ]


def median_words() -> str | None:
    """How long cases wait in the middle, in words."""
    found = reasons.median_wait()
    return None if found is None else span(found)


def key(text: str | None) -> UUID | None:
    """A key in an address; ``None`` for what is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


class Just:
    """What was decided a moment ago, to be undone in place."""

    def __init__(self, words: str, action: str, title: str = "", lang: str = "") -> None:
        self.words = words
        self.action = action
        self.title = title
        self.lang = lang


def just_done() -> Just | None:
    """What the address says was decided a moment ago, where it stands."""
    one, batch = key(request.args.get("decided")), key(request.args.get("batch"))
    if batch is not None:
        found = decisions.batch(batch)
        if found is None or not found.standing:
            return None
        words = gettext(
            "%(done)s: %(number)s", done=str(DONE_WORDS[found.act]), number=found.standing
        )
        return Just(words, url_for("moderation_staff.undo_batch", batch_id=str(batch)))
    if one is None:
        return None
    rows = decisions.page_of([one])
    if not rows or rows[0].undone_at is not None:
        return None
    row = rows[0]
    title = row.comment_body if row.comment_id is not None else row.title or row.name
    lang = row.comment_language if row.comment_id is not None else row.idea_language
    action = url_for("moderation_staff.undo", decision_id=str(one))
    return Just(str(DONE_WORDS[row.act]), action, " ".join((title or "").split())[:80], lang or "")
