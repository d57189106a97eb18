"""``citizen-voice check``."""

import sys

import click

from citizen_voice import clock
from citizen_voice.answers import activity, recount
from citizen_voice.cli import progress
from citizen_voice.cli.apps import with_app
from citizen_voice.comments import recount as comments
from citizen_voice.db import write
from citizen_voice.desk import queries as desk
from citizen_voice.ideas import indexing
from citizen_voice.merging import recount as merging


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
    ends = desk.runs_out(clock.today())
    if ends is not None:
        click.echo(
            f"Bank holidays are known up to {ends}: read in a newer list at the rights desk."
        )
    found = differences()
    for difference in found:
        click.echo(str(difference))
    if not found:
        click.echo("0 differences.")
        return
    click.echo(f"{len(found)} difference{'s' if len(found) != 1 else ''}.")
    if fix:
        mended = recount.fix()
        with write():
            activity.rebuild()
        click.echo(f"{mended} idea{'s' if mended != 1 else ''} mended.")
        mended = comments.fix()
        click.echo(f"{mended} discussion{'s' if mended != 1 else ''} mended.")
        if indexing.differences():
            held = indexing.rebuild(progress.told("search"))
            click.echo(f"The search is made anew: it holds {held} ideas.")
    else:
        sys.exit(1)


def differences() -> list[object]:
    """Everything that is shown otherwise than the rows say."""
    return [
        *recount.differences(),
        *comments.differences(),
        *merging.differences(),
        *indexing.differences(),
    ]
