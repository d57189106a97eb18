"""The files of the repository."""

import subprocess
from functools import cache

from citizen_voice.paths import ROOT

VENDORED = ("static/vendor/", "tests/browser/vendor/", "tools/vendor/licences/")
LOCKS = ("uv.lock", "tools/vendor/package-lock.json")


@cache
def names() -> list[str]:
    """Every file that is in the repository, or would be with the next ``git add``."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True, text=True)
    return sorted(name for name in found.stdout.split("\0") if name and (ROOT / name).is_file())


@cache
def texts() -> dict[str, str]:
    """Name → text of every file of ours that is text; vendored ones are somebody else's words."""
    found = {}
    for name in names():
        if not name.startswith(VENDORED):
            try:
                found[name] = (ROOT / name).read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
    return found
