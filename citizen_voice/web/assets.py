"""One stylesheet and one script for the whole site, named by their content and kept for a year.

They are put together from the vendored files and our own when the site starts, into the instance
folder, with compressed copies beside them; WhiteNoise serves them. Comments in our own stay here;
those of the vendored files go along, with their licences.
"""

import gzip
import hashlib
import os
import re
from pathlib import Path

import brotli

from citizen_voice.paths import STATIC

VENDOR = STATIC / "vendor"
SOURCES = {
    "site.css": (sorted(VENDOR.glob("govuk-frontend-*/*.css")), STATIC / "css", "*.css"),
    "site.js": (
        sorted(VENDOR.glob("htmx-*/*.js")) + sorted(VENDOR.glob("govuk-frontend-*/*.js")),
        STATIC / "js",
        "*.js",
    ),
    "frame.css": ([], STATIC / "widgets", "frame.css"),
    "frame.js": ([], STATIC / "widgets", "frame.js"),
}
"""The frames' own are for widgets alone: a small one each."""

_LINES_OF_COMMENT = re.compile(
    r"^[ \t]*(?://[^\n]*|/\*(?!!)(?:(?!\*/).)*?\*/[ \t]*)(?:\n|\Z)", re.MULTILINE | re.DOTALL
)


def build(folder: Path) -> dict[str, str]:
    """Write the files into ``folder`` where they are not there yet; name → name with its hash."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {}
    for name, (vendored, ours, pattern) in SOURCES.items():
        parts = [path.read_bytes() for path in vendored]
        parts += [
            without_comments(path.read_text()).encode() for path in sorted(ours.glob(pattern))
        ]
        content = (b"\n;\n" if name.endswith(".js") else b"\n").join(parts)
        stem, suffix = name.rsplit(".", 1)
        hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
        names[name] = hashed
        if not (folder / (hashed + ".br")).exists():
            _put(folder / hashed, content)
            _put(folder / (hashed + ".gz"), gzip.compress(content, 9, mtime=0))
            _put(folder / (hashed + ".br"), brotli.compress(content, quality=11))
    return names


def without_comments(source: str) -> str:
    """A script or a stylesheet of ours without the comments that have their lines to themselves.

    What begins or ends beside code stays as it is, and so does every string: no string of ours goes
    over the end of a line (a test looks).
    """
    return _LINES_OF_COMMENT.sub("", source)


def _put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: several processes may start at once."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)
