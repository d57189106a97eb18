"""``citizen-voice import-polis``."""

import sys
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.exc import OperationalError

from citizen_voice import clock
from citizen_voice.challenges.services import SLUG
from citizen_voice.cli.apps import with_app
from citizen_voice.errors import Busy
from citizen_voice.imports import report, services
from citizen_voice.imports.polis import FolderRefused, read
from citizen_voice.words import LANGUAGES

LONGEST_SLUG = 60


def _slug(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if not SLUG.fullmatch(value) or len(value) > LONGEST_SLUG:
        raise click.BadParameter("use small letters, numbers and hyphens, like safer-streets")
    return value


@click.command("import-polis")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--challenge",
    "slug",
    required=True,
    callback=_slug,
    help="The challenge's name in its address; made from summary.csv if it is not there.",
)
@click.option(
    "--closes",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The last day of a challenge that is made.  [default: a year from today]",
)
@click.option(
    "--language",
    type=click.Choice(tuple(LANGUAGES)),
    default="en",
    show_default=True,
    help="The language of the conversation.",
)
@click.option("--dry-run", is_flag=True, help="Read and check everything, write nothing.")
@with_app()
def command(folder: Path, slug: str, closes: datetime | None, language: str, dry_run: bool) -> None:
    """Bring in a conversation exported from Polis: its statements as ideas, and every answer.

    FOLDER holds summary.csv, comments.csv, participants-votes.csv and, if there is one, votes.csv.
    All of it is checked before anything is written. If the import is broken off, run the same
    command again: it goes on. Once it is finished, running it again changes nothing.

    \b
    Examples:
      citizen-voice import-polis bowling-green --challenge bowling-green --dry-run
      citizen-voice import-polis bowling-green --challenge bowling-green
      citizen-voice import-polis sgwrs --challenge gwell-tref --language cy --closes 2027-03-31
    """
    try:
        conversation = read(folder, clock.now())
    except FolderRefused as refused:
        click.echo(f"Nothing was imported. {folder.name} needs mending:", err=True)
        click.echo(str(refused), err=True)
        sys.exit(1)
    wish = services.Wish(slug, language, None if closes is None else closes.date())
    outcome = services.plan(conversation, wish)
    if not dry_run:
        hidden = not sys.stderr.isatty()
        rows = sum(tally.read for tally in outcome.parts.values())
        with click.progressbar(
            length=rows, label="Importing", file=sys.stderr, hidden=hidden
        ) as bar:
            try:
                outcome = services.run(conversation, wish, progress=bar.update)
            except (Busy, OperationalError):
                raise Busy(
                    "The database takes no more just now. What was written stays; "
                    "run the same command again to go on."
                ) from None
    made = "would make" if dry_run else "made"
    click.echo(f"/challenges/{slug}{f' ({made} now)' if outcome.new_challenge else ''}")
    for line in report.lines(conversation, outcome, dry=dry_run):
        click.echo(line)
