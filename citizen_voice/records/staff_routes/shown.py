"""What the screens of all registers share: a form, a history, a table to download."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Response

from citizen_voice import clock
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.records import queries
from citizen_voice.records.fields import Field, Kind, told
from citizen_voice.records.forms import RecordForm, form_for
from citizen_voice.records.services.history import mark
from citizen_voice.web.csv_files import csv_sent
from citizen_voice.web.htmx import page
from citizen_voice.words import _

ACTS: Mapping[str, Any] = {
    "made": _("Entered"),
    "changed": _("Changed"),
    "noted": _("Noted"),
    "closed": _("Closed"),
    "opened again": _("Opened again"),
    "signed": _("Signed"),
    "ended": _("Ended"),
    "assessed": _("Assessed"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a history: when, who (empty: nobody we know), what, and each field that changed."""

    at: datetime
    who: str
    act: Any
    changes: tuple[tuple[Any, str, str], ...]


def history(register: str, key: int, fields: Iterable[Field]) -> list[Line]:
    """Who changed what of a row, the newest first."""
    known = {each.name: each for each in fields}
    return [
        Line(
            row.at,
            row.who or "",
            ACTS.get(row.act, row.act),
            tuple(
                (known[name].label, _said(known[name], was), _said(known[name], now))
                for name, (was, now) in row.changes.items()
                if name in known
            ),
        )
        for row in queries.changes(register, key)
    ]


def _said(field: Field, kept: str) -> str:
    """What the history kept of a value, in words."""
    if not kept:
        return ""
    if field.kind is Kind.DAY:
        return told(field, date.fromisoformat(kept))
    if field.kind is Kind.MOMENT:
        return told(field, datetime.fromisoformat(kept))
    if field.kind is Kind.MANY:
        return told(field, kept.split(", "))
    return told(field, int(kept)) if field.kind is Kind.NUMBER else told(field, kept)


def answers(row: Any, fields: Iterable[Field]) -> list[tuple[Any, str]]:
    """What a row says, as labels and words; empty words where nothing is said."""
    return [(each.label, told(each, getattr(row, each.name))) for each in fields]


def form_of(
    fields: Sequence[Field], row: Any = None, *, base: type[RecordForm] = RecordForm
) -> RecordForm:
    """A form that begins with what a row says."""
    begun = {} if row is None else {each.name: getattr(row, each.name) for each in fields}
    if row is not None and hasattr(row, "changed_at"):
        begun["seen"] = mark(row)
    return form_for(fields, base=base)(data=begun)


def refused(form: RecordForm, refusal: Refusal, row: Any) -> Any:
    """Put a refusal into a form.

    After a ``Conflict`` the form says what stands now, and the next press saves over it: gives
    what stands, where that is so.
    """
    if not isinstance(refusal, Conflict):
        form.refuse(refusal)
        return None
    form.seen.raw_data = None
    form.seen.process_data(mark(row))
    return [
        (field.label.text, words, field.id)
        for each, field in form.shown
        if (words := told(each, getattr(row, each.name))) != told(each, form.values()[each.name])
    ]


def form_page(template: str, form: RecordForm, *, theirs: Any = None, **context: Any) -> Response:
    """The page of a form; ``theirs`` is what somebody else saved meanwhile, where they did."""
    status = 409 if theirs is not None else 422 if form.errors else 200
    return page(template, status=status, form=form, theirs=theirs, **context)


def table(
    name: str, fields: Sequence[Field], rows: Iterable[Any], *further: tuple[Any, Any]
) -> Response:
    """A register as CSV: its number, its fields, and ``further`` columns as name and function."""
    header = [str(_("Number")), *(str(each.label) for each in fields)]
    header += [str(words) for words, _function in further]
    return csv_sent(
        f"{name}-{clock.today().isoformat()}.csv", header, _lines(fields, rows, further)
    )


def _lines(
    fields: Sequence[Field], rows: Iterable[Any], further: Iterable[tuple[Any, Any]]
) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.id,
            *(told(each, getattr(row, each.name)) for each in fields),
            *(function(row) for _words, function in further),
        ]
