"""Writing the next version of a notice: its draft, what is missing, and publishing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update

from citizen_voice import clock
from citizen_voice.consent import elements, made, queries
from citizen_voice.consent.elements import NOTICES, Declared, Element
from citizen_voice.consent.models import NoticeDraft
from citizen_voice.consent.models.notices import FULL
from citizen_voice.consent.services.notices import publish_notice
from citizen_voice.db import AnyRow, db
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.journal import services as journal
from citizen_voice.site import controller
from citizen_voice.site import queries as site
from citizen_voice.words import LANGUAGES, _, force_locale, gettext

Sections = dict[str, dict[str, str]]
ICO = "https://ico.org.uk/make-a-complaint/"
CHANGED_MOST = 600


@dataclass(frozen=True, slots=True)
class Missing:
    """What a notice lacks: the field of the editor that it belongs to, and the words."""

    field: str
    words: Any


class Incomplete(Refusal):
    """A notice cannot be published: elements or languages are missing, each of them named."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(_("This notice is not complete, so it is not published."))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Written:
    """What an officer has written: words of each element, what changed, and when it begins."""

    sections: Sections
    changed_en: str
    changed_cy: str
    material: bool
    effective_on: date | None


def declared(name: str) -> Declared:
    """The notice with this name; raises ``NotHere``."""
    found = NOTICES.get(name)
    if found is None:
        raise NotHere
    return found


def begin(name: str) -> None:
    """Begin a draft with the words of the newest version, inside the caller's transaction.

    Where there is a draft, nothing happens. Raises ``NotHere``.
    """
    notice = declared(name)
    if queries.draft(name) is not None:
        return
    db.session.add(
        NoticeDraft(
            name=name,
            audience=notice.audience,
            layer=notice.layer,
            sections=_first_words(notice),
            saved_at=clock.now(),
        )
    )
    db.session.flush()


def save(name: str, written: Written, *, seen: str) -> None:
    """Keep what was written, complete or not, inside the caller's transaction.

    Raises ``NotHere``, ``Conflict`` where somebody saved it meanwhile, ``Refusal`` at a field.
    """
    row = the_draft(name)
    if seen != mark(row):
        raise Conflict(
            _("Somebody has saved this notice meanwhile. Press Save again to have it your way.")
        )
    _fits(declared(name), written)
    values = {field: getattr(written, field) for field in Written.__dataclass_fields__}
    changed = update(NoticeDraft).where(NoticeDraft.name == name)
    db.session.execute(changed.values(**values, saved_at=clock.now()))


def discard(name: str, *, actor: UUID) -> None:
    """Delete a draft; raises ``NotHere``."""
    the_draft(name)
    db.session.execute(delete(NoticeDraft).where(NoticeDraft.name == name))
    journal.append("notice.discarded", actor=actor, subject=f"notice {name}")


def missing(name: str, row: Any) -> list[Missing]:
    """Every element and every required language that a draft lacks, in the order of the editor."""
    notice, purposes = declared(name), queries.every_purpose()
    found = [
        lack for element in notice.elements for lack in _missing_of(element, row.sections, purposes)
    ]
    if queries.newest_version(name):
        found += [
            Missing(f"changed_{code}", _("Say what changed (%(language)s).", language=words))
            for code, words in required_languages().items()
            if not getattr(row, f"changed_{code}")
        ]
    if row.effective_on is not None and row.effective_on < clock.today():
        found.append(Missing("effective_on", _("Choose today or a day to come.")))
    return found


def publish(name: str, *, actor: UUID) -> int:
    """Publish a draft as the next version, inside the caller's transaction; gives its number.

    Raises ``NotHere``; ``Incomplete`` with each element and language that is missing; ``Refusal``
    where it says the same as the version in force.
    """
    row = the_draft(name)
    lacks = missing(name, row)
    if lacks:
        raise Incomplete(lacks)
    before = queries.newest_version(name)
    day = row.effective_on
    begins = clock.start_of(day) if day is not None and day > clock.today() else clock.now()
    version = publish_notice(
        name,
        texts(name, row.sections),
        changed={code: getattr(row, f"changed_{code}") for code in LANGUAGES},
        material=row.material,
        effective_from=begins,
        sections=row.sections,
    )
    if version <= before:
        raise Refusal(_("It says the same as the version in force. Change something first."))
    db.session.execute(delete(NoticeDraft).where(NoticeDraft.name == name))
    journal.append("notice.published", actor=actor, subject=f"notice {name} {version}")
    return version


def texts(name: str, sections: Sections) -> dict[str, str]:
    """The whole words of a notice in each required language, sections that are made included."""
    notice, purposes = declared(name), queries.every_purpose()
    found = {}
    for code in required_languages():
        with force_locale(code):
            parts = [_part(each, sections, purposes, code) for each in notice.elements]
        found[code] = "\n\n".join(part for part in parts if part)
    return found


def required_languages() -> dict[str, str]:
    """The languages in which a notice has to be there, and what they are called."""
    welsh = site.welsh_on()
    return {code: words for code, words in LANGUAGES.items() if code == "en" or welsh}


def mark(row: AnyRow) -> str:
    """Tells whether a draft was saved since somebody saw it."""
    return str(row.saved_at.isoformat())


def the_draft(name: str) -> AnyRow:
    """The draft of a notice's next version; raises ``NotHere``."""
    row = queries.draft(declared(name).name)
    if row is None:
        raise NotHere
    return row


def _missing_of(element: Element, sections: Sections, purposes: Sequence[AnyRow]) -> list[Missing]:
    if element.made:
        lacking = made.lacking(element.key, purposes, required_languages())
        if not made.section(element.key, purposes):
            words = _("%(heading)s: no purpose is active.", heading=element.heading)
            return [Missing(f"{element.key}_en", words)]
        return [
            Missing(
                f"{element.key}_en",
                _(
                    "%(heading)s: the register of purposes does not say it of “%(purpose)s”.",
                    heading=element.heading,
                    purpose=queries.words(row),
                ),
            )
            for row in lacking
        ]
    if not element.needed:
        return []
    said = sections.get(element.key, {})
    return [
        Missing(
            f"{element.key}_{code}",
            _("%(heading)s: missing (%(language)s).", heading=element.heading, language=words),
        )
        for code, words in required_languages().items()
        if not said.get(code, "").strip()
    ]


def _part(element: Element, sections: Sections, purposes: Sequence[AnyRow], code: str) -> str:
    own = sections.get(element.key, {}).get(code, "").strip()
    body = "\n\n".join(part for part in (made.section(element.key, purposes), own) if part)
    if not body or element.key == elements.LINE:
        return body
    return f"## {element.heading}\n\n{body}"


def _fits(notice: Declared, written: Written) -> None:
    for element in notice.elements:
        for code in LANGUAGES:
            if len(written.sections.get(element.key, {}).get(code, "")) > element.most:
                words = _("Use up to %(most)s letters and spaces.", most=element.most)
                raise Refusal(words, field=f"{element.key}_{code}")
    for code in LANGUAGES:
        if len(getattr(written, f"changed_{code}")) > CHANGED_MOST:
            words = _("Use up to %(most)s letters and spaces.", most=CHANGED_MOST)
            raise Refusal(words, field=f"changed_{code}")


def _first_words(notice: Declared) -> Sections:
    """The words of the newest version; of the first draft what the site knows already."""
    newest = queries.newest_version(notice.name)
    rows = queries.version_of(notice.name, newest)
    found: Sections = dict(rows[0].sections or {}) if rows else {}
    if found or notice.layer != FULL:
        return found
    details = controller.details()
    for code in LANGUAGES:
        with force_locale(code):
            who = [details.name, details.address, details.contact]
            dpo = [details.dpo_name, details.dpo_contact]
            found.setdefault("controller", {})[code] = "\n\n".join(part for part in who if part)
            found.setdefault("dpo", {})[code] = "\n\n".join(part for part in dpo if part)
            found.setdefault("ico", {})[code] = gettext(
                "You can also complain to the Information Commissioner’s Office: %(address)s",
                address=f"<{ICO}>",
            )
    return found


__all__ = ["Incomplete", "Missing", "Written", "begin", "discard", "publish", "save"]
