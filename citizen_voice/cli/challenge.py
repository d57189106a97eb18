"""``citizen-voice challenge``: challenges, by hand or by script; staff have screens for them."""

from datetime import date
from pathlib import Path

import click

from citizen_voice import clock
from citizen_voice.challenges import policies, queries, services
from citizen_voice.challenges.services import acts
from citizen_voice.cli import challenge_file
from citizen_voice.cli.apps import with_app
from citizen_voice.db import write
from citizen_voice.errors import NotHere


@click.group("challenge")
def command() -> None:
    """Make, list and reschedule challenges."""


@command.command("create")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_app()
def create(file: Path) -> None:
    """Make and publish a challenge from a TOML file; `challenge example` prints one to start from.

    \b
    Examples:
      citizen-voice challenge example > streets.toml
      citizen-voice challenge create streets.toml
    """
    described = challenge_file.read(file)
    with write():
        challenge = acts.make(described.values, actor=None)
        services.add_topics(challenge, described.topics)
        slug = acts.publish(challenge.id, actor=None).slug
    click.echo(f"Published at /challenges/{slug}")


@command.command("example")
def example() -> None:
    """Print a challenge file to start from.

    \b
    Examples:
      citizen-voice challenge example > streets.toml
    """
    click.echo(challenge_file.EXAMPLE)


@command.command("list")
@with_app()
def list_() -> None:
    """List the challenges, the newest first: drafts and archived ones, too.

    \b
    Examples:
      citizen-voice challenge list
    """
    now = clock.now()
    for row in queries.all_of_them():
        state = policies.standing(row, now)
        click.echo(f"{row.slug}  {state}  {row.opens_on} – {row.closes_on}  {row.question_en}")


@command.command("reschedule")
@click.argument("slug")
@click.option("--opens", type=click.DateTime(["%Y-%m-%d"]), help="The first day.")
@click.option("--closes", type=click.DateTime(["%Y-%m-%d"]), help="The last day.")
@with_app()
def reschedule(slug: str, opens: date | None, closes: date | None) -> None:
    """Move the opening or the closing day.

    \b
    Examples:
      citizen-voice challenge reschedule safer-streets --closes 2027-03-31
    """
    with write():
        row = next((row for row in queries.all_of_them() if row.slug == slug), None)
        if row is None:
            raise NotHere
        acts.reschedule(
            row.id,
            opens_on=_day(opens) or row.opens_on,
            closes_on=_day(closes) or row.closes_on,
            actor=None,
        )
    click.echo("Rescheduled.")


def _day(moment: date | None) -> date | None:
    return None if moment is None else date(moment.year, moment.month, moment.day)
