"""Making widgets, saying who may show them, and writing down how often they were seen."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from citizen_voice import clock
from citizen_voice.challenges.queries import BIGGEST_KEY
from citizen_voice.db import db, dialect, write
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.journal import services as journal
from citizen_voice.keeping import Period, Unit
from citizen_voice.widgets import hosts, themes
from citizen_voice.widgets.models import (
    KINDS,
    LONGEST_NAME,
    SCHEMES,
    WIDEST_RADIUS,
    Widget,
    WidgetRefusal,
    WidgetSite,
    WidgetView,
    counted_as,
)
from citizen_voice.words import LANGUAGES, _

MOST_SITES = 50
MOST_LISTED = 100
"""Refused hosts that are kept of a widget: a page that makes them up fills no table."""
VIEWS_KEPT = Period(25, Unit.MONTHS)
REFUSALS_KEPT = Period(12, Unit.MONTHS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What staff decide of a widget. ``kind`` and its subject are columns of ``Widget``."""

    name: str
    kind: str
    idea_id: int | None = None
    challenge_id: int | None = None
    pilot_id: int | None = None
    accent: str = ""
    radius: int = 8
    scheme: str = "auto"
    language: str = "en"
    return_address: str = ""


def make(wanted: Wanted, sites: Iterable[str], *, actor: UUID | None) -> int:
    """A new widget that these origins may show; gives its number. Raises ``Refusal``."""
    now = clock.now()
    made = Widget(**_checked(wanted), created_by=actor, created_at=now, changed_at=now)
    db.session.add(made)
    db.session.flush()
    _put_sites(made.id, sites)
    _note("widget made", made.id, actor, asdict(wanted))
    return made.id


def change(
    widget_id: int, wanted: Wanted, sites: Iterable[str], *, seen: str, actor: UUID | None
) -> None:
    """Have a widget be another way, wherever it stands; its kind stays. Raises ``Refusal``.

    ``seen`` is the mark of what was edited; raises ``Conflict`` where it is another by now.
    """
    found = _locked(widget_id)
    if mark(found) != seen:
        raise Conflict(
            _("Somebody else changed this widget meanwhile. Look at it, then save again.")
        )
    for name, value in _checked(wanted).items():
        if name != "kind":
            setattr(found, name, value)
    found.changed_at = clock.now()
    _put_sites(widget_id, sites)
    _note("widget changed", widget_id, actor, asdict(wanted))


def mark(row: Any) -> str:
    """Tells whether a widget, or who may show it, was changed since somebody saw it."""
    return str(row.changed_at.isoformat())


def end(widget_id: int, *, actor: UUID | None) -> None:
    """Take a widget away: in other sites' pages a sentence stands in its place."""
    found = _locked(widget_id)
    if found.ended_at is None:
        found.ended_at = clock.now()
        _note("widget taken away", widget_id, actor)


def restore(widget_id: int, *, actor: UUID | None) -> None:
    """Have a widget that was taken away shown again."""
    found = _locked(widget_id)
    if found.ended_at is not None:
        found.ended_at = None
        _note("widget brought back", widget_id, actor)


def allow(widget_id: int | None, host: str, *, actor: UUID | None) -> str:
    """Let a host that was refused show a widget, or what has none; gives its origin."""
    if widget_id is not None:
        _locked(widget_id)
    site = hosts.site_of(host)
    standing = _sites(widget_id)
    if site not in standing:
        settle_sites(widget_id, [*standing, site], actor=actor)
    return site


def dismiss(widget_id: int | None, host: str, *, actor: UUID | None) -> None:
    """Take a host that was refused off the list, until it tries again. Raises ``Refusal``."""
    if widget_id is not None:
        _locked(widget_id)
    known = hosts.of_origin(hosts.site_of(host))
    theirs = WidgetRefusal.widget_id == counted_as(widget_id)
    gone = db.session.execute(delete(WidgetRefusal).where(theirs, WidgetRefusal.host == known))
    if gone.rowcount:  # type: ignore[attr-defined]  # a DML result
        _note("widget refusal cleared", widget_id, actor, {"host": known})


def settle_sites(widget_id: int | None, sites: Iterable[str], *, actor: UUID | None) -> None:
    """Have these origins be the ones that may show a widget, or what has none (``None``)."""
    wanted = list(dict.fromkeys(sites))
    if set(wanted) != set(_sites(widget_id)):
        if widget_id is not None:
            _locked(widget_id).changed_at = clock.now()
        _put_sites(widget_id, wanted)
        _note("widget sites changed", widget_id, actor, {"sites": wanted})


def note(seen: Mapping[Any, int], refused: Mapping[Any, date]) -> None:
    """Add what was counted, in a transaction of its own (see ``tallies``).

    ``refused``: widgets and hosts with their day, who came last at the end.
    """
    insert: Any = postgresql_insert if dialect() == "postgresql" else sqlite_insert
    views, refusals = insert(WidgetView), insert(WidgetRefusal)
    with write():
        for (day, widget_id, kind, host), views_more in sorted(seen.items()):
            row = {"day": day, "widget_id": widget_id, "kind": kind, "host": host}
            added = WidgetView.views + views.excluded.views
            db.session.execute(
                views.values(**row, views=views_more).on_conflict_do_update(
                    index_elements=list(row), set_={"views": added}
                )
            )
        for widget_id, days in sorted(_by_widget(refused).items()):
            for host, day in sorted(days.items()):
                row = {"widget_id": widget_id, "host": host}
                db.session.execute(
                    refusals.values(**row, last_on=day).on_conflict_do_update(
                        index_elements=list(row), set_={"last_on": day}
                    )
                )
            _make_room(widget_id, days)


def forget_old() -> int:
    """Delete counts and refused hosts whose time is over; gives how many."""
    today = clock.today()
    gone = 0
    for column, period in ((WidgetView.day, VIEWS_KEPT), (WidgetRefusal.last_on, REFUSALS_KEPT)):
        over = delete(column.class_).where(column <= period.day_before(today))
        gone += db.session.execute(over).rowcount  # type: ignore[attr-defined]  # a DML result
    return gone


def _checked(wanted: Wanted) -> dict[str, Any]:
    """The columns, as they are stored; raises ``Refusal`` at the field of what can't be."""
    columns = asdict(wanted)
    name = "".join(sign for sign in " ".join(wanted.name.split()) if sign.isprintable())
    if not name:
        raise Refusal(_("Give it a name, so that you find it again."), field="name")
    if len(name) > LONGEST_NAME:
        raise Refusal(_("Use 80 letters or fewer."), field="name")
    if wanted.kind not in KINDS or wanted.scheme not in SCHEMES or wanted.language not in LANGUAGES:
        raise Refusal(_("Choose one of these."))
    if not 0 <= wanted.radius <= WIDEST_RADIUS:
        raise Refusal(_("Give a number from 0 to 24."), field="radius")
    return columns | {
        "name": name,
        "accent": themes.accent(wanted.accent, wanted.scheme),
        "return_address": _back(wanted.return_address),
    }


def _back(said: str) -> str:
    try:
        return hosts.return_address(said)
    except Refusal as refusal:
        raise Refusal(refusal.words, field="return_address") from None


def _locked(widget_id: int) -> Widget:
    statement = select(Widget).where(Widget.id == widget_id).with_for_update()
    found = db.session.scalars(statement).one_or_none() if widget_id <= BIGGEST_KEY else None
    if found is None:
        raise NotHere
    return found


def _of(column: Any, widget_id: int | None) -> Any:
    return column.is_(None) if widget_id is None else column == widget_id


def _sites(widget_id: int | None) -> list[str]:
    statement = select(WidgetSite.origin).where(_of(WidgetSite.widget_id, widget_id))
    return list(db.session.scalars(statement.order_by(WidgetSite.id)))


def _put_sites(widget_id: int | None, sites: Iterable[str]) -> None:
    wanted = list(dict.fromkeys(sites))
    if len(wanted) > MOST_SITES:
        raise Refusal(_("Name 50 sites at most."), field="sites")
    standing = _sites(widget_id)
    stay = [site for site in standing if site in wanted]
    if wanted[: len(stay)] != stay:
        stay = []  # their order is that of their keys
    gone = set(standing) - set(stay)
    if gone:
        theirs = _of(WidgetSite.widget_id, widget_id)
        db.session.execute(delete(WidgetSite).where(theirs, WidgetSite.origin.in_(gone)))
    db.session.add_all(WidgetSite(widget_id=widget_id, origin=site) for site in wanted[len(stay) :])
    db.session.flush()
    allowed = [hosts.of_origin(site) for site in wanted]
    theirs = WidgetRefusal.widget_id == counted_as(widget_id)
    forgotten = theirs, WidgetRefusal.host.in_(allowed)
    db.session.execute(delete(WidgetRefusal).where(*forgotten))


def _by_widget(refused: Mapping[Any, date]) -> dict[int, dict[str, date]]:
    """The hosts that fit on a widget's list, by widget: those that came last."""
    found: dict[int, dict[str, date]] = {}
    for (widget_id, host), day in reversed(list(refused.items())):
        days = found.setdefault(widget_id, {})
        if len(days) < MOST_LISTED:
            days[host] = day
    return found


def _make_room(widget_id: int, days: Mapping[str, date]) -> None:
    """Take those off a full list that were refused longest ago; ``days`` has who came just now."""
    others = WidgetRefusal.widget_id == widget_id, WidgetRefusal.host.not_in(days)
    newest_first = WidgetRefusal.last_on.desc(), WidgetRefusal.host
    found = select(WidgetRefusal.host).where(*others).order_by(*newest_first)
    gone = list(db.session.scalars(found.offset(MOST_LISTED - len(days))))
    if gone:
        db.session.execute(delete(WidgetRefusal).where(others[0], WidgetRefusal.host.in_(gone)))


def _note(act: str, widget_id: int | None, actor: UUID | None, detail: Any = None) -> None:
    subject = "widgets of the site" if widget_id is None else f"widget {widget_id}"
    journal.append(act, actor=actor, subject=subject, detail=json.dumps(detail) if detail else "")
