"""The manifest: what is in a backup, so that a restore can tell before it touches anything."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from citizen_voice.errors import Refusal

NAME = "manifest.json"
FORMAT = 1
DIALECTS = ("sqlite", "postgresql")
TABLE = re.compile(r"[a-z][a-z0-9_]{0,62}")
REVISION = re.compile(r"\d{4}")
SHA256 = re.compile(r"[0-9a-f]{64}")
MEMBER = re.compile(
    r"database\.(?:sqlite|pgdump)|journal\.head|consents\.head|secret\.key|settings\.toml"
    r"|uploads(?:/[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}){1,8}"
)
"""What an archive may hold. No name leads out of the folder that it is unpacked into."""

DATABASE = {"sqlite": "database.sqlite", "postgresql": "database.pgdump"}


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; ``rows`` counts the rows of each table."""

    version: str
    schema: str
    dialect: str
    server: str
    moment: str
    rows: dict[str, int]
    members: dict[str, Member]

    @property
    def database(self) -> str:
        """The name of the member that is the database."""
        return DATABASE[self.dialect]

    def to_json(self) -> bytes:
        """As it stands in the archive."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1).encode() + b"\n"


def parse(content: bytes) -> Manifest:
    """Read a manifest. Raises ``Refusal`` for one that is damaged or of another format."""
    try:
        given = json.loads(content)
        if given.pop("format") != FORMAT:
            raise Refusal(
                "A later version of Citizen Voice made this backup. Restore it with that."
            )
        members = {str(name): Member(**member) for name, member in given.pop("members").items()}
        found = Manifest(**given, members=members)
        sound = _is_sound(found)
    except (ValueError, TypeError, KeyError, AttributeError):
        sound = False
    if not sound:
        raise Refusal("The manifest of this backup is damaged, so nothing was restored.")
    return found


def _is_sound(given: Manifest) -> bool:
    datetime.fromisoformat(given.moment)
    return (
        given.dialect in DIALECTS
        and bool(REVISION.fullmatch(given.schema))
        and given.database in given.members
        and all(isinstance(text, str) for text in (given.version, given.server))
        and all(MEMBER.fullmatch(name) for name in given.members)
        and all(_is_count(one.size) for one in given.members.values())
        and all(SHA256.fullmatch(one.sha256) for one in given.members.values())
        and all(TABLE.fullmatch(name) and _is_count(n) for name, n in given.rows.items())
    )


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0
