"""The grounds that decisions rest on: they are retired, never deleted."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.db import AnyRow, db, rows
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.journal import services as journal
from citizen_voice.moderation import letters
from citizen_voice.moderation.first_grounds import FIRST
from citizen_voice.moderation.models import Ground
from citizen_voice.site import queries as site
from citizen_voice.words import _

NAME_LONGEST = 120

_all = select(*Ground.__table__.columns).order_by(Ground.position, Ground.id)
_in_use = _all.where(Ground.retired_at.is_(None))


def grounds() -> Sequence[AnyRow]:
    """The grounds that can be chosen, in their order: rows with the columns of ``Ground``."""
    return rows(_in_use)


def every_ground() -> Sequence[AnyRow]:
    """The same with those that were retired, which come last."""
    return sorted(rows(_all), key=lambda row: row.retired_at is not None)


def ground(ground_id: int) -> AnyRow:
    """A ground, retired or not; raises ``NotHere``."""
    found = rows(_all.where(Ground.id == ground_id))
    if not found:
        raise NotHere
    return found[0]


def save(
    ground_id: int | None,
    *,
    name_en: str,
    name_cy: str,
    letter_en: str,
    letter_cy: str,
    actor: UUID | None,
) -> int:
    """Write a ground and its letters, a new one (at the end) without a key; gives its key.

    Decisions that rest on it keep the words that they were sent with. Raises ``Refusal`` at the
    field.
    """
    for name, words in (("name_en", name_en), ("name_cy", name_cy)):
        if len(words) > NAME_LONGEST:
            raise Refusal(_("Make this 120 letters or shorter."), field=name)
    if not name_en:
        raise Refusal(_("Name the ground."), field="name_en")
    for name, words in (("letter_en", letter_en), ("letter_cy", letter_cy)):
        check_letter(words, field=name)
    if ground_id is None:
        site.locked()  # so that two new ones do not share a place
        last = db.session.execute(select(func.max(Ground.position))).scalar_one()
        row = Ground(position=(last or 0) + 1)
        db.session.add(row)
    else:
        row = _locked(ground_id)
    row.name_en, row.name_cy = name_en, name_cy
    row.letter_en, row.letter_cy = letter_en, letter_cy
    db.session.flush()  # it has a key then
    _note("ground written", row, actor, f"{name_en}\n\n{name_cy}\n\n{letter_en}\n\n{letter_cy}")
    return row.id


def check_letter(words: str, *, field: str) -> None:
    """Raises ``Refusal`` for a letter that is too long or has unknown placeholders."""
    if len(words) > letters.LETTER_LONGEST:
        raise Refusal(_("Make this 4,000 letters or shorter."), field=field)
    strange = letters.unknown(words)
    if strange:
        raise Refusal(
            _(
                "We don’t know {%(name)s}. There are {thing}, {title}, {ground}, {until} and"
                " {site}.",
                name=strange[0],
            ),
            field=field,
        )


def retire(ground_id: int, *, actor: UUID | None) -> None:
    """Have a ground chosen no more. Raises ``Refusal`` for the last one."""
    site.locked()  # two may retire the last two at once
    row = _locked(ground_id)
    if row.retired_at is not None:
        return
    left = select(func.count()).where(Ground.retired_at.is_(None))
    if db.session.execute(left).scalar_one() == 1:
        raise Refusal(_("Keep one ground at least: each decision rests on one."))
    row.retired_at = clock.now()
    _note("ground retired", row, actor)


def bring_back(ground_id: int, *, actor: UUID | None) -> None:
    """Have a retired ground chosen again."""
    row = _locked(ground_id)
    if row.retired_at is not None:
        row.retired_at = None
        _note("ground brought back", row, actor)


def move(ground_id: int, *, up: bool, actor: UUID | None) -> None:
    """Change places with the ground before or after; nothing at the end of the list."""
    site.locked()  # others may move at the same moment
    order = list(
        db.session.scalars(
            select(Ground).where(Ground.retired_at.is_(None)).order_by(Ground.position, Ground.id)
        )
    )
    here = next((place for place, row in enumerate(order) if row.id == ground_id), None)
    if here is None:
        raise NotHere
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for place, row in enumerate(order, start=1):
        row.position = place
    _note("ground moved", order[there], actor)


def furnish() -> None:
    """Give a place that has no grounds the first ones, with their letters."""
    if db.session.execute(select(Ground.id).limit(1)).first() is None:
        db.session.add_all(
            Ground(position=place, **first) for place, first in enumerate(FIRST, start=1)
        )


def _locked(ground_id: int) -> Ground:
    row = db.session.get(Ground, ground_id, with_for_update=True)
    if row is None:
        raise NotHere
    return row


def _note(act: str, row: Ground, actor: UUID | None, detail: str = "") -> None:
    journal.append(act, actor=actor, subject=f"ground {row.id}", detail=detail)
