"""PostgreSQL's own programs: where they are, and which of them fit the server."""

import os
import re
import shutil
import subprocess  # nosec B404  # PostgreSQL's programs
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from citizen_voice.errors import Refusal

DEBIAN = Path("/usr/lib/postgresql")
NEEDED = ("pg_dump", "pg_restore", "psql")


@dataclass(frozen=True, slots=True)
class Programs:
    """The programs of one version, in one folder."""

    folder: Path
    major: int

    def path(self, name: str) -> str:
        """Where a program is."""
        return str(self.folder / name)

    @contextmanager
    def running(
        self,
        name: str,
        *arguments: str,
        environ: Mapping[str, str],
        said: IO[bytes],
        stdin: int = subprocess.DEVNULL,
        stdout: int = subprocess.DEVNULL,
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Run a program; it has ended afterwards, whatever happens. ``said`` takes its errors."""
        program = subprocess.Popen(  # nosec B603  # a program found where PostgreSQL puts it
            [self.path(name), *arguments],
            env=environ,
            stdin=stdin,
            stdout=stdout,
            stderr=said,
        )
        try:
            yield program
        finally:
            for pipe in (program.stdin, program.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):  # it has ended by itself
                        pipe.close()
            program.kill()
            program.wait()


def fitting(server: int) -> Programs:
    """The programs for a server of this major version; raises ``Refusal`` where there are none.

    They may be newer than the server, and the nearest version is taken: a much newer one writes
    what an older server does not understand.
    """
    found = {programs.major: programs for programs in map(_look_at, _folders()) if programs}
    new_enough = [major for major in found if major >= server]
    if new_enough:
        return found[min(new_enough)]
    older = f" (found: version {max(found)})" if found else ""
    raise Refusal(
        f"The server is PostgreSQL {server}; its programs pg_dump, pg_restore and psql of version "
        f"{server} or later are needed here{older}. On Debian: apt install postgresql-client"
    )


def _folders() -> list[Path]:
    """Where they may be, what is asked for by name before what is found by looking."""
    on_path = shutil.which("pg_dump")
    folders = sorted(DEBIAN.glob("*/bin"))
    asked = shutil.which("pg_config")
    if asked:
        said = subprocess.run(  # nosec B603  # a program found on PATH
            [asked, "--bindir"], capture_output=True, text=True, check=False
        )
        folders.append(Path(said.stdout.strip() or os.devnull))
    if on_path:
        folders.append(Path(on_path).parent)
    return folders


def _look_at(folder: Path) -> Programs | None:
    if not all(os.access(folder / name, os.X_OK) for name in NEEDED):
        return None
    said = subprocess.run(  # nosec B603  # a program found where PostgreSQL puts it
        [str(folder / "pg_dump"), "--version"], capture_output=True, text=True, check=False
    )
    version = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    return Programs(folder, int(version[1])) if version else None
