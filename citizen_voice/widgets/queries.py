"""Widgets as their frames read them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select

from citizen_voice.challenges.queries import BIGGEST_KEY
from citizen_voice.db import rows
from citizen_voice.errors import NotHere
from citizen_voice.kept import kept
from citizen_voice.widgets import hosts
from citizen_voice.widgets.models import Widget, WidgetSite


@dataclass(frozen=True, slots=True)
class Setup:
    """A widget with the sites that may show it."""

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
    """Where somebody came from: an address, and the host to name it by."""

    address: str
    host: str


_SITES = (
    select(func.aggregate_strings(WidgetSite.origin, " "))
    .where(WidgetSite.widget_id == Widget.id)
    .scalar_subquery()
)
_widget = select(*Widget.__table__.columns, _SITES.label("origins")).where(
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
    origins = tuple(sorted((row.pop("origins") or "").split()))
    return Setup(**row, origins=origins)


@kept
def site_wide() -> tuple[str, ...]:
    """The sites that may show an idea, a challenge and so on without a widget of its own."""
    return tuple(row.origin for row in rows(_site_wide))


def way_back(widget_id: int | None, host: str | None) -> WayBack | None:
    """Where somebody goes back to who came from a widget, or from a host that may show us.

    A widget's return address, else the root of the first site that may show it; of a host alone its
    root, where it is on the list for the whole site. One statement at most.
    """
    if widget_id is not None:
        try:
            found = widget(widget_id)
        except NotHere:
            return None
        address = found.return_address or next((f"{site}/" for site in found.origins), "")
        return _back(address) if address else None
    for site in site_wide() if host else ():
        if hosts.of_origin(site) == host:
            return _back(f"{site}/")
    return None


def _back(address: str) -> WayBack:
    return WayBack(address, hosts.of_origin(address).partition("/")[0])
