"""Deciding many cases in one act: who is touched, who is left out, and each author's letter."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType, SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.moderation import letters, services, things
from citizen_voice.moderation.acts import ACTS
from citizen_voice.moderation.models import Case
from citizen_voice.moderation.queries import queue as queries
from citizen_voice.moderation.queries import reasons
from citizen_voice.moderation.waiting import Waiting
from citizen_voice.words import LANGUAGES, _, force_locale, gettext

MOST = 500
LEFT_OUT: Mapping[str, Any] = MappingProxyType(
    {
        "own": _("You wrote it"),
        "taken": _("Somebody else is on it"),
        "changed": _("Its words have changed since you ticked it"),
        "decided": _("It is decided already"),
        "unfit": _("That can’t be done to it"),
        "still": _("Its author asked that nothing is done with it for now"),
    }
)


class Chosen:
    """The cases that were ticked: those that this moderator can decide so, and the others.

    ``marks`` has the mark of the words that they saw, by case.
    """

    def __init__(self, marks: Mapping[UUID, str], act: str, me: UUID) -> None:
        now = clock.now()
        found = queries.some(marks)
        why = reasons.why([row.id for row in found])
        shown = [Waiting(row, why[row.id], me, now) for row in found]
        cannot = _that_cannot(act, [each.id for each in shown if each.row.closed_at is None])
        self.left_out: list[tuple[Waiting, str]] = []
        self.cases: list[Waiting] = []
        for each in shown:
            reason = _left_out(each, marks[each.id], cannot)
            if reason is None:
                self.cases.append(each)
            else:
                self.left_out.append((each, str(LEFT_OUT[reason])))
        self._languages = reasons.languages_of(
            {each.row.author_id for each in self.cases if each.row.author_id is not None}
        )

    @property
    def authors(self) -> int:
        """How many people are told."""
        return len({each.row.author_id for each in self.cases} - {None})

    @property
    def languages(self) -> list[str]:
        """The languages that letters are needed in."""
        spoken = {self.language_of(each) for each in self.cases}
        return [code for code in LANGUAGES if code in spoken]

    def language_of(self, case: Waiting) -> str:
        """The language of a case's author, else of the words."""
        return self._languages.get(case.row.author_id, case.lang)

    def letters(self, written: Mapping[str, str], ground: Any) -> dict[UUID, tuple[str, str]]:
        """Each author's letter, by case, from what was written in each language."""
        names = {name: getattr(ground, name, "") for name in ("name_en", "name_cy")}
        until = clock.now() + services.APPEAL_LASTS
        found = {}
        for case in self.cases:
            code = self.language_of(case)
            template = SimpleNamespace(letter_en=written[code], letter_cy=written[code], **names)
            words = letters.letter(
                template,
                language=code,
                thing=thing_words(case.kind, code),
                title=case.title,
                until=until,
            )
            found[case.id] = (code, words)
        return found


def thing_words(kind: str, code: str) -> str:
    """What it is, in the middle of a sentence, in a language."""
    with force_locale(code):
        return {
            things.IDEA: gettext("idea"),
            things.COMMENT: gettext("comment"),
            things.NAME: gettext("name"),
        }[kind]


def _that_cannot(act: str, keys: Sequence[UUID]) -> dict[UUID, str]:
    """Why an act cannot be done now, by case; those of which it can are not in it."""
    if not keys:
        return {}
    cases = db.session.scalars(select(Case).where(Case.id.in_(keys))).all()
    found = {}
    for key, thing in things.look(cases).items():
        if not ACTS[act].fits(thing):
            found[key] = "unfit"
        elif ACTS[act].waits(thing):
            found[key] = "still"
    return found


def _left_out(case: Waiting, mark: str, cannot: Mapping[UUID, str]) -> str | None:
    if case.row.closed_at is not None:
        return "decided"
    if case.own:
        return "own"
    if case.claim.others:
        return "taken"
    if case.mark != mark:
        return "changed"
    return cannot.get(case.id)
