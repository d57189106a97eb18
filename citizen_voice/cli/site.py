"""``citizen-voice site``: the council's name, colours and wards, for who prepares a place."""

from pathlib import Path

import click

from citizen_voice.cli.apps import with_app
from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.places import services as places
from citizen_voice.places import wardfile
from citizen_voice.site import services, settling

YES = ("yes", "true", "1", "on")


@click.group("site")
def command() -> None:
    """The council's own place: its name, colours, contact, wards."""


@command.command("set")
@click.argument("setting", type=click.Choice(settling.SETTLED))
@click.argument("value")
@with_app()
def set_(setting: str, value: str) -> None:
    """Change one setting.

    \b
    Examples:
      citizen-voice site set council_en "Exampleshire Council"
      citizen-voice site set brand_colour "#0b5a55"
      citizen-voice site set welsh_on no
    """
    given: object = value
    if setting in settling.SWITCHES:
        given = value.casefold() in YES
    with write():
        services.settle({setting: given}, seen=None, actor=None)
    click.echo(f"{setting} is set.")


@command.command("wards")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_app()
def wards(file: Path) -> None:
    """Read wards from a CSV file with the columns code, name and, if you like, welsh.

    The files of the Office for National Statistics fit as they are. Wards that the file does not
    have stay.

    \b
    Examples:
      citizen-voice site wards wards.csv     known codes get their new names
    """
    try:
        read = wardfile.read(file.read_bytes())
    except Refusal as refusal:
        raise Refusal(f"{file.name}: {refusal}") from None
    if read.faults:
        lines = "\n".join(f"{file.name}, line {each.line}: {each.what}" for each in read.faults)
        raise Refusal(lines)
    with write():
        done = places.apply(read.rows, retire_others=False, seen=None, actor=None)
    click.echo(f"{len(read.rows)} wards: {len(done.added)} added, {len(done.renamed)} renamed.")
