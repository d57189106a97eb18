"""``citizen-voice journal``."""

import sys

import click

from citizen_voice.cli.apps import with_app
from citizen_voice.journal import services
from citizen_voice.journal.services import Broken


@click.group("journal")
def command() -> None:
    """The journal of what must be provable."""


@command.command("verify")
@with_app()
def verify() -> None:
    """Read the whole chain and name the first entry that does not hold.

    \b
    Examples:
      citizen-voice journal verify    exit code 1 where an entry was changed, removed or cut
    """
    found = services.verify()
    if isinstance(found, Broken):
        click.echo(f"Entry {found.number} {found.why}.")
        sys.exit(1)
    click.echo(f"{found} entries hold.")
