"""``citizen-voice backup``."""

from pathlib import Path

import click

from citizen_voice import config
from citizen_voice.backups import making
from citizen_voice.backups.making import Backup
from citizen_voice.cli.bars import bars


@click.command("backup")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    help="A folder, or a file whose name ends in .tar.  [default: backups in the instance folder]",
)
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    help="Afterwards, delete the oldest backups in the folder, so that so many stay.",
)
def command(to: Path | None, keep: int | None) -> None:
    """Write everything into one file, as it is at this moment, while the site serves.

    In it are the database, the head of the journal, the secret key, settings.toml and uploads. It
    holds personal data and secrets: keep it as you keep the server, and a copy on another one. The
    worker's queue and the erasure journal are not in it.

    \b
    Examples:
      citizen-voice backup
      citizen-voice backup --to /var/backups/citizen-voice --keep 14
      citizen-voice backup --to before-the-upgrade.tar
    """
    settings = config.load()
    where = making.usual_place(settings) if to is None else making.place(to)
    if keep is not None and where.name:
        raise click.UsageError("--keep counts the backups in a folder: give --to a folder.")
    with bars("Backing up") as measured:
        made = making.make(settings, where, measured)
    click.echo(said(made))
    if keep is not None:
        for path in making.drop_all_but(where.folder, keep):
            click.echo(f"Deleted {path.name}")


def said(made: Backup) -> str:
    """A backup in a line: where it is, how large, and how many answers are in it."""
    answers = made.manifest.rows.get("answers", 0)
    return (
        f"{made.path}: {made.size / 1e6:,.1f} MB, "
        f"{answers:,} answer{'' if answers == 1 else 's'}, schema {made.manifest.schema}"
    )
