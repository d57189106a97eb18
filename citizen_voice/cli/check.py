"""``citizen-voice check``."""

import sys

import click

from citizen_voice.answers import recount
from citizen_voice.cli.apps import with_app


@click.command("check")
@click.option("--fix", is_flag=True, help="Mend what differs.")
@with_app()
def command(fix: bool) -> None:
    """Recount every figure from the rows and compare it with what is shown.

    \b
    Examples:
      citizen-voice check          exit code 1 where anything differs
      citizen-voice check --fix    the same, and mends it
    """
    found = recount.differences()
    for difference in found:
        click.echo(str(difference))
    if not found:
        click.echo("0 differences.")
        return
    click.echo(f"{len(found)} difference{'s' if len(found) != 1 else ''}.")
    if fix:
        mended = recount.fix()
        click.echo(f"{mended} idea{'s' if mended != 1 else ''} mended.")
    else:
        sys.exit(1)
