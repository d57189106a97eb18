"""The archive: a plain tar file, the manifest first, regular files of known names alone."""

import hashlib
import io
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from citizen_voice.backups import manifest
from citizen_voice.backups.manifest import Manifest, Member
from citizen_voice.errors import Refusal

Progress = Callable[[int], None]
CHUNK = 1 << 20
LARGEST_MANIFEST = 4 << 20
DAMAGED = "This file is damaged, or no backup of Citizen Voice. Nothing was restored."


def measure(path: Path, progress: Progress) -> Member:
    """The size and SHA-256 of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            progress(len(chunk))
    return Member(size, digest.hexdigest())


def write(target: Path, made: Manifest, files: dict[str, Path], progress: Progress) -> None:
    """Write an archive that only its owner may read, and see it on the disk."""
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as out:
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            content = made.to_json()
            tar.addfile(_entry(manifest.NAME, len(content), made), io.BytesIO(content))
            for name, path in files.items():
                with path.open("rb") as file:
                    told = _Told(file, progress)
                    tar.addfile(_entry(name, made.members[name].size, made), told)
        out.flush()
        os.fsync(out.fileno())


def _entry(name: str, size: int, made: Manifest) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    entry.mtime = int(datetime.fromisoformat(made.moment).timestamp())
    return entry


class _Told:
    """A file that tells how much of it was read."""

    def __init__(self, file: IO[bytes], progress: Progress) -> None:
        self._file, self._progress = file, progress

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        chunk = self._file.read(size)
        self._progress(len(chunk))
        return chunk


@contextmanager
def opened(path: Path) -> Iterator["Archive"]:
    """Open a backup and read its manifest. Raises ``Refusal`` for what is none."""
    try:
        with path.open("rb") as file, tarfile.open(fileobj=file, mode="r:") as tar:
            yield Archive(tar)
    except (tarfile.TarError, EOFError):
        raise Refusal(DAMAGED) from None
    except OSError as error:
        raise Refusal(f"{error.filename or path.name}: {error.strerror}.") from None


class Archive:
    """An open backup: ``manifest``, and ``unpack()`` for the rest."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        first = tar.next()
        if first is None or first.name != manifest.NAME or not first.isreg():
            raise Refusal(DAMAGED)
        if first.size > LARGEST_MANIFEST:
            raise Refusal(DAMAGED)
        content = tar.extractfile(first)
        self.manifest = manifest.parse(content.read() if content else b"")

    def unpack(self, into: Path, progress: Progress) -> None:
        """Write the files into a folder, held against the manifest. Raises ``Refusal``.

        Nothing is taken on the archive's word: what is no regular file with a name and size of the
        manifest is refused, and so is an archive that lacks one.
        """
        missing = set(self.manifest.members)
        while (entry := self._tar.next()) is not None:
            expected = self.manifest.members.get(entry.name)
            if expected is None or entry.name not in missing or not entry.isreg():
                raise Refusal(DAMAGED)
            missing.remove(entry.name)
            source = self._tar.extractfile(entry)
            if source is None or entry.size != expected.size:
                raise Refusal(DAMAGED)
            if _copied(source, into / entry.name, progress) != expected:
                raise Refusal(
                    f"{entry.name} in this backup is damaged: its checksum differs. "
                    f"Nothing was restored."
                )
        if missing:
            raise Refusal(f"This backup lacks {', '.join(sorted(missing))}. Nothing was restored.")


def _copied(source: IO[bytes], target: Path, progress: Progress) -> Member:
    digest, size = hashlib.sha256(), 0
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as out:
        while chunk := source.read(CHUNK):
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            progress(len(chunk))
        out.flush()
        os.fsync(out.fileno())
    return Member(size, digest.hexdigest())
