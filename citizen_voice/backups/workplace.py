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
    work, handle = _made(folder)
    try:
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


def _made(folder: Path) -> tuple[Path, int]:
    """Make a folder and lock it.

    Somebody else's clearing can find it before it is locked, and takes it for one that was left:
    then there is another.
    """
    while True:
        work = Path(tempfile.mkdtemp(prefix=PREFIX, suffix=SUFFIX, dir=folder))
        handle = _locked(work, fcntl.LOCK_EX)
        if handle is not None:
            return work, handle


def _locked(work: Path, how: int) -> int | None:
    """Open and lock a folder; ``None`` where it is gone. Raises ``BlockingIOError``."""
    try:
        handle = os.open(work, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, how)
        if work.is_dir():
            return handle
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _clear(folder: Path) -> None:
    for left in folder.glob(f"{PREFIX}*{SUFFIX}"):
        try:
            handle = _locked(left, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue  # somebody is at it, or it is somebody else's
        if handle is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(handle)
