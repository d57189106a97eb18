"""What the tidy goes through every hour: what has run out."""

from functools import partial

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select

from citizen_voice.accounts.models import PendingSignIn, PersonSession, ShutAddress
from citizen_voice.comments.models import Comment
from citizen_voice.comments.services import showing
from citizen_voice.db import after_commit, db
from citizen_voice.ideas.models import Draft
from citizen_voice.keeping import rules as keep
from citizen_voice.limits import LimitHit
from citizen_voice.merging.models import IdeaMerge, MergedAnswer
from citizen_voice.moderation.models import (
    Case,
    Decision,
    Report,
    WordMark,
)
from citizen_voice.outbox.models import OutboxMail
from citizen_voice.privacy import files
from citizen_voice.privacy.models import DataCopy
from citizen_voice.retention.about_cases import appeal_waits, idea_of
from citizen_voice.retention.sweeping import Done, Due, Keys, Sweep
from citizen_voice.team.models import Invitation
from citizen_voice.words import _


def _erase_comments(_due: Due, keys: Keys) -> Done:
    showing.erase_words([key for (key,) in keys])
    return Done(keys)


def _delete_copies(_due: Due, keys: Keys) -> Done:
    gone = [key for (key,) in keys]
    db.session.execute(delete(DataCopy).where(DataCopy.id.in_(gone)))
    after_commit(partial(files.remove, gone))
    return Done(keys)


def _joined_before(due: Due) -> ColumnElement[bool]:
    over = select(IdeaMerge.id).where(IdeaMerge.merged_at <= due.before)
    return MergedAnswer.merge_id.in_(over)


def _invited(due: Due) -> ColumnElement[bool]:
    used = and_(Invitation.used_at.is_not(None), Invitation.expires_at < due.now)
    return or_(Invitation.expires_at < due.before, used)


HOURLY = (
    Sweep(
        keep.SESSIONS,
        "sessions",
        _("Browsers that were signed in"),
        (PersonSession.id,),
        lambda due: PersonSession.expires_at < due.now,
        (PersonSession.person_id,),
    ),
    Sweep(
        keep.SIGN_INS,
        "sign-ins",
        _("Sign-ins that were begun"),
        (PendingSignIn.id,),
        lambda due: PendingSignIn.expires_at < due.now,
        (PendingSignIn.person_id,),
    ),
    Sweep(
        keep.BARRED,
        "shut-addresses",
        _("Marks of addresses that may not join again"),
        (ShutAddress.mark,),
        lambda due: ShutAddress.ends_at <= due.now,
        (ShutAddress.person_id,),
    ),
    Sweep(
        keep.LIMITS,
        "limits",
        _("Counts of how often something was done"),
        (LimitHit.scope, LimitHit.subject, LimitHit.window_end),
        lambda due: LimitHit.window_end < int(due.now.timestamp()),
    ),
    Sweep(
        keep.DRAFTS,
        "drafts",
        _("Drafts of ideas"),
        (Draft.id,),
        lambda due: Draft.ends_at <= due.now,
        (Draft.person_id,),
    ),
    Sweep(
        keep.REMOVED,
        "removed-comments",
        _("Comments that their authors took away"),
        (Comment.id,),
        lambda due: and_(
            Comment.removed_at.is_not(None), showing.NOT_ERASED, Comment.removed_at <= due.before
        ),
        (Comment.author_id,),
        act=_erase_comments,
    ),
    Sweep(
        keep.MERGED,
        "joined-answers",
        _("How people had answered ideas that were joined"),
        (MergedAnswer.merge_id, MergedAnswer.person_id),
        _joined_before,
        (MergedAnswer.person_id,),
    ),
    Sweep(
        keep.ORIGINALS,
        "originals",
        _("Words that a moderator took out"),
        (Decision.id,),
        lambda due: and_(
            Decision.original.is_not(None), Decision.decided_at < due.before, ~appeal_waits()
        ),
        (Decision.person_id,),
        values={"original": None},
    ),
    Sweep(
        keep.ADDRESSES,
        "reporters",
        _("Addresses of who reported something"),
        (Report.id,),
        lambda due: and_(
            Report.email.is_not(None),
            exists().where(Case.id == Report.case_id, Case.closed_at < due.before),
        ),
        (Report.reporter_id,),
        idea_of(Report.case_id),
        values={"email": None},
    ),
    Sweep(
        keep.SENDERS,
        "report-senders",
        _("Which connection sent a report"),
        (Report.id,),
        lambda due: and_(Report.sender_hash.is_not(None), Report.made_at < due.before),
        values={"sender_hash": None},
    ),
    Sweep(
        keep.MARKS,
        "word-marks",
        _("Marks of words that were said before"),
        (WordMark.id,),
        lambda due: WordMark.said_at < due.before,
        (WordMark.author_id,),
    ),
    Sweep(
        keep.LETTERS,
        "letters",
        _("Letters that were sent or came back"),
        (OutboxMail.id,),
        lambda due: and_(OutboxMail.due_at.is_(None), OutboxMail.created_at < due.before),
        (OutboxMail.person_id,),
    ),
    Sweep(
        keep.INVITATIONS,
        "invitations",
        _("Invitations to staff"),
        (Invitation.id,),
        _invited,
        (Invitation.person_id,),
    ),
    Sweep(
        keep.COPIES,
        "copies",
        _("Copies of their data that people asked for"),
        (DataCopy.id,),
        lambda due: DataCopy.ends_at <= due.now,
        (DataCopy.person_id,),
        act=_delete_copies,
    ),
)
