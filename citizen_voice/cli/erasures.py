"""``citizen-voice erasures``."""

import click

from citizen_voice.accounts import erasures, wiping
from citizen_voice.cli.apps import with_app


@click.group("erasures")
def command() -> None:
    """The erasure journal: who was erased, so that no backup brings them back."""


@command.command("replay")
@with_app()
def replay() -> None:
    """Erase again everybody whom the journal lists and who is in the database.

    `citizen-voice restore` does it by itself. It is needed where a database came from before in
    another way, or was migrated after it was restored. To do it more often does no harm.

    \b
    Examples:
      citizen-voice erasures replay
    """
    click.echo(said(erasures.replay()))
    wiping.wipe()


@command.command("verify")
@with_app()
def verify() -> None:
    """Read the whole journal, and hold the database against it; changes nothing.

    \b
    Examples:
      citizen-voice erasures verify    exit code 1 where a line was changed, or somebody is back
    """
    lines, back = erasures.verify()
    click.echo(f"{lines} line{'' if lines == 1 else 's'} hold.")
    if back:
        click.echo(f"{_people(back)} in it and in the database. Run: citizen-voice erasures replay")
        raise SystemExit(1)


@command.command("wipe")
@with_app()
def wipe() -> None:
    """Leave nothing of what was deleted in the free parts of the database's files.

    The worker does it every night after somebody was erased.

    \b
    Examples:
      citizen-voice erasures wipe
    """
    wiping.wipe()
    click.echo("Wiped.")


def said(found: erasures.Replayed) -> str:
    """What a replay found, in a line."""
    many = found.erasures
    return (
        f"{many} erasure{'' if many == 1 else 's'} in the erasure journal; "
        f"{_people(found.absent_again)} here again, and now absent."
    )


def _people(count: int) -> str:
    return "1 person was" if count == 1 else f"{count} people were"
