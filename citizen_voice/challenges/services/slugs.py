"""The addresses of challenges: one that was public once leads to its challenge for good."""

import re
import unicodedata

from sqlalchemy import delete, func, select, union_all

from citizen_voice.challenges.models import SLUG_LONGEST, Challenge, OldSlug
from citizen_voice.db import db, dialect
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.words import _

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LOCK = 0x43_56_41  # PostgreSQL's advisory lock of these addresses: "CVA"
PROPOSED_LONGEST = 48
NAMELESS = "challenge"


def refuse_unless_free(slug: str, *, owner: int | None = None) -> None:
    """Raise ``Refusal`` for a slug that cannot be, ``Conflict`` for one that another has or had.

    ``owner`` is the challenge that wants it; its own former ones are free. Until the transaction
    ends nobody else is given a slug.
    """
    if not SLUG.fullmatch(slug) or len(slug) > SLUG_LONGEST:
        raise Refusal(
            _("Use small letters, numbers and hyphens, like safer-streets."), field="slug"
        )
    if dialect() == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    holders = union_all(
        select(Challenge.id).where(Challenge.slug == slug),
        select(OldSlug.challenge_id).where(OldSlug.slug == slug),
    )
    if any(key != owner for key in db.session.scalars(holders)):
        raise Conflict(_("There is a challenge with that address already."), field="slug")


def change(challenge: Challenge, slug: str) -> None:
    """Give a challenge another slug; the one that it had leads to it, where it was ever public.

    Raises what ``refuse_unless_free`` raises.
    """
    if slug == challenge.slug:
        return
    refuse_unless_free(slug, owner=challenge.id)
    db.session.execute(delete(OldSlug).where(OldSlug.slug == slug))  # its own: it comes back to it
    if challenge.published_at is not None:
        db.session.add(OldSlug(slug=challenge.slug, challenge_id=challenge.id))
    challenge.slug = slug
    db.session.flush()


def proposed(question: str) -> str:
    """A slug that is free, made from a question."""
    letters = unicodedata.normalize("NFKD", question).replace("'", "").replace("’", "")
    words = re.findall(r"[a-z0-9]+", letters.encode("ascii", "ignore").decode().lower())
    base = ""
    for word in words:
        if len(base) + 1 + len(word) > PROPOSED_LONGEST:
            break
        base = f"{base}-{word}" if base else word
    base = base or NAMELESS
    taken = set(
        db.session.scalars(
            union_all(
                select(Challenge.slug).where(Challenge.slug.startswith(base)),
                select(OldSlug.slug).where(OldSlug.slug.startswith(base)),
            )
        )
    )
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)
