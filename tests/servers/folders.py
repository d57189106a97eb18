"""The folder of a private server, the account that it belongs to, and what was left of others."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from tests.servers.binaries import open_to_all

_FOLDER_PREFIX = "cv-postgres-"


class NoPostgres(Exception):
    """There are no binaries to run, or the server did not start. Says how to mend it."""


def unprivileged_account() -> pwd.struct_passwd | None:
    """Give the account that runs the server when we are root; None when we need not change."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgres("PostgreSQL does not run as root, and there is no account postgres or nobody.")


def make_folder(account: pwd.struct_passwd | None) -> tuple[Path, IO[bytes]]:
    """Make the server's folder. The open file that also comes holds the lock that says "in use"."""
    parent = next(
        folder
        for folder in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp"))
        if account is None or open_to_all(folder)
    )
    _delete_leftovers(parent)
    folder = Path(tempfile.mkdtemp(prefix=_FOLDER_PREFIX, dir=parent))
    lock = (folder / "in-use").open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX)
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    return folder, lock


def _delete_leftovers(parent: Path) -> None:
    """Delete the folders of sessions that were killed: those whose lock nobody holds."""
    for lock_file in parent.glob(f"{_FOLDER_PREFIX}*/in-use"):
        with suppress(OSError), lock_file.open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if time.time() - lock_file.stat().st_mtime > 60:
                shutil.rmtree(lock_file.parent, ignore_errors=True)
