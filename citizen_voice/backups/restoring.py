"""Giving an installation what a backup holds."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from citizen_voice.accounts.erasure_journal import Journal
from citizen_voice.backups import archive, making, workplace
from citizen_voice.backups.archive import Progress
from citizen_voice.backups.databases import Database, database
from citizen_voice.backups.making import UPLOADS, Backup
from citizen_voice.backups.manifest import Manifest
from citizen_voice.backups.state import InDoubt
from citizen_voice.config import Settings
from citizen_voice.errors import Refusal

SETTINGS_COPY = "settings-of-the-backup.toml"
AGAIN = (
    "Don't serve the site like this. Mend what stood in the way, then restore the same backup "
    "again, with --replace."
)
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and the backup of what was there before, if anything was.

    ``missing`` says what could not be done at the very end, which what was restored can do without.
    """

    manifest: Manifest
    before: Backup | None
    settings_copy: Path | None
    missing: str | None


def restore(
    settings: Settings,
    file: Path,
    *,
    newest: str,
    replace: bool,
    measured: Callable[[int], Progress],
    no_erasures_yet: bool = False,
) -> Restored:
    """Restore a backup into the installation that the settings describe.

    ``newest`` is the schema that this version knows; ``replace`` allows a database that is not
    empty, of which a backup is made first; ``measured`` is as for ``making.make``;
    ``no_erasures_yet`` lets it do without an erasure journal, which is for the caller to replay.
    Raises ``Refusal``: either nothing was restored, or its words say how far it came and what to
    do.
    """
    refuse_running(settings)
    _refuse_without_erasures(settings, none_yet=no_erasures_yet)
    try:
        with archive.opened(file) as opened:
            made = opened.manifest
            _refuse_unfit(made, settings, newest)
            into = database(settings)
            into.refuse_if_used()
            empty = into.is_empty()
            if not empty and not replace:
                raise Refusal(
                    "The database is not empty. With --replace it is backed up, and then replaced."
                )
            with workplace.beside(_same_disk(settings)) as work:
                total = sum(member.size for member in made.members.values())
                opened.unpack(work, measured(total))
                before = None if empty else _kept(settings, measured)
                _put_database(into, work / made.database, before)
                with _halfway(before):
                    copy = _put_rest(into, settings, work, made, before)
    except OSError as error:
        raise Refusal(
            f"The backup can't be restored: {_why(error)}. Nothing was restored."
        ) from None
    return Restored(made, before, copy, _finish(into))


def refuse_running(settings: Settings) -> None:
    """Raise ``Refusal`` while somebody answers where the site does."""
    try:
        with socket.create_connection((settings.host, settings.port), timeout=2):
            pass
    except OSError:
        return
    raise Refusal(
        f"The site runs: {settings.host}:{settings.port} answers. Stop it and its worker first."
    )


def _refuse_without_erasures(settings: Settings, *, none_yet: bool) -> None:
    """Raise ``Refusal`` where nobody could tell whom a restore would bring back.

    ``none_yet``: whoever restores says that nobody was ever erased.
    """
    found = Journal(settings.erasure_journal)
    lines = found.read()
    if none_yet and lines:
        raise Refusal(f"{found.path} lists people who were erased: leave out --no-erasures-yet.")
    if not none_yet and not found.exists():
        raise Refusal(
            f"The erasure journal is missing, so people who were erased would be back. It should "
            f"be {found.path}: put the newest copy of it there, or say with "
            f"CITIZEN_VOICE_ERASURE_JOURNAL where it is. Where nobody was ever erased: "
            f"--no-erasures-yet"
        )


def _refuse_unfit(made: Manifest, settings: Settings, newest: str) -> None:
    ours = "sqlite" if settings.sqlite else "postgresql"
    if made.dialect != ours:
        raise Refusal(
            f"This is a backup of a {NAMES[made.dialect]} database, and this installation uses "
            f"{NAMES[ours]}. Look at CITIZEN_VOICE_DATABASE_URL."
        )
    if made.schema > newest:
        raise Refusal(
            f"This backup is of schema {made.schema} (version {made.version}); this version knows "
            f"up to {newest}. Restore it with that version or a later one."
        )


def _kept(settings: Settings, measured: Callable[[int], Progress]) -> Backup:
    """Back up what is about to be replaced."""
    try:
        return making.make(settings, making.usual_place(settings), measured)
    except Refusal as refusal:
        raise Refusal(
            f"Nothing was restored, since what is there can't be backed up first. {refusal}"
        ) from None


def _put_database(into: Database, file: Path, before: Backup | None) -> None:
    try:
        into.put(file)
    except InDoubt as doubt:
        raise Refusal(
            f"The database is as it was or that of the backup, wholly, but which of the two can't "
            f"be told. {_sentence(doubt)} No other file was touched. {AGAIN}{_where(before)}"
        ) from None


@contextmanager
def _halfway(before: Backup | None) -> Iterator[None]:
    """From here on the database is the backup's: what goes wrong is said to be halfway."""
    try:
        yield
    except _OtherRows:
        raise
    except (Refusal, OSError, KeyboardInterrupt) as trouble:
        raise Refusal(
            f"The database is now that of the backup, but what belongs to it may be missing. "
            f"{_sentence(trouble)} {AGAIN}{_where(before)}"
        ) from None


def _put_rest(
    into: Database, settings: Settings, work: Path, made: Manifest, before: Backup | None
) -> Path | None:
    found = into.count(made.rows)
    differing = [name for name, count in made.rows.items() if found[name] != count]
    if differing:
        raise _OtherRows(
            f"The database is now that of the backup, but has other numbers of rows than the "
            f"backup says: {', '.join(differing)}. No other file was touched. Don't serve it: "
            f"restore another backup, with --replace.{_where(before)}"
        )
    return _put_files(settings, work, made)


class _OtherRows(Refusal):
    """The backup itself is wrong, so that restoring it once more would mend nothing."""


def _finish(into: Database) -> str | None:
    """Do what can be done without; gives why it could not be."""
    try:
        into.finish()
    except (Refusal, OSError, KeyboardInterrupt) as trouble:
        return _sentence(trouble)
    return None


def _where(before: Backup | None) -> str:
    return f" What was there before is in {before.path}." if before else ""


def _sentence(trouble: BaseException) -> str:
    if isinstance(trouble, KeyboardInterrupt):
        return "It was interrupted."
    said = _why(trouble) if isinstance(trouble, OSError) else str(trouble).strip()
    return said if said.endswith(".") else f"{said}."


def _why(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason


def _same_disk(settings: Settings) -> Path:
    """A folder from which the database file can be put in its place in one step."""
    if not settings.sqlite:
        return settings.instance
    path = Path(settings.database_url.removeprefix("sqlite:///")).resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.parent


def _put_files(settings: Settings, work: Path, made: Manifest) -> Path | None:
    """Put the rest in its place; gives where a copy of the backup's settings stands, if it does.

    Settings belong to the machine, so those of the backup never take the place of any.
    """
    copy = None
    for name in made.members:
        if name == made.database:
            continue
        target = settings.instance / name
        if name == "settings.toml":
            if target.exists() and target.read_bytes() == (work / name).read_bytes():
                continue
            copy = target = settings.instance / SETTINGS_COPY
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        workplace.belongs_as(work / name, settings.instance)
        _moved(work / name, target)
    for head in making.HEADS:
        if head not in made.members:
            (settings.instance / head).unlink(missing_ok=True)
    workplace.keep(settings.instance)
    if (settings.instance / UPLOADS).is_dir():
        workplace.belongs_as(settings.instance / UPLOADS, settings.instance)
    return copy


def _moved(source: Path, target: Path) -> None:
    """Put a file in another's place in one step, from another disk, too."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    workplace.belongs_as(part, source)
    part.write_bytes(source.read_bytes())
    part.replace(target)
