"""Where copies lie: ``copies/`` in the instance folder, which nobody but the site may read.

A file is named by its copy's key alone, so that no name ever comes from anybody. What is being
written ends in ``.part``, and is renamed when it is whole.
"""

import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from citizen_voice import clock
from citizen_voice.paths import instance

FOLDER = "copies"
SETTLED = timedelta(hours=1)


def folder() -> Path:
    """The folder of copies, made where it is not there."""
    found = instance() / FOLDER
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def path(copy_id: UUID) -> Path:
    """The file of a copy that is ready."""
    return instance() / FOLDER / f"{copy_id}.zip"


def part(copy_id: UUID) -> Path:
    """A new name for a copy that is being made."""
    return folder() / f"{copy_id}.{uuid4().hex}.part"


def private(name: str | Path, flags: int) -> int:
    """Open a file as ``open`` wants it (``opener``), for the site's own user alone."""
    return os.open(name, flags, 0o600)


def remove(copy_ids: Iterable[UUID]) -> None:
    """Delete whatever there is of some copies."""
    for copy_id in copy_ids:
        unlink((instance() / FOLDER).glob(f"{copy_id}.*"))


def unlink(found: Iterable[Path]) -> None:
    """Delete some files; one that is gone already is fine."""
    for each in found:
        each.unlink(missing_ok=True)


def there() -> list[Path]:
    """Every file of a copy, whole or not."""
    return sorted((instance() / FOLDER).glob("*.*"))


def strays(found: Iterable[Path], known: Iterable[UUID]) -> list[Path]:
    """Of some files those of copies that are not known, and what a killed worker left long ago."""
    names = {str(each) for each in known}
    return [each for each in found if each.name.split(".")[0] not in names or _left(each)]


def _left(file: Path) -> bool:
    try:
        changed = file.stat().st_mtime
    except FileNotFoundError:
        return False
    return file.suffix == ".part" and changed < (clock.now() - SETTLED).timestamp()
