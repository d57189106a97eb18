"""``citizen-voice tidy``."""

import click

from citizen_voice import housekeeping
from citizen_voice.cli.apps import with_app


@click.command("tidy")
@with_app()
def command() -> None:
    """Delete what has run out: sessions, codes, limits, old letters. The worker does it by itself.

    \b
    Examples:
      citizen-voice tidy
    """
    for what, count in housekeeping.tidy().items():
        click.echo(f"{what}: {count}")
