"""Notices and their drafts."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from citizen_voice.consent import queries, services
from citizen_voice.consent.elements import NOTICES
from citizen_voice.consent.services import drafting
from citizen_voice.consent.services.drafting import Written
from citizen_voice.db import write

TEXTS = {"en": "What we do", "cy": "Beth wnawn ni"}


def published(
    name: str = queries.PRIVACY, words: str = "New", *, material: bool = False, changed: str = "It."
) -> int:
    """A new version of a notice, as code publishes it; its number."""
    with write():
        return services.publish_notice(
            name,
            {"en": f"{words} words", "cy": f"{words} geiriau"},
            material=material,
            changed={"en": changed, "cy": f"{changed} (cy)"},
        )


def complete(name: str = queries.PRIVACY, words: str = "Said") -> Written:
    """Everything that a notice has to say, in both languages."""
    return Written(
        sections={
            element.key: {code: f"{words}: {element.key} {code}" for code in ("en", "cy")}
            for element in NOTICES[name].elements
        },
        changed_en="We say it better.",
        changed_cy="Rydyn ni'n ei ddweud yn well.",
        material=False,
        effective_on=None,
    )


def drafted(written: Written | None = None, name: str = queries.PRIVACY) -> None:
    """A draft of the next version; a complete one where none is given."""
    with write():
        drafting.begin(name)
        row = drafting.the_draft(name)
        drafting.save(name, written or complete(name), seen=drafting.mark(row))


def without(key: str, language: str, name: str = queries.PRIVACY) -> Written:
    """A complete notice that lacks an element in a language."""
    whole = complete(name)
    said = {**whole.sections, key: {**whole.sections[key], language: " "}}
    return replace(whole, sections=said)


def from_day(day: date, *, material: bool = False) -> Written:
    """A complete notice that takes effect on a day."""
    return replace(complete(), effective_on=day, material=material)


def publish_draft(actor: UUID, name: str = queries.PRIVACY) -> int:
    """Publish a notice's draft; the version."""
    with write():
        return drafting.publish(name, actor=actor)
