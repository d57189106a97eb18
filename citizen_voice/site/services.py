"""Changes of the site's settings."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.journal import services as journal
from citizen_voice.site import queries, settling
from citizen_voice.site.models import SiteImage, SitePage, SiteSettings
from citizen_voice.site.pictures import Picture
from citizen_voice.words import _

ALT_LONGEST = 120
PAGE_LONGEST = 20_000
MEANWHILE = _("Somebody else changed this meanwhile. Nothing of yours is lost: look at both.")


def change(**values: object) -> None:
    """Set some columns; the site's revision rises, so that cached pages are made anew."""
    db.session.execute(
        update(SiteSettings).values(values | {"revision": SiteSettings.revision + 1})
    )


def settle(values: Mapping[str, Any], *, seen: str | None, actor: UUID | None) -> None:
    """Have the site be as an administrator decided.

    ``values`` are columns of ``settling.SETTLED``; ``seen`` is the fingerprint of what they saw.
    Raises ``Refusal`` at the field of what can't be, ``Conflict`` where it was changed meanwhile.
    """
    wanted = settling.checked(values)
    row = db.session.execute(
        select(*SiteSettings.__table__.columns).with_for_update()  # two may save at once
    ).one()
    if seen is not None and settling.fingerprint(row) != seen:
        raise Conflict(MEANWHILE)
    changed = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    if changed:
        change(**changed)
        journal.append(
            "site settings changed",
            actor=actor,
            subject=f"site: {', '.join(changed)}"[:80],
            detail=json.dumps(changed),
        )


def keep_picture(picture: Picture, *, alt_en: str, alt_cy: str) -> None:
    """Store a picture; one that is there already gets the other words."""
    _check_alt(alt_en, alt_cy)
    row = db.session.get(SiteImage, picture.digest)
    if row is None:
        row = SiteImage(
            digest=picture.digest,
            kind=picture.kind,
            content=picture.content,
            width=picture.width,
            height=picture.height,
            added_at=clock.now(),
        )
        db.session.add(row)
    row.alt_en, row.alt_cy = alt_en, alt_cy


def put_logo(picture: Picture, *, alt_en: str, alt_cy: str, actor: UUID | None) -> None:
    """Show a picture at the head of every page. Raises ``Refusal`` for words that are too long."""
    keep_picture(picture, alt_en=alt_en, alt_cy=alt_cy)
    db.session.flush()  # the settings name it
    change(logo=picture.digest)
    journal.append("logo changed", actor=actor, subject="site: logo", detail=picture.digest)


def describe_logo(*, alt_en: str, alt_cy: str, actor: UUID | None) -> None:
    """Say in words what the logo shows."""
    _check_alt(alt_en, alt_cy)
    row = db.session.get(SiteImage, queries.settings().logo or "")
    if row is not None:
        row.alt_en, row.alt_cy = alt_en, alt_cy
        change()
        journal.append(
            "logo described", actor=actor, subject="site: logo", detail=f"{alt_en}\n{alt_cy}"
        )


def remove_logo(*, actor: UUID | None) -> None:
    """Have our own mark at the head of every page again."""
    if queries.settings().logo is not None:
        change(logo=None)
        journal.append("logo removed", actor=actor, subject="site: logo")


def write_page(key: str, body_en: str, body_cy: str, *, seen: str, actor: UUID | None) -> None:
    """Have the council's own words (Markdown) on a plain page; ours again where there are none.

    ``seen`` is the mark of what its writer saw. Raises ``Conflict`` where it was changed meanwhile.
    """
    for name, body in (("body_en", body_en), ("body_cy", body_cy)):
        if len(body) > PAGE_LONGEST:
            raise Refusal(_("Make this 20,000 letters or shorter."), field=name)
    if body_cy and not body_en:
        raise Refusal(_("Write the English words, too."), field="body_en")
    queries.locked()  # two may write the first words at once
    row = db.session.get(SitePage, key)
    if queries.page_mark(row) != seen:
        raise Conflict(MEANWHILE)
    if row is None and body_en:
        row = SitePage(key=key)
        db.session.add(row)
    if row is None:
        return
    if body_en:
        row.body_en, row.body_cy, row.changed_at = body_en, body_cy, clock.now()
    else:
        db.session.delete(row)
    change()
    journal.append(
        "page written", actor=actor, subject=f"page {key}", detail=f"{body_en}\n{body_cy}"
    )


def _check_alt(alt_en: str, alt_cy: str) -> None:
    for name, words in (("alt_en", alt_en), ("alt_cy", alt_cy)):
        if len(words) > ALT_LONGEST or not words.isprintable():
            raise Refusal(_("Describe it in 120 letters or fewer."), field=name)
