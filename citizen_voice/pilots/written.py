"""Days and numbers as people write them."""

import math
import re
from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import cache

from babel.dates import get_month_names

from citizen_voice.pilots.services.measuring import LARGEST
from citizen_voice.words import LANGUAGES, _

NO_DAY = _("We don’t know that day. Write it as 2026-11-03 or 3/11/2026.")
NO_NUMBER = _("That is not a number. Write it as 12.5.")
TOO_LARGE = _("Write a number that fits, such as 12.5.")
EITHER = _("That can be read in two ways: write the number without the comma.")
EITHER_POINT = _("That can be read in two ways: write it as 1200 or as 1.2.")

LONGEST = 60
_TIME = re.compile(r"(.+?)[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[-. ]+([^\W\d_]+)\.?,?[-. ]+(\d{4}|\d{2})")
_CENTURY, _SHORT = 2000, 100

_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "})
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", re.ASCII)
_SPACED = re.compile(r"[+-]?[1-9]\d{0,2}( \d{3})+([.,]\d+)?", re.ASCII)
_POINTS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+,\d+", re.ASCII)
_COMMA = re.compile(r"[+-]?\d+,\d+([eE][+-]?\d+)?", re.ASCII)
_ONE_GROUP = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
_POINT_GROUP = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)


class Style(Enum):
    """What a comma means in some numbers, as those say that can be read in one way alone."""

    THOUSANDS = "thousands"
    DECIMAL = "decimal"


def style(cells: Iterable[str]) -> Style:
    """What the commas of a column mean: a decimal one somewhere makes ``1,200`` doubtful."""
    for cell in cells:
        text = _bare(cell)
        decimal = _COMMA.fullmatch(text) and not _THOUSANDS.fullmatch(text)
        if decimal or _POINTS.fullmatch(text):
            return Style.DECIMAL
    return Style.THOUSANDS


def number(text: str, commas: Style = Style.THOUSANDS) -> float:
    """A number: 12.5, 12,5, 1,200, 1 200, 1.200,5, £3, 80%, 1e3.

    A comma before three digits parts thousands (1,200 is 1200), a point does not (1.200 is 1.2);
    where the others of its column show that it may be otherwise, nobody can tell. Raises
    ``ValueError`` with a sentence.
    """
    bare = _bare(text)
    if len(text) > LONGEST:
        raise ValueError(NO_NUMBER)
    if _ONE_GROUP.fullmatch(bare) and commas is Style.DECIMAL:
        raise ValueError(EITHER)
    if _POINT_GROUP.fullmatch(bare) and commas is Style.DECIMAL:
        raise ValueError(EITHER_POINT)
    if _PLAIN.fullmatch(bare):
        plain = bare
    elif _THOUSANDS.fullmatch(bare):
        plain = bare.replace(",", "")
    elif _SPACED.fullmatch(bare):
        plain = bare.replace(" ", "").replace(",", ".")
    elif _POINTS.fullmatch(bare):
        plain = bare.replace(".", "").replace(",", ".")
    elif _COMMA.fullmatch(bare):
        plain = bare.replace(",", ".")
    else:
        raise ValueError(NO_NUMBER)
    found = float(plain) + 0.0  # nothing is never less than nothing: -0
    if not math.isfinite(found) or abs(found) > LARGEST:
        raise ValueError(TOO_LARGE)
    return found


def day(text: str) -> date | None:
    """A day: 2026-11-03, 3/11/2026, 3.11.26, 3 November 2026, 03-Nov-26, 3 Tachwedd 2026.

    The day comes before the month. A time of day is left out. ``None`` for anything else.
    """
    text = " ".join(text.split())
    if len(text) > LONGEST:
        return None
    timed = _TIME.fullmatch(text)
    if timed:
        text = timed[1]
    try:
        if found := _YEAR_FIRST.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DAY_FIRST.fullmatch(text):
            return date(_year(found[3]), int(found[2]), int(found[1]))
        if found := _NAMED.fullmatch(text):
            return date(_year(found[3]), _months()[found[2].casefold()], int(found[1]))
    except (ValueError, KeyError):  # the thirtieth of February, or of Foo
        return None
    return None


def _bare(text: str) -> str:
    """A number without what it counts."""
    text = text.translate(_MINUS).strip().removesuffix("%").rstrip()
    sign, text = (text[:1], text[1:]) if text[:1] in ("-", "+") else ("", text)
    return sign + text.removeprefix("£").lstrip()


def _year(text: str) -> int:
    year = int(text)
    return year + _CENTURY if year < _SHORT and len(text) == 2 else year  # 26


@cache
def _months() -> dict[str, int]:
    """The months by their names, whole and short, in every language of the site."""
    found: dict[str, int] = {"sept": 9}
    for code in LANGUAGES:
        for width in ("abbreviated", "wide"):
            for month, name in get_month_names(width, locale=code).items():
                found.setdefault(name.casefold().rstrip("."), month)
    return found
