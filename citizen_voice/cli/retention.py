"""``citizen-voice retention``."""

import click

from citizen_voice.cli.apps import with_app
from citizen_voice.retention import queries, services
from citizen_voice.retention.sweeps import SWEEPS


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@with_app()
def command(dry_run: bool) -> None:
    """Take away what was kept for its time, and tell people whose account nobody uses.

    The worker does it by itself, once a day at three. To do it more often does no harm: it does
    what is due, and what was cut off. What a hold is about stays.

    \b
    Examples:
      citizen-voice retention --dry-run
      citizen-voice retention
    """
    if not dry_run:
        for name, count in services.run().items():
            click.echo(f"{SWEEPS[name].title}: {count}")
        return
    for each in queries.planned():
        held = f" (kept by a hold: {each.held})" if each.held else ""
        click.echo(f"{each.sweep.title}: {each.count}{held}")
