"""How soon things are to be looked at, and which words a moderator wants to look at."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import select

from citizen_voice.db import db, rows
from citizen_voice.errors import Refusal
from citizen_voice.journal import services as journal
from citizen_voice.moderation import models
from citizen_voice.moderation.models import Target, WatchedWords
from citizen_voice.moderation.targets import CATEGORIES, KINDS
from citizen_voice.site import queries as site
from citizen_voice.words import LANGUAGES, _

MOST_HOURS = 720
MOST_WORDS = 500
WORD_LONGEST = 60

NAMES = MappingProxyType(
    {
        models.HELD: _("Held until a moderator has read it"),
        models.EDIT_WAITS: _("New words that wait"),
        models.EDITED_AFTER_SUPPORT: _("Edited after many supported it"),
        models.LINKS: _("Noticed: many links"),
        models.CONTACTS: _("Noticed: contact details"),
        models.REPEATED: _("Noticed: the same words again"),
        models.WORDS: _("Noticed: watched words"),
        models.SURGE: _("Noticed: many answers at once"),
    }
    | {key: category.words for key, category in CATEGORIES.items()}
)
"""What has a target, in words: categories of reports and kinds of case."""

REPORTED = tuple(CATEGORIES)
OTHERS = tuple(KINDS)

_targets = select(Target.kind, Target.hours)
_watched = select(WatchedWords.language, WatchedWords.words)


def default_hours(kind: str) -> int:
    """Within how many hours a kind of case or a category is looked at where nobody has said."""
    return CATEGORIES[kind].hours if kind in CATEGORIES else KINDS[kind][0]


def hours() -> Mapping[str, int]:
    """Within how many hours each kind of case and category of report is to be looked at."""
    said = {row.kind: row.hours for row in rows(_targets)}
    return {kind: said.get(kind, default_hours(kind)) for kind in (*REPORTED, *OTHERS)}


def aim(wanted: Mapping[str, int], *, actor: UUID | None) -> None:
    """Say within how many hours things are to be looked at; for what comes in from now on.

    Raises ``Refusal`` at the field (the kind) for what is not between 1 and 720 hours.
    """
    for kind, value in wanted.items():
        if not 1 <= value <= MOST_HOURS:
            raise Refusal(_("Enter hours from 1 to 720."), field=kind)
    site.locked()  # two may say so for the first time at once
    known = {row.kind: row for row in db.session.scalars(select(Target))}
    changed = []
    for kind, value in wanted.items():
        row = known.get(kind)
        if value == (default_hours(kind) if row is None else row.hours):
            continue
        if row is None:
            db.session.add(Target(kind=kind, hours=value))
        else:
            row.hours = value
        changed.append(f"{kind}: {value}")
    if changed:
        journal.append(
            "targets changed", actor=actor, subject="moderation targets", detail="; ".join(changed)
        )


def watched() -> Mapping[str, Sequence[str]]:
    """The words that are watched, by language."""
    said = {row.language: row.words.split("\n") for row in rows(_watched)}
    return {code: [word for word in said.get(code, ()) if word] for code in LANGUAGES}


def watch(words: Mapping[str, str], *, actor: UUID | None) -> None:
    """Have words watched, a line each, by language. Raises ``Refusal`` at the field (the code)."""
    cleaned = {code: _lines(code, text) for code, text in words.items()}
    site.locked()  # likewise
    changed = False
    for code, lines in cleaned.items():
        row = db.session.get(WatchedWords, code)
        if row is None:
            row = WatchedWords(language=code, words="")
            db.session.add(row)
        text = "\n".join(lines)
        changed = changed or row.words != text
        row.words = text
    if changed:
        journal.append("watched words changed", actor=actor, subject="watched words")


def _lines(code: str, text: str) -> list[str]:
    """Words or phrases, each once, in their order."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        word = " ".join(line.split())
        if len(word) > WORD_LONGEST or not word.isprintable():
            raise Refusal(_("Make each line 60 letters or shorter."), field=code)
        if word:
            found.setdefault(word.casefold(), word)
    if len(found) > MOST_WORDS:
        raise Refusal(_("Watch 500 words at most."), field=code)
    return list(found.values())
