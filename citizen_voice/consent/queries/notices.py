"""What is true of notices now, and which of them somebody has not been shown."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from citizen_voice import clock, kept
from citizen_voice.accounts.models import ADULT
from citizen_voice.consent.models import Notice, NoticeDraft, NoticeServed
from citizen_voice.db import AnyRow, Key, rows
from citizen_voice.errors import NotHere
from citizen_voice.site import queries as site
from citizen_voice.words import language

PRIVACY = "privacy"
YOUNG_PEOPLE = "young-people"

_n = Notice.__table__.c
_heads = select(*(column for column in _n if column.name not in ("text", "sections"))).order_by(
    _n.name, _n.version.desc(), _n.language.desc()
)
_version = (
    select(*_n)
    .where(_n.name == bindparam("name"), _n.version == bindparam("version"))
    .order_by(_n.language)
)
_seen = (
    select(_n.name, func.max(_n.version).label("version"))
    .select_from(
        NoticeServed.__table__.join(Notice.__table__, _n.id == NoticeServed.__table__.c.notice_id)
    )
    .where(NoticeServed.__table__.c.person_id == bindparam("person_id", type_=Key()))
    .group_by(_n.name)
)
_words = (
    select(_n.name, _n.text)
    .where(_n.id.in_(bindparam("ids", expanding=True)))
    .order_by(_n.name == YOUNG_PEOPLE)
)
_draft = select(*NoticeDraft.__table__.columns).where(NoticeDraft.name == bindparam("name"))
_drafts = select(NoticeDraft.name, NoticeDraft.saved_at).order_by(NoticeDraft.name)


@dataclass(frozen=True, slots=True)
class Unseen:
    """A notice that somebody has not been shown yet: ``first`` where they have seen none of it."""

    name: str
    version: int
    changed: str
    lang: str | None
    first: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """The words beside a choice: their version, and their language where it is not the page's."""

    version: int
    text: str
    lang: str | None


@kept.kept_by(site.revision)
def every_version() -> Sequence[AnyRow]:
    """Every version of every notice without its words, newest first; a row a language."""
    return rows(_heads)


def in_force(name: str) -> list[AnyRow]:
    """The version of a notice that is in force now, without its words; a row a language.

    Empty where there is none yet. One that takes effect on a day to come is not in force.
    """
    now = clock.now()
    found = [row for row in every_version() if row.name == name and row.effective_from <= now]
    return [row for row in found if row.version == found[0].version]


def current_notices(name: str) -> Sequence[AnyRow]:
    """The version of a notice that is in force, with its words; a row a language."""
    found = in_force(name)
    return version_of(name, found[0].version) if found else []


def current_version(name: str) -> int:
    """The number of the version in force; 0 where there is none yet."""
    found = in_force(name)
    return int(found[0].version) if found else 0


def of_another_council(council: str) -> list[str]:
    """Which of the notices in force that people read at length do not name this council.

    Those that the software comes with name the one of its demonstration.
    """
    in_english = [
        row.id for name in (PRIVACY, YOUNG_PEOPLE) for row in in_force(name) if row.language == "en"
    ]
    return [row.name for row in _words_of(tuple(in_english)) if council not in row.text]


@kept.kept_by(site.revision)
def _words_of(ids: tuple[int, ...]) -> Sequence[AnyRow]:
    return rows(_words, {"ids": ids})


def briefs(names: Iterable[str]) -> dict[str, Brief]:
    """The words in force of these notices, by name, in the page's language or else in English.

    Those that have none in force are left out. One statement for all of them, kept.
    """
    found: dict[str, AnyRow] = {}
    for name in names:
        rows_of = {row.language: row for row in in_force(name)}
        row = rows_of.get(language()) or rows_of.get("en")
        if row is not None:
            found[name] = row
    if not found:
        return {}
    text = {row.name: row.text for row in _words_of(tuple(row.id for row in found.values()))}
    return {
        name: Brief(row.version, text[name], None if row.language == language() else row.language)
        for name, row in found.items()
    }


def sealed(notice: str, brief: str) -> str:
    """SHA-256 over the hashes of the privacy notice and of the brief words shown with it.

    Both hashes have one length, so that no other two are written in the same way.
    """
    return hashlib.sha256(f"{notice}{brief}".encode()).hexdigest()


def brief_of(entry: AnyRow) -> AnyRow | None:
    """The version of the brief words that a choice rests on; ``None`` where it was made on none.

    An entry of the ledger holds the hash of both notices together: the version is the one that
    makes the same.
    """
    every = every_version()
    notices = {
        row.sha256 for row in every if (row.name, row.version) == (PRIVACY, entry.notice_version)
    }
    for row in every:
        # the same words may come again in a later version
        mine = row.name == entry.purpose and row.effective_from <= entry.at
        if mine and any(sealed(each, row.sha256) == entry.notice_hash for each in notices):
            return row
    return None


def newest_version(name: str) -> int:
    """The highest number that a version has, in force or to come; 0 for none."""
    return max((row.version for row in every_version() if row.name == name), default=0)


@kept.kept_by(site.revision)
def version_of(name: str, version: int) -> Sequence[AnyRow]:
    """A version with its words, a row a language."""
    return rows(_version, {"name": name, "version": version})


def text_of(name: str, version: int) -> AnyRow:
    """A version in the page's language, else in English; raises ``NotHere``.

    One that nobody has seen yet, because it takes effect later, can be read as well.
    """
    if not newest_version(name):  # whatever an address holds is asked of no database
        raise NotHere
    found = {row.language: row for row in version_of(name, min(version, 2**31 - 1))}
    row = found.get(language()) or found.get("en")
    if row is None:
        raise NotHere
    return row


def notice_id(name: str, version: int, language: str) -> int | None:
    """The key of a version in a language."""
    for row in every_version():
        if (row.name, row.version, row.language) == (name, version, language):
            return int(row.id)
    return None


def unseen(person_id: UUID, age_band: str | None) -> list[Unseen]:
    """What has to be put before somebody: material new versions that they have not been shown.

    Who is under 18 is shown the young people's notice, too, even its first version. No statement
    where no notice can be new to them, else one.
    """
    asked = [rows_ for name in (PRIVACY,) if (rows_ := _pressing(name, first=False))]
    if (
        age_band is not None
        and age_band != ADULT
        and (young := _pressing(YOUNG_PEOPLE, first=True))
    ):
        asked.append(young)
    if not asked:
        return []
    seen = {row.name: row.version for row in rows(_seen, {"person_id": person_id})}
    return [
        _unseen(found, seen.get(found[0].name, 0))
        for found in asked
        if seen.get(found[0].name, 0) < found[0].version
    ]


def _pressing(name: str, *, first: bool) -> list[AnyRow]:
    """The newest version in force that is put before people; a row a language."""
    now = clock.now()
    versions = [row for row in every_version() if row.name == name and row.effective_from <= now]
    for row in versions:
        if row.material or (first and row.version == 1):
            return [each for each in versions if each.version == row.version]
    return []


def _unseen(found: list[AnyRow], seen: int) -> Unseen:
    words: dict[str, Any] = {row.language: row for row in found}
    row = words.get(language()) or words["en"]
    lang = None if row.language == language() else row.language
    return Unseen(row.name, row.version, row.changed, lang, first=not seen)


def draft(name: str) -> AnyRow | None:
    """The draft of a notice's next version."""
    return next(iter(rows(_draft, {"name": name})), None)


def drafts() -> Sequence[AnyRow]:
    """Which notices have a draft, and when it was saved."""
    return rows(_drafts)
