"""Widgets as staff see them: what each is about, how often it was seen where, and who may not."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, bindparam, case, exists, false, func, or_, select

from citizen_voice import clock
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import AnyRow, rows
from citizen_voice.ideas.models import MERGED, IdeaListing
from citizen_voice.pilots.models import Pilot
from citizen_voice.widgets import hosts
from citizen_voice.widgets.models import (
    CHANGES,
    IDEA,
    PILOT,
    Widget,
    WidgetRefusal,
    WidgetSite,
    WidgetView,
    counted_as,
)
from citizen_voice.widgets.queries import SITES

WEEK, MONTH = 7, 30
"""Days, today among them."""

V = WidgetView
_week = func.sum(case((V.day >= bindparam("week"), V.views), else_=0))
_views = (
    select(V.widget_id, _week.label("week"), func.sum(V.views).label("month"))
    .where(V.day >= bindparam("month"))
    .group_by(V.widget_id)
    .subquery()
)
_allowed = exists().where(
    WidgetSite.widget_id == Widget.id,
    WidgetSite.origin.in_(["https://" + WidgetRefusal.host, "http://" + WidgetRefusal.host]),
)
_refused = (
    select(func.count())
    .where(WidgetRefusal.widget_id == Widget.id, ~_allowed)
    .correlate(Widget)
    .scalar_subquery()
)
_published = Challenge.published_at.is_not(None)
_shows = case(
    (Widget.kind == IDEA, or_(IdeaListing.listed, IdeaListing.stage == MERGED)),
    (Widget.kind == PILOT, and_(Pilot.id.is_not(None), Pilot.cancelled_at.is_(None))),
    (Widget.kind == CHANGES, or_(Widget.challenge_id.is_(None), _published)),
    else_=_published,
)
_lines = (
    select(
        *Widget.__table__.columns,
        func.coalesce(_shows, false()).label("shows"),
        IdeaListing.title.label("idea_title"),
        IdeaListing.language.label("idea_language"),
        Challenge.slug,
        Challenge.question_en,
        Challenge.question_cy,
        Pilot.title_en,
        Pilot.title_cy,
        SITES.label("sites"),
        _refused.label("refused"),
        func.coalesce(_views.c.week, 0).label("week"),
        func.coalesce(_views.c.month, 0).label("month"),
    )
    .outerjoin(IdeaListing, IdeaListing.idea_id == Widget.idea_id)
    .outerjoin(Challenge, Challenge.id == Widget.challenge_id)
    .outerjoin(Pilot, Pilot.id == Widget.pilot_id)
    .outerjoin(_views, _views.c.widget_id == Widget.id)
    .order_by(Widget.ended_at.is_not(None), Widget.id.desc())
)
_line = _lines.where(Widget.id == bindparam("widget_id"))
_seen = (
    select(V.day, V.host, func.sum(V.views).label("views"))
    .where(V.widget_id == bindparam("widget_id"), V.day >= bindparam("month"))
    .group_by(V.day, V.host)
)
_refusals = (
    select(WidgetRefusal.host, WidgetRefusal.last_on)
    .where(WidgetRefusal.widget_id == bindparam("widget_id"))
    .order_by(WidgetRefusal.last_on.desc(), WidgetRefusal.host)
)


@dataclass(frozen=True, slots=True)
class HostFigures:
    """How often the pages of a host showed a widget; an empty host did not tell."""

    host: str
    week: int
    month: int


@dataclass(frozen=True, slots=True)
class Figures:
    """How often a widget was seen in 30 days: by host, and by day, the latest first."""

    hosts: Sequence[HostFigures]
    days: Sequence[tuple[date, int]]

    @property
    def month(self) -> int:
        """In all."""
        return sum(each.month for each in self.hosts)


def listed() -> Sequence[AnyRow]:
    """Every widget with its subject, its sites and its views; those taken away come last.

    ``sites`` is for ``queries.in_order``.
    """
    return rows(_lines, _since())


def line(widget_id: int) -> AnyRow | None:
    """One of them."""
    return next(iter(rows(_line, _since() | {"widget_id": widget_id})), None)


def figures(widget_id: int | None) -> Figures:
    """How often a widget, or what has none, was seen."""
    since = _since()
    found = rows(_seen, {"widget_id": counted_as(widget_id), "month": since["month"]})
    week: Counter[str] = Counter()
    month: Counter[str] = Counter()
    days: Counter[date] = Counter()
    for day, host, views in found:
        month[host] += views
        days[day] += views
        if day >= since["week"]:
            week[host] += views
    hosts = [HostFigures(host, week[host], views) for host, views in month.most_common()]
    return Figures(hosts, sorted(days.items(), reverse=True))


def refused(widget_id: int | None, sites: Iterable[str]) -> Sequence[AnyRow]:
    """The hosts that tried to show a widget, or what has none, and may not; the latest first.

    ``sites`` may show it now: what was counted before somebody allowed them comes a minute later.
    """
    allowed = set(map(hosts.of_origin, sites))
    found = rows(_refusals, {"widget_id": counted_as(widget_id)})
    return [row for row in found if row.host not in allowed]


def _since() -> dict[str, date]:
    today = clock.today()
    return {
        "week": today - timedelta(days=WEEK - 1),
        "month": today - timedelta(days=MONTH - 1),
    }
