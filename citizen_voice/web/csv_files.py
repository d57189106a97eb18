"""Tables to download: CSV that a spreadsheet opens as what it is, and calculates nothing from."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask import Response, stream_with_context

from citizen_voice.words import force_locale, language

PIECE = 16 * 1024
CALCULATES = ("=", "+", "-", "@", "\t", "\r")


def neutral(value: object) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    text = str(value)
    return "'" + text if text.startswith(CALCULATES) else text


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A table to download under a name; in UTF-8 with its mark, which spreadsheets need."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(header)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    response = Response(made.getvalue().encode("utf-8-sig"), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def csv_sent(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The same, sent while the rows are read: memory does not grow with what is exported."""
    pieces = _pieces(language(), header, iter(rows))
    response = Response(stream_with_context(pieces), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _pieces(code: str, header: Sequence[str], rows: Iterator[Sequence[object]]) -> Iterator[bytes]:
    """The file in pieces; its rows speak the language that it was begun in."""
    yield b"\xef\xbb\xbf"
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(header)
    more = True
    while more:
        with force_locale(code):  # whoever sends it has ended the page's own by now
            more = _write(writer, made, rows)
        yield made.getvalue().encode()
        made.seek(0)
        made.truncate()


def _write(writer: Any, made: io.StringIO, rows: Iterator[Sequence[object]]) -> bool:
    """Write a piece of the rows; gives whether there may be more."""
    for row in rows:
        writer.writerow([neutral(cell) for cell in row])
        if made.tell() > PIECE:
            return True
    return False
