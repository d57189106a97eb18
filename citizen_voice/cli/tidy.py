"""``citizen-voice tidy``."""

import click

from citizen_voice import housekeeping
from citizen_voice.cli.apps import with_app
from citizen_voice.retention.sweeps import SWEEPS

OTHERS = {
    "erasures-cut-off": "Erasures that were cut off",
    "files-of-copies": "Files that no copy has",
    "widget-counts": "Counts of widgets",
}


@click.command("tidy")
@with_app()
def command() -> None:
    """Delete what has run out: sessions, codes, limits, drafts, letters, comments taken away.

    The worker does it by itself, a minute after every full hour. To do it more often does no harm.

    \b
    Examples:
      citizen-voice tidy
    """
    for what, count in housekeeping.tidy().items():
        title = OTHERS[what] if what in OTHERS else SWEEPS[what].title
        click.echo(f"{title}: {count}")
