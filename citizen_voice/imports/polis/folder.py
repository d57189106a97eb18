"""A folder as Polis exports it: read whole, and found well formed or refused."""

import hashlib
import os.path
from datetime import datetime, timedelta
from pathlib import Path

from citizen_voice.imports.polis import matrix, statements, summary, times
from citizen_voice.imports.polis.cells import Cells
from citizen_voice.imports.polis.conversation import Conversation
from citizen_voice.imports.polis.refusals import Problems

SLOW_CLOCKS = timedelta(days=1)


def read(folder: Path, now: datetime) -> Conversation:
    """Read and validate summary.csv, comments.csv, participants-votes.csv and, if there, votes.csv.

    ``now`` (aware) bounds the times that are believed, a day of grace included. Raises
    ``FolderRefused`` with up to 20 problems, each with file, line and what was expected, unless
    every file is well formed. Keeps 5 bytes an answer in memory, 13 with times, and the
    statements.
    """
    problems = Problems()
    if not os.path.isdir(folder):  # noqa: PTH112  # unlike the path's own method, never an error
        problems.note(str(folder), None, "no such folder", "a folder with a Polis export")
        problems.refuse()
    latest = now + SLOW_CLOCKS
    hashes = {file: hashlib.sha256() for file in _files(folder)}

    def cells(file: str) -> Cells:
        return Cells(file, problems, latest)

    about = summary.read_summary(folder, problems, cells(summary.FILE), hashes[summary.FILE])
    stated = statements.read_statements(
        folder, problems, cells(statements.FILE), hashes[statements.FILE]
    )
    votes = None
    if times.FILE in hashes:
        votes = times.read_votes(folder, stated, problems, cells(times.FILE), hashes[times.FILE])
    answers = matrix.read_matrix(
        folder, stated, votes, problems, cells(matrix.FILE), hashes[matrix.FILE]
    )
    if answers is not None and votes is not None:
        for line, voter in votes.left():
            found = f"the unknown participant {voter}"
            expected = f"a participant that {matrix.FILE} has"
            problems.note(times.FILE, line, found, expected, "voter-id")
    problems.refuse()
    if about is None or stated is None or answers is None:
        raise AssertionError("a file was not read, and no problem was noted")
    whole = hashlib.sha256()
    for file, part in hashes.items():
        whole.update(f"{file} {part.hexdigest()}\n".encode())
    figures = None if votes is None else votes.figures
    return Conversation(about, stated, answers, figures, whole.hexdigest())


def _files(folder: Path) -> list[str]:
    """The files that are read: three always, so that a missing one is noticed; votes.csv if any."""
    always = [summary.FILE, statements.FILE, matrix.FILE]
    return [*always, times.FILE] if os.path.lexists(folder / times.FILE) else always
