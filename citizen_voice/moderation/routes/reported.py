"""What somebody is about to report, as the page of the report shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from citizen_voice.accounts.models import FORMER
from citizen_voice.comments import queries as comments
from citizen_voice.comments.models import HIDDEN as COMMENT_HIDDEN
from citizen_voice.comments.routes.places import NOTHING_MORE
from citizen_voice.comments.routes.reading import Shown, seen
from citizen_voice.errors import NotHere
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.models import HIDDEN, PUBLISHED
from citizen_voice.moderation import flags
from citizen_voice.moderation.services import HiddenAlready, Subject
from citizen_voice.moderation.things import COMMENT, IDEA, NAME
from citizen_voice.web.filters import reference


@dataclass(frozen=True, slots=True)
class Reported:
    """A thing that can be reported.

    ``words`` are those that it is known by: a title, a comment, a name. ``back`` is where it
    stands, ``name_url`` where the name beside it is reported.
    """

    kind: str
    subject: Subject
    words: str
    lang: str | None
    ref: str
    back: str
    has_link: bool = False
    name_url: str | None = None


def reported(args: Mapping[str, str]) -> Reported:
    """What an address asks to report.

    Raises ``NotHere`` for nothing, and what others do not see; ``HiddenAlready``.
    """
    if args.get("idea"):
        return _idea(args["idea"])
    if args.get("comment"):
        return _comment(args["comment"])
    if args.get("name-of"):
        row = _shown_idea(args["name-of"])
        return _name(row, reference(row.id), url_for("ideas.detail", ref=reference(row.id)))
    if args.get("name-of-comment"):
        shown = _shown_comment(args["name-of-comment"])
        return _name(shown.card.row, shown.place.ref, shown.place.url)
    raise NotHere


def _idea(ref: str) -> Reported:
    row = _shown_idea(ref)
    return Reported(
        kind=IDEA,
        subject=Subject(idea_id=row.id),
        words=row.title,
        lang=row.language,
        ref=reference(row.id),
        back=url_for("ideas.detail", ref=reference(row.id)),
        has_link=bool(flags.links(f"{row.title}\n{row.body}")),
        name_url=_name_url(row, "name-of", reference(row.id)),
    )


def _comment(key: str) -> Reported:
    shown = _shown_comment(key)
    row = shown.card.row
    return Reported(
        kind=COMMENT,
        subject=Subject(comment_id=row.id),
        words=row.body,
        lang=row.language,
        ref=shown.place.ref,
        back=url_for("comments.detail", comment_id=str(row.id)),
        has_link=bool(flags.links(row.body)),
        name_url=_name_url(row, "name-of-comment", str(row.id)),
    )


def _name(row: Any, ref: str, back: str) -> Reported:
    if not _has_name(row):
        raise NotHere
    return Reported(
        kind=NAME,
        subject=Subject(person_id=row.author_id),
        words=row.author,
        lang=None,
        ref=ref,
        back=back,
    )


def _shown_idea(ref: str) -> Any:
    row = ideas.shown(ref, NOTHING_MORE)
    if row.visibility == HIDDEN:
        raise HiddenAlready
    if row.visibility != PUBLISHED:
        raise NotHere
    return row


def _shown_comment(key: str) -> Shown:
    row, _above = comments.one(comments.key(key))
    if row.visibility == COMMENT_HIDDEN:
        raise HiddenAlready
    shown = seen(key)
    if shown.card.row.visibility != PUBLISHED or shown.card.row.removed_at is not None:
        raise NotHere
    return shown


def _has_name(row: Any) -> bool:
    return bool(row.author_id is not None and row.author and row.author_kind != FORMER)


def _name_url(row: Any, argument: str, value: str) -> str | None:
    return f"{url_for('moderation.report')}?{argument}={value}" if _has_name(row) else None
