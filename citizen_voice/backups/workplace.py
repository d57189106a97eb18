"""A folder for what is half done, so that nothing half done ever has a name of its own."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX, SUFFIX = ".citizen-voice-", ".part"


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """Give a folder inside ``folder``, on the same disk; it goes afterwards, whatever happens.

    What a killed process left is cleared away first. Raises ``OSError``.
    """
    _clear(folder)
    work = Path(tempfile.mkdtemp(prefix=PREFIX, suffix=SUFFIX, dir=folder))
    handle = os.open(work, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        os.close(handle)


def keep(path: Path) -> None:
    """See that the names in a folder are on the disk, too."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def belongs_as(path: Path, example: Path) -> None:
    """Root leaves a file to the owner of another: the site does not run as root."""
    if os.geteuid() == 0:
        owner = example.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def _clear(folder: Path) -> None:
    for left in folder.glob(f"{PREFIX}*{SUFFIX}"):
        try:
            handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
        except BlockingIOError:
            continue  # somebody is at it
        finally:
            os.close(handle)
