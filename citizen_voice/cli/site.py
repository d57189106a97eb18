"""``citizen-voice site``: the council's name, colours and wards, until it has screens."""

import csv
from pathlib import Path

import click
from sqlalchemy import select

from citizen_voice.cli.apps import with_app
from citizen_voice.db import db, write
from citizen_voice.errors import Refusal
from citizen_voice.places.models import Ward
from citizen_voice.site import services

SETTINGS = (
    "name_en",
    "name_cy",
    "council_en",
    "council_cy",
    "tagline_en",
    "tagline_cy",
    "contact_email",
    "contact_phone",
    "contact_address_en",
    "contact_address_cy",
    "brand_colour",
    "link_colour",
)


LONGEST = {"code": 20, "name_en": 80, "name_cy": 80}


@click.group("site")
def command() -> None:
    """The council's own place: its name, colours, contact, wards."""


@command.command("set")
@click.argument("setting", type=click.Choice((*SETTINGS, "welsh_on")))
@click.argument("value")
@with_app()
def set_(setting: str, value: str) -> None:
    """Change one setting.

    \b
    Examples:
      citizen-voice site set council_en "Exampleshire Council"
      citizen-voice site set welsh_on no
    """
    with write():
        if setting == "welsh_on":
            services.change(welsh_on=value.casefold() in ("yes", "true", "1", "on"))
        else:
            services.change(**{setting: value})
    click.echo(f"{setting} is set.")


@command.command("wards")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_app()
def wards(file: Path) -> None:
    """Read wards from a CSV file with the columns code, name_en and, if you like, name_cy.

    \b
    Examples:
      citizen-voice site wards wards.csv     known codes get their new names
    """
    rows = _rows(file)
    with write():
        for row in rows:
            ward = db.session.scalars(select(Ward).where(Ward.code == row["code"])).one_or_none()
            if ward is None:
                ward = Ward(code=row["code"])
                db.session.add(ward)
            ward.name_en, ward.name_cy = row["name_en"], row.get("name_cy") or ""
        services.change()
    click.echo(f"{len(rows)} wards.")


def _rows(file: Path) -> list[dict[str, str]]:
    """The rows of a file of wards; raises ``Refusal`` with the line that is wrong."""
    rows = []
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = {"code", "name_en"} - set(reader.fieldnames or ())
            if missing:
                raise Refusal(f"{file.name}, line 1: missing column {', '.join(sorted(missing))}.")
            for row in reader:
                said = _wrong(row)
                if said:
                    raise Refusal(f"{file.name}, line {reader.line_num}: {said}.")
                rows.append(row)
    except UnicodeDecodeError:
        raise Refusal(f"{file.name} is not UTF-8: save it as CSV in UTF-8.") from None
    except csv.Error as error:
        raise Refusal(f"{file.name}, line {reader.line_num + 1}: {error}.") from None
    return rows


def _wrong(row: dict[str, str]) -> str | None:
    """What is wrong with a ward's row."""
    if not row["code"] or not row["name_en"]:
        return "code and name_en can't be empty"
    for name, longest in LONGEST.items():
        value = row.get(name) or ""
        if len(value) > longest:
            return f"{name} has {len(value)} letters, and {longest} at most fit"
        if not value.isprintable():
            return f"{name} has characters that can't be printed"
    return None
