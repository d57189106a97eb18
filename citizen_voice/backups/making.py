"""Making a backup."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from importlib.metadata import version
from pathlib import Path

from citizen_voice import clock
from citizen_voice.backups import archive, workplace
from citizen_voice.backups.archive import Progress
from citizen_voice.backups.databases import Database, database
from citizen_voice.backups.manifest import MEMBER, Manifest
from citizen_voice.config import Settings
from citizen_voice.errors import Refusal

PATTERN = "citizen-voice-[0-9]*Z*.tar"
HEADS = ("journal.head", "consents.head")
KEPT_BESIDE = (*HEADS, "secret.key", "settings.toml")
UPLOADS = "uploads"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made."""

    path: Path
    size: int
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Place:
    """Where a backup goes: a folder, and a name in it if one is asked for."""

    folder: Path
    name: str | None = None


def usual_place(settings: Settings) -> Place:
    """The folder ``backups`` in the instance folder."""
    return Place(settings.instance / "backups")


def place(wanted: Path) -> Place:
    """What somebody means: a name that ends in ``.tar`` is a file, anything else a folder."""
    if wanted.suffix == ".tar" and not wanted.is_dir():
        return Place(wanted.parent, wanted.name)
    return Place(wanted)


def make(settings: Settings, where: Place, measured: Callable[[int], Progress]) -> Backup:
    """Back up an installation while it serves.

    ``measured`` is given about how many bytes there are to do, and gives a function that is called
    with how many were done. Raises ``Refusal``; then there is no file, or the file is whole.
    """
    if where.name and (where.folder / where.name).exists():
        raise Refusal(f"{where.folder / where.name} is there already. Choose another name.")
    source = database(settings)
    try:
        where.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with workplace.beside(where.folder) as work:
            return _make(settings, source, where, work, measured(source.size() * 3))
    except OSError as error:
        raise Refusal(
            f"The backup can't be written to {where.folder}: {error.strerror or error}. "
            f"Nothing is left there of it."
        ) from None


def _make(
    settings: Settings, source: Database, where: Place, work: Path, progress: Progress
) -> Backup:
    # The files first: the journal's head is then of an entry that the database has, too.
    files = _files(settings, work)
    moment = clock.now().astimezone(UTC)
    copied = work / "database"
    state = source.copy(copied, progress)
    made = Manifest(
        version=version("citizen-voice"),
        schema=state.schema,
        dialect=source.dialect,
        server=state.server,
        moment=moment.isoformat(timespec="seconds"),
        rows=state.rows,
        members={},
    )
    files = {made.database: copied, **files}
    made.members.update({name: archive.measure(path, progress) for name, path in files.items()})
    part = work / "archive"
    archive.write(part, made, files, progress)
    workplace.belongs_as(part, where.folder)
    final = _named(part, where, f"citizen-voice-{moment:%Y%m%dT%H%M%SZ}")
    workplace.keep(where.folder)
    return Backup(final, final.stat().st_size, made)


def _files(settings: Settings, work: Path) -> dict[str, Path]:
    """What goes in besides the database: name → a copy that stands still, or the file itself."""
    files = {}
    for name in KEPT_BESIDE:
        path = settings.instance / name
        if path.is_file():
            files[name] = work / name
            files[name].write_bytes(path.read_bytes())
    for path in sorted((settings.instance / UPLOADS).rglob("*")):
        name = path.relative_to(settings.instance).as_posix()
        if path.is_file() and not path.is_symlink():
            if not MEMBER.fullmatch(name):
                raise Refusal(f"{name} has a name that no upload of the site's has. Move it away.")
            files[name] = path  # written once, under a name of its own
    return files


def _named(part: Path, where: Place, stem: str) -> Path:
    """Give a whole archive its name, and never to a file that is there."""
    number = 1
    while True:
        name = where.name or (f"{stem}.tar" if number == 1 else f"{stem}-{number}.tar")
        final = where.folder / name
        try:
            os.link(part, final)  # which a name that is taken refuses
        except FileExistsError:
            if where.name:
                raise Refusal(f"{final} is there already. Choose another name.") from None
            number += 1
        except OSError:  # a disk without links
            if final.exists():
                number += 1
                continue
            part.replace(final)
            return final
        else:
            return final


def drop_all_but(folder: Path, count: int) -> list[Path]:
    """Delete the oldest backups in a folder, so that ``count`` stay; gives those that went."""
    ours = sorted(
        (path for path in folder.glob(PATTERN) if path.is_file()),
        key=lambda path: (path.stat().st_mtime_ns, path.name),
    )
    gone = ours[: max(0, len(ours) - count)]
    for path in gone:
        path.unlink()
    return gone
