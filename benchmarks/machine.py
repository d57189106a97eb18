"""What the figures were measured on, without a name of anybody's machine."""

import os
import platform
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.starting import flush_milliseconds
from citizen_voice.paths import ROOT

PACKAGES = ("flask", "sqlalchemy", "jinja2", "granian", "psycopg")


def described(folder: Path, postgresql: str | None) -> dict[str, Any]:
    """The machine and the versions. ``folder`` lies on the disk that is measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "revision": _said("git", "describe", "--always", "--dirty"),
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory_in_GB": round(memory),
        "disk_flush_in_ms": round(flush_milliseconds(folder), 3),
        "system": f"{platform.system()} {platform.machine()}",
        "versions": {
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            "postgresql": postgresql or "not used",
            **{name: version(name) for name in PACKAGES},
            "wrk": _said("wrk", "--version").split(" [")[0].removeprefix("wrk "),
        },
        "load_before": round(os.getloadavg()[0], 2),
    }


def name_of_results(machine: dict[str, Any]) -> str:
    """What the files of results are called."""
    return f"{machine['date']}-{machine['cores']}-cores"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _said(*command: str) -> str:
    if shutil.which(command[0]) is None:
        return "unknown"
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return ((done.stdout or done.stderr).strip().splitlines() or ["unknown"])[0]
