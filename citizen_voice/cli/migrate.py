"""``citizen-voice migrate``."""

import click
from flask import current_app

from citizen_voice import revisions
from citizen_voice.cli import schema
from citizen_voice.cli.apps import with_app


@click.command("migrate")
@with_app(current_schema=False)
def command() -> None:
    """Bring the database to this version's schema.

    \b
    Examples:
      citizen-voice migrate        before the first start, and after every upgrade
    """
    before = revisions.revision()
    schema.bring_up_to_date(current_app)
    after = revisions.revision()
    words = "is up to date" if before == after else f"is now at revision {after}"
    click.echo(f"The database {words}.")
