"""Where the tests write: in memory, where there is room.

A test on PostgreSQL makes a database of its own. On a disk that took most of the test's time.
"""

import os
import tempfile
from pathlib import Path

IN_MEMORY = Path("/dev/shm")
ROOM = 8 * 2**30
"""Bytes that have to be free: what a whole run has at most at one time, several times over."""


def has_room(folder: Path) -> bool:
    """Whether programs may be written to a folder of this machine, run there and find room."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return False
    runs = not found.f_flag & (os.ST_NOEXEC | os.ST_RDONLY)
    return runs and os.access(folder, os.W_OK) and found.f_bavail * found.f_frsize >= ROOM


def choose() -> None:
    """Have this process and those that it starts write there, unless TMPDIR names a place."""
    if "TMPDIR" not in os.environ and has_room(IN_MEMORY):
        os.environ["TMPDIR"] = str(IN_MEMORY)
        tempfile.tempdir = None  # worked out anew
