"""Reporting: somebody says that a thing breaks the rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from citizen_voice import clock
from citizen_voice.accounts.models import FORMER
from citizen_voice.comments import services as comments
from citizen_voice.comments.models import CommentVersion
from citizen_voice.db import db, new_key
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import HIDDEN, PUBLISHED, IdeaVersion
from citizen_voice.ideas.text import clean_words, says_something
from citizen_voice.moderation import flags, receipts, report_letters, targets, things
from citizen_voice.moderation.models import HELD, KEEP, REPORT, Case, Decision, Report
from citizen_voice.moderation.services.cases import Subject, note
from citizen_voice.moderation.things import COMMENT, IDEA, NAME, Thing
from citizen_voice.outbox import services as outbox
from citizen_voice.words import _

WORDS_LONGEST = 1_500
AGAIN = timedelta(hours=1)
"""Within it the same person's second report of a thing is their first."""
"""How long an address to hear back is kept once the case is closed."""
GRAVEST = "intimate"
"""What is reported for this and has a link is held at once."""
OWE_WORDS = frozenset({"defamation", "other"})
SERVICES: dict[str, Any] = {IDEA: ideas, COMMENT: comments}


class HiddenAlready(Refusal):
    """Nobody but its author sees it any more."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("A moderator has hidden this already. Nobody else sees it any more."))


@dataclass(frozen=True, slots=True)
class Complaint:
    """What somebody says. ``network`` is where a visitor comes from (``limits.network_of``)."""

    category: str
    words: str
    language: str
    network: str
    email: str | None = None
    reporter_id: UUID | None = None

    @property
    def sender(self) -> str:
        """The same for the same person. Of visitors without an address the words tell it."""
        if self.reporter_id is not None:
            return receipts.sender(f"person {self.reporter_id}")
        known_by = self.email or f"{self.category} {self.words}"
        return receipts.sender(f"{self.network} {known_by}")


@dataclass(frozen=True, slots=True)
class Mail:
    """What a letter needs of the site: its name, and the address of a receipt's page."""

    site_name: str
    link: Callable[[str], str]


def report(subject: Subject, said: Complaint, *, mail: Mail, may_hold: bool = False) -> str:
    """Take a report of a thing that everybody sees; gives its receipt.

    The same person's second report within an hour adds to their first. ``may_hold``: what has a
    link and is reported for the gravest reason waits for a moderator from now on, unless one has
    kept these words before.

    Raises ``NotHere`` for what others do not see, ``HiddenAlready``, and ``Refusal`` for no
    category, words that miss or are too many.
    """
    words = _checked(said)
    found = _seen(subject)
    case_id = note(subject, REPORT, version=found.version, waits_for=said.category)
    known = _known(case_id, said)
    if known is not None:
        _add_to(known, said, words)
        return receipts.of(known.id)
    key = new_key()
    receipt = receipts.of(key)
    db.session.add(
        Report(
            id=key,
            receipt_hash=receipts.hashed(receipt),
            case_id=case_id,
            category=said.category,
            words=words,
            language=said.language,
            email=said.email,
            reporter_id=said.reporter_id,
            version=found.version,
            sender_hash=said.sender,
            made_at=clock.now(),
        )
    )
    if said.email is not None:
        hours = int(targets.due_within(said.category).total_seconds() // 3600)
        letter = report_letters.received(receipt, mail.link(receipt), hours, mail.site_name)
        outbox.enqueue(
            kind="report",
            to=said.email,
            subject=letter.subject,
            body=letter.body,
            language=said.language,
        )
    if may_hold and said.category == GRAVEST:
        _hold(subject, found, case_id)
    return receipt


def _checked(said: Complaint) -> str:
    """The words as they are stored."""
    if said.category not in targets.CATEGORIES:
        raise Refusal(_("Choose what is wrong."), field="category")
    words = clean_words(said.words)
    if len(words) > WORDS_LONGEST:
        raise Refusal(_("Make this 1,500 letters or shorter."), field="words")
    if said.category in OWE_WORDS and not says_something(words):
        raise Refusal(_("Say in a few words what is wrong."), field="words")
    return words


def _seen(subject: Subject) -> Thing:
    """The thing, locked, where others see it."""
    case = Case(id=new_key(), **subject.values())  # stands for the one that may not be there yet
    found = things.lock([case])[case.id]
    row = found.row
    if found.kind == NAME:
        if row.kind == FORMER or not row.display_name:
            raise NotHere
    elif row.visibility == HIDDEN:
        raise HiddenAlready
    elif row.visibility != PUBLISHED or getattr(row, "removed_at", None) is not None:
        raise NotHere
    return found


def _known(case_id: UUID, said: Complaint) -> Report | None:
    """What the same person has said of it just now. The case is held, so two at once are one."""
    return db.session.scalars(
        select(Report)
        .where(
            Report.case_id == case_id,
            Report.sender_hash == said.sender,
            Report.made_at > clock.now() - AGAIN,
        )
        .limit(1)
    ).first()


def _add_to(known: Report, said: Complaint, words: str) -> None:
    if words and words not in known.words:
        known.words = f"{known.words}\n\n{words}".strip()
    known.category = said.category
    known.email = known.email or said.email


def _hold(subject: Subject, found: Thing, case_id: UUID) -> None:
    if found.kind == NAME or not flags.links(_words(found)) or _was_kept(subject, found.version):
        return
    note(subject, HELD, version=found.version)
    SERVICES[found.kind].hold(found.row.id, actor=None, reason=f"case {case_id}")


def _words(found: Thing) -> str:
    if found.kind == IDEA:
        idea = db.session.get_one(IdeaVersion, (found.row.id, found.version))
        return f"{idea.title}\n{idea.body}"
    return db.session.get_one(CommentVersion, (found.row.id, found.version)).body


def _was_kept(subject: Subject, version: int | None) -> bool:
    """Whether a moderator has read these words and kept them."""
    kept = (
        select(Decision.id)
        .join(Case, Case.id == Decision.case_id)
        .where(
            getattr(Case, subject.column) == getattr(subject, subject.column),
            Decision.act == KEEP,
            Decision.version == version,
            Decision.undone_at.is_(None),
        )
    )
    return db.session.execute(kept.limit(1)).first() is not None
