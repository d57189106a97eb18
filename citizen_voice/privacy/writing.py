"""Writing a copy: a ZIP with the data as JSON and as a page, written as it is read."""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import IO
from uuid import UUID

from citizen_voice import register
from citizen_voice.privacy import files, readable
from citizen_voice.privacy.finding import Holding, holdings
from citizen_voice.privacy.reading import lines
from citizen_voice.register import Purpose
from citizen_voice.words import gettext, language

JSON, PAGE, README = "my-data.json", "my-data.html", "README.txt"
FORMAT = "citizen-voice-copy-1"
PIECE = 64 * 1024

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is whole: how many bytes, and their SHA-256."""

    size: int
    sha256: str


def write_copy(
    path: Path, person_id: UUID, *, site_name: str, made_at: datetime, progress: Progress
) -> Written:
    """Write everything that is held about somebody, in the language that is in force.

    ``progress`` is told how many rows were written more, and may raise to stop it all. Raises
    ``OSError`` where the disk takes it not.
    """
    with (
        open(path, "xb", opener=files.private) as file,
        tempfile.TemporaryFile(dir=path.parent) as beside,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
    ):
        with _entry(archive, JSON) as data, _text(beside) as page:
            _write(data, page, person_id, site_name, made_at, progress)
        beside.seek(0)
        with archive.open(PAGE, "w", force_zip64=True) as entry:
            while piece := beside.read(PIECE):
                entry.write(piece)
        archive.writestr(README, _readme(site_name))
        archive.close()
        file.flush()
        os.fsync(file.fileno())
    return _summed(path)


def purposes(holding: Holding) -> list[Purpose]:
    """What a table's columns are held for."""
    return [
        register.purpose(key) for key in dict.fromkeys(each.purpose for each in holding.entries)
    ]


def _write(
    data: IO[str],
    page: IO[str],
    person_id: UUID,
    site_name: str,
    made_at: datetime,
    progress: Progress,
) -> None:
    about = {
        "format": FORMAT,
        "site": site_name,
        "made": made_at.isoformat(),
        "language": language(),
    }
    data.write(json.dumps(about, ensure_ascii=False)[:-1] + ', "tables": [')
    page.write(readable.head(site_name, made_at))
    between = "\n"
    for holding in holdings():
        begun = False
        for batch in lines(holding, person_id):
            if begun:
                data.write(",\n")
            else:
                data.write(between + _opening(holding))
                page.write(readable.section(holding, purposes(holding)))
                begun, between = True, ",\n"
            data.write(",\n".join(json.dumps(line, ensure_ascii=False) for line in batch))
            page.write(readable.rows(holding, batch))
            progress(len(batch))
        if begun:
            data.write("\n]}")
            page.write(readable.end_of_section(holding))
    data.write("\n]}\n")
    page.write(readable.foot())


def _opening(holding: Holding) -> str:
    """A table in JSON, up to its rows."""
    said = {
        "table": holding.name,
        "title": str(holding.title),
        "purposes": [
            {"purpose": str(each.words), "basis": readable.words_of(each.basis)}
            for each in purposes(holding)
        ],
    }
    return json.dumps(said, ensure_ascii=False)[:-1] + ', "rows": [\n'


def _readme(site_name: str) -> str:
    parts = (
        gettext("A copy of your data at %(site)s.", site=site_name),
        gettext("Open my-data.html to read it. It needs no internet."),
        gettext("my-data.json has the same, for programs to read."),
    )
    return "\n".join(parts) + "\n"


@contextmanager
def _entry(archive: zipfile.ZipFile, name: str) -> Iterator[IO[str]]:
    with archive.open(name, "w", force_zip64=True) as raw, _text(raw) as text:
        yield text


@contextmanager
def _text(raw: IO[bytes]) -> Iterator[IO[str]]:
    """A file of bytes as one of words; it stays open."""
    text = TextIOWrapper(raw, encoding="utf-8", newline="\n")
    try:
        yield text
        text.flush()
    finally:
        text.detach()


def _summed(path: Path) -> Written:
    summed = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            summed.update(piece)
    return Written(path.stat().st_size, summed.hexdigest())
