"""What templates can say: dates, numbers, references, residents' Markdown, the council's words."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask
from markupsafe import Markup

from citizen_voice.clock import LONDON
from citizen_voice.web import markdown
from citizen_voice.words import language


class Said(NamedTuple):
    """The council's words, and their language where it is not the page's."""

    text: str
    lang: str | None


def say(row: Any, name: str) -> Said:
    """The council's words in the page's language; in English, marked so, where Welsh is missing.

    ``row`` has the columns ``<name>_en`` and ``<name>_cy``.
    """
    english: str = getattr(row, name + "_en") or ""
    if language() == "cy":
        welsh: str = getattr(row, name + "_cy") or ""
        return Said(welsh, None) if welsh else Said(english, "en" if english else None)
    return Said(english, None)


def london(moment: date | datetime) -> date:
    """The day of a moment in London; a day stays what it is."""
    return moment.astimezone(LONDON).date() if isinstance(moment, datetime) else moment


def long_date(moment: date | datetime) -> str:
    """3 March 2026 · 3 Mawrth 2026."""
    return _format_date(london(moment), "d MMMM y", language())


def day_month(moment: date | datetime) -> str:
    """3 March · 3 Mawrth."""
    return _format_date(london(moment), "d MMMM", language())


def month_name(day: date) -> str:
    """March 2026 · Mawrth 2026."""
    return _format_date(day, "MMMM y", language())


def short_time(moment: datetime) -> str:
    """14:02."""
    return f"{moment.astimezone(LONDON):%H:%M}"


def day_and_time(moment: datetime) -> str:
    """3 March 2026, 14:02 · 3 Mawrth 2026, 14:02."""
    return f"{long_date(moment)}, {short_time(moment)}"


def number(value: int) -> str:
    """1,234."""
    return _format_number(value, language())


@lru_cache(maxsize=4096)
def _format_date(day: date, pattern: str, code: str) -> str:
    return format_date(day, pattern, locale=code)


@lru_cache(maxsize=4096)
def _format_number(value: int, code: str) -> str:
    return format_decimal(value, locale=code)


def reference(number_: int) -> str:
    """1042 → CV-1042."""
    return f"CV-{number_}"


def add(app: Flask) -> None:
    """Give them to the app's templates."""
    app.jinja_env.filters.update(
        date=long_date,
        daymonth=day_month,
        month=month_name,
        time=short_time,
        number=number,
        ref=reference,
        markdown=lambda text: Markup(markdown.render(text)),  # nosec B704  # cleaned by nh3
        words=lambda text: Markup(markdown.render_trusted(text)),  # nosec B704  # the council's own
    )
    app.jinja_env.globals.update(say=say)
