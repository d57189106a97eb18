"""Tables to download: CSV that a spreadsheet opens as what it is, and calculates nothing from."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

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
