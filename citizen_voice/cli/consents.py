"""``citizen-voice consents``."""

import sys

import click

from citizen_voice.cli.apps import with_app
from citizen_voice.consent import services
from citizen_voice.journal.chains import Broken


@click.group("consents")
def command() -> None:
    """The ledger of what people consented to."""


@command.command("verify")
@with_app()
def verify() -> None:
    """Read the whole ledger and name the first entry that does not hold.

    \b
    Examples:
      citizen-voice consents verify    exit code 1 where an entry was changed, removed or cut
    """
    found = services.verify()
    if isinstance(found, Broken):
        click.echo(f"Entry {found.number} {found.why}.")
        sys.exit(1)
    click.echo(f"{found} entries hold.")
