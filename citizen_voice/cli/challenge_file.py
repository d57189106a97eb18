"""A challenge described in a TOML file."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from citizen_voice.challenges.models import Challenge
from citizen_voice.errors import Refusal

REQUIRED = ("slug", "question_en", "opens_on", "closes_on")
MADE_BY_US = {
    "id",
    "opens_at",
    "closes_at",
    "published_at",
    "archived_at",
    "cancelled_at",
    "cancelled_why_en",
    "cancelled_why_cy",
    "created_at",
}
ALLOWED = {column.name for column in Challenge.__table__.columns} - MADE_BY_US

EXAMPLE = """\
slug = "safer-streets"
question_en = "What would make your street safer?"
question_cy = ""
background_en = "Why we ask, in a few sentences."
sponsor_en = "The cabinet member for streets"
decides_en = "The streets team, each month"
money_en = "£40,000 this year"
fixed_en = "Speed limits on trunk roads"
promise_en = "The top five each month within 20 working days; everything else by 31 March."
reply_team_en = "Streets team"
replies_by = 2027-03-31
opens_on = 2027-01-11
closes_on = 2027-02-28
ballot = "opinion"        # or "support"
moderation = "after"      # or "newcomers", "before"
topics = [["Crossings", ""], ["Lighting", ""], ["Speed", ""]]
"""


@dataclass(frozen=True, slots=True)
class Described:
    """A challenge as a file describes it: column → value, and its topics (English, Welsh)."""

    values: dict[str, Any]
    topics: list[tuple[str, str]]


def read(file: Path) -> Described:
    """Read a file; raises ``Refusal`` that names what is wrong."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal(f"{file.name} can't be read: {error}") from None
    topics = table.pop("topics", [])
    missing = [name for name in REQUIRED if name not in table]
    unknown = sorted(set(table) - ALLOWED)
    if missing or unknown:
        said = [f"missing {', '.join(missing)}"] if missing else []
        said += [f"unknown {', '.join(unknown)}"] if unknown else []
        raise Refusal(f"{file.name}: {'; '.join(said)}.")
    for name, value in table.items():
        kind = date if name.endswith(("_on", "_by")) else str
        if type(value) is not kind:
            wanted = "a day, like 2027-01-31" if kind is date else "text in quotation marks"
            raise Refusal(f"{file.name}: {name} should be {wanted}.")
    if not all(_is_pair(pair) for pair in topics):
        raise Refusal(f"{file.name}: topics should be pairs of an English and a Welsh name.")
    return Described(table, [(english, welsh) for english, welsh in topics])


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(name, str) for name in pair)
