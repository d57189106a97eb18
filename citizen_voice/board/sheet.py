"""The board as a CSV file, sent while it is read."""

import csv
import io
from collections.abc import Iterable, Iterator

from citizen_voice import clock
from citizen_voice.board import queries
from citizen_voice.board.table import Board, Row
from citizen_voice.web.csv_files import neutral
from citizen_voice.web.filters import say
from citizen_voice.words import _, force_locale, language

HEADINGS = (
    _("Reference"),
    _("Title"),
    _("Challenge"),
    _("Ward"),
    _("Stage"),
    _("Supporters"),
    _("Share of support, per cent"),
    _("Lower end"),
    _("Upper end"),
    _("Active"),
    _("This week"),
    _("Comments"),
    _("Replied"),
    _("Reply due"),
)
ACROSS = _("Across groups, at least, per cent")


def lines(board: Board) -> Iterator[bytes]:
    """The file, a piece at a time, with all pages of the board; read by a connection of its own.

    It is taken within the request's context, and speaks the language that it is begun in.
    """
    stream = queries.streamed(board.order, board.narrowed)
    code, now, today = language(), clock.now(), clock.today()

    def made() -> Iterator[bytes]:
        with force_locale(code):
            headings = _line([*HEADINGS, *([ACROSS] if board.across else [])])
        yield "\ufeff".encode() + headings  # spreadsheets take it for UTF-8 by its mark
        for row in stream:
            with force_locale(code):  # whoever sends it has ended the page's own by now
                line = _line(_cells(board.row(row, now, today)))
            yield line

    return made()


def _cells(row: Row) -> Iterator[object]:
    share = row.share
    yield from (row.ref, row.title, say(row.challenge, "question").text)
    yield from (row.place, row.stage_words, row.support)
    yield from ("", "", "") if share is None else (share.middle, share.lower, share.upper)
    yield from (row.active, row.growth, row.comments, _("Yes") if row.replied else _("No"))
    yield row.due or ""
    if row.across is not None:
        yield row.across


def _line(cells: Iterable[object]) -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made).writerow([neutral(cell) for cell in cells])
    return made.getvalue().encode()
