"""Widgets as their frames read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import String, bindparam, cast, func, select

from citizen_voice.challenges.queries import BIGGEST_KEY
from citizen_voice.db import rows
from citizen_voice.errors import NotHere
from citizen_voice.kept import kept
from citizen_voice.merging.queries import survivor
from citizen_voice.widgets import hosts
from citizen_voice.widgets.models import IDEA, Widget, WidgetSite


@dataclass(frozen=True, slots=True)
class Setup:
    """A widget with the sites that may show it, in the order in which they were typed."""

    id: int
    name: str
    kind: str
    idea_id: int | None
    challenge_id: int | None
    pilot_id: int | None
    accent: str
    radius: int
    scheme: str
    language: str
    return_address: str
    created_by: UUID | None
    created_at: datetime
    changed_at: datetime
    ended_at: datetime | None
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WayBack:
    """Where somebody goes back to: an address, and the host to name it by.

    ``came``: whether that is the very host whose page they came from.
    """

    address: str
    host: str
    came: bool


SITES = (
    select(func.aggregate_strings(cast(WidgetSite.id, String) + "=" + WidgetSite.origin, " "))
    .where(WidgetSite.widget_id == Widget.id)
    .scalar_subquery()
)
"""The sites that may show a widget, for ``in_order``: SQLite before 3.44 gathers in no order."""
_widget = select(*Widget.__table__.columns, SITES.label("origins")).where(
    Widget.id == bindparam("widget_id")
)
_site_wide = (
    select(WidgetSite.origin).where(WidgetSite.widget_id.is_(None)).order_by(WidgetSite.origin)
)


@kept
def widget(widget_id: int) -> Setup:
    """A widget, also one that was taken away; one statement. Raises ``NotHere``."""
    found = rows(_widget, {"widget_id": widget_id}) if 0 < widget_id <= BIGGEST_KEY else ()
    if not found:
        raise NotHere
    row = dict(found[0]._mapping)  # noqa: SLF001  # public, by its documentation
    return Setup(**row | {"origins": in_order(row["origins"])})


def in_order(gathered: str | None) -> tuple[str, ...]:
    """What ``SITES`` gathered: the sites in the order in which they were typed."""
    numbered = (each.partition("=") for each in (gathered or "").split())
    return tuple(site for _key, site in sorted((int(key), site) for key, _sign, site in numbered))


@kept
def site_wide() -> tuple[str, ...]:
    """The sites that may show an idea, a challenge and so on without a widget of its own."""
    return tuple(row.origin for row in rows(_site_wide))


def way_back(widget_id: int | None, host: str | None, idea_id: int) -> WayBack | None:
    """Where who reads an idea goes back to, having come from a widget, or a site that may show us.

    From a widget: its return address, else the site with that host, else the first that may show
    it; nowhere where it was taken away, or is about another idea. Of a host alone: its site, where
    it is on the list for the whole site. One statement, and one more where the idea was joined.
    """
    if widget_id is None:
        site = _with_host(site_wide(), host)
        return None if site is None else _back(f"{site}/", host)
    try:
        found = widget(widget_id)
    except NotHere:
        return None
    if found.ended_at is not None or not _is_of(found, idea_id):
        return None
    site = _with_host(found.origins, host) or next(iter(found.origins), None)
    address = found.return_address or (site and f"{site}/")
    known = host if _with_host(found.origins, host) else None
    return _back(address, known) if address else None


def _with_host(sites: Iterable[str], host: str | None) -> str | None:
    return next((site for site in sites if hosts.of_origin(site) == host), None)


def _is_of(found: Setup, idea_id: int) -> bool:
    """Whether a widget leads to an idea: one of it alone, or of an idea that is part of it now."""
    if found.kind != IDEA or found.idea_id == idea_id:
        return True
    return found.idea_id is not None and survivor(found.idea_id) == idea_id


def _back(address: str, known: str | None) -> WayBack:
    """``known``: the host that somebody came from, as far as it may show us."""
    host = hosts.of_origin(address).partition("/")[0]
    return WayBack(address, host, came=host == known)
