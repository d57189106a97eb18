"""The figures of moderation, for everybody."""

from typing import Any

from flask import Response

from citizen_voice.comments.cards import waited
from citizen_voice.moderation import figures as public
from citizen_voice.moderation.figures import Figures, Month
from citizen_voice.moderation.models import (
    ASK,
    CLOSE,
    HIDE,
    KEEP,
    MERGE,
    MOVE,
    PAUSE,
    REDACT,
    STANDS,
    UPHELD,
    VOID,
    WARN,
)
from citizen_voice.moderation.routes.blueprint import bp
from citizen_voice.moderation.targets import CATEGORIES
from citizen_voice.web.access import everyone
from citizen_voice.web.csv_files import csv_file
from citizen_voice.web.filters import say
from citizen_voice.web.htmx import page
from citizen_voice.words import _

ACT_WORDS: dict[str, Any] = {
    KEEP: _("Kept: breaks no rule"),
    HIDE: _("Hidden"),
    ASK: _("Change asked for"),
    REDACT: _("Private details taken out"),
    MOVE: _("Moved"),
    MERGE: _("Joined with another"),
    WARN: _("Author reminded of the rules"),
    PAUSE: _("Account paused"),
    CLOSE: _("Account closed to taking part"),
    VOID: _("Account’s answers not counted"),
}
HIDDEN_NUMBER = _("not shown")


@bp.get("/moderation")
@everyone
def figures() -> Response:
    """What moderators did in the last twelve months."""
    found = public.figures()
    return page(
        "moderation/figures.html",
        months=[month for month in found.months if not month.empty],
        tables={month.first: _shown(tables(month, found)) for month in found.months},
        waited=waited,
    )


@bp.get("/moderation.csv")
@everyone
def figures_csv() -> Response:
    """The same as a table: a line a figure."""
    found = public.figures()
    lines: list[tuple[object, ...]] = []
    for month in found.months:
        named = f"{month.first:%Y-%m}"
        lines += [(named, what, "", number) for what, number in summary(month)]
        for what, table in tables(month, found):
            lines += [(named, what, kind, _cell(number)) for kind, number in table]
    header = (_("Month"), _("Figure"), _("Kind"), _("Number"))
    return csv_file("moderation.csv", [str(each) for each in header], lines)


def summary(month: Month) -> list[tuple[str, object]]:
    """The figures of a month that are not by kind: its words and the number."""
    median = "" if month.median is None else f"{month.median.total_seconds() / 3600:.2f}"
    in_time = "" if month.in_time is None else month.in_time
    return [
        (str(_("Reports")), month.reports.total),
        (str(_("Decisions")), month.decisions),
        (str(_("Median wait in hours")), median),
        (str(_("Decided in time, percent")), in_time),
        (str(_("Somebody else asked to look")), month.asked.made),
        (str(_("Taken back after that")), _cell(month.asked.outcomes.kinds[UPHELD])),
        (str(_("Confirmed after that")), _cell(month.asked.outcomes.kinds[STANDS])),
    ]


Table = tuple[str, list[tuple[str, int | None]]]


def tables(month: Month, found: Figures) -> list[Table]:
    """The figures of a month by kind: the words over a table, and its lines; 0 is left out."""
    by_category = [
        (str(CATEGORIES[key].words), number) for key, number in month.reports.kinds.items()
    ]
    by_act = [(str(ACT_WORDS[act]), number) for act, number in month.acts.kinds.items()]
    by_ground = [
        (say(found.grounds[key], "name").text, number)
        for key, number in month.grounds.kinds.items()
    ]
    named = (
        (_("Reports by kind"), by_category),
        (_("Decisions by what was done"), by_act),
        (_("Decisions by reason, without what was kept"), by_ground),
    )
    found_tables = [
        (str(words), [(kind, number) for kind, number in lines if number != 0])
        for words, lines in named
    ]
    return [(words, lines) for words, lines in found_tables if lines]


def _shown(found: list[Table]) -> list[Table]:
    """For the page: what is hidden of a table on one line; no table of nothing else."""
    others = [(str(_("All others")), None)]
    shown = []
    for words, lines in found:
        told = [line for line in lines if line[1] is not None]
        if told:
            shown.append((words, told if len(told) == len(lines) else [*told, *others]))
    return shown


def _cell(number: int | None) -> object:
    return str(HIDDEN_NUMBER) if number is None else number
