"""A copy as a page: one file, in the person's language, that needs neither network nor script."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from citizen_voice.outbox.kinds import BASES
from citizen_voice.privacy.finding import Holding
from citizen_voice.privacy.reading import ABOUT, Line
from citizen_voice.register import Basis, Purpose
from citizen_voice.web.filters import day_and_time
from citizen_voice.words import gettext, language

MOST_COLUMNS = 6
"""A table with more is read as a list: a line for each name and value."""

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.05rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; }
body { padding: 0 1rem; }
h1, h2 { line-height: 1.2; }
section { border-top: 2px solid; margin-top: 2rem; padding-top: .5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid; padding: .35rem .6rem .35rem 0; }
th, td { text-align: left; vertical-align: top; }
dl { border-bottom: 1px solid; display: grid; gap: .15rem 1rem; padding-bottom: .8rem; }
dl { grid-template-columns: minmax(8rem, 14rem) 1fr; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
td { overflow-wrap: anywhere; white-space: pre-wrap; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } }
"""

_HEAD = Markup(
    '<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy"'
    " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
    "<h1>{title}</h1>\n<p>{made}</p>\n<p>{masked}</p>\n"
)
_SECTION = Markup("<section>\n<h2>{title}</h2>\n<p>{why}</p>\n")
_FOOT = Markup("</main>\n</body>\n</html>\n")


def head(site_name: str, made_at: datetime) -> str:
    """The beginning of the page."""
    return _HEAD.format(
        language=language(),
        style=Markup(_STYLE),  # nosec B704  # our own words
        title=gettext("Your data at %(site)s", site=site_name),
        made=gettext("Made on %(when)s.", when=day_and_time(made_at)),
        masked=gettext(
            "This is everything that we hold about you. What is about other people is left out."
        ),
    )


def foot() -> str:
    """The end of the page."""
    return _FOOT


def section(holding: Holding, purposes: Sequence[Purpose]) -> str:
    """The beginning of what one table holds: its title, and what it is held for."""
    why = " · ".join(f"{each.words} ({BASES[each.basis]})" for each in purposes)
    opened = _SECTION.format(title=str(holding.title), why=why)
    if not _in_columns(holding):
        return opened
    cells = (Markup('<th scope="col">{}</th>').format(name) for _key, name in _names(holding))
    return opened + Markup("<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n").format(
        Markup("").join(cells)
    )


def rows(holding: Holding, lines: Sequence[Line]) -> str:
    """Some rows of it."""
    names = _names(holding)
    return Markup("").join(
        _cells(line, names) if _in_columns(holding) else _listed(line, names) for line in lines
    )


def end_of_section(holding: Holding) -> str:
    """The end of what one table holds."""
    return "</tbody>\n</table>\n</section>\n" if _in_columns(holding) else "</section>\n"


def words_of(basis: Basis) -> str:
    """A lawful basis in the reader's language."""
    return str(BASES[basis])


def _in_columns(holding: Holding) -> bool:
    return len(holding.entries) <= MOST_COLUMNS


def _names(holding: Holding) -> list[tuple[str, str]]:
    keys = [str(entry.export) for entry in holding.entries]
    return [(key, gettext(key)) for key in (*keys, ABOUT)]


def _cells(line: Line, names: list[tuple[str, str]]) -> Markup:
    cells = (Markup("<td>{}</td>").format(_said(line.get(key))) for key, _name in names)
    return Markup("<tr>{}</tr>\n").format(Markup("").join(cells))


def _listed(line: Line, names: list[tuple[str, str]]) -> Markup:
    pairs = (
        Markup("<dt>{}</dt><dd>{}</dd>").format(name, _said(line[key]))
        for key, name in names
        if line.get(key) is not None
    )
    return Markup("<dl>{}</dl>\n").format(Markup("").join(pairs))


def _said(value: Any) -> Markup:
    """A value as somebody reads it."""
    if value is None:
        return Markup("")
    if isinstance(value, bool):
        return escape(gettext("yes") if value else gettext("no"))
    if isinstance(value, str):
        return escape(_moment(value) or value)
    if isinstance(value, (dict, list)):
        return escape(json.dumps(value, ensure_ascii=False))
    return escape(value)


def _moment(text: str) -> str | None:
    """A moment as JSON has it, as somebody reads it; ``None`` for other words."""
    if len(text) < 25 or text[4:5] != "-" or "T" not in text[10:11]:
        return None
    try:
        return day_and_time(datetime.fromisoformat(text))
    except ValueError:
        return None
