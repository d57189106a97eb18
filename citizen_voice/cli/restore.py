"""``citizen-voice restore``."""

import sys
from pathlib import Path

import click
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from citizen_voice import config, create_app, revisions
from citizen_voice.accounts import erasures, wiping
from citizen_voice.backups import restoring
from citizen_voice.backups.restoring import Restored
from citizen_voice.cli import backup, check, schema
from citizen_voice.cli import erasures as erasing
from citizen_voice.cli.apps import let_go
from citizen_voice.cli.bars import bars
from citizen_voice.config import Settings
from citizen_voice.errors import Refusal
from citizen_voice.journal import services as journal
from citizen_voice.outbox import queries as outbox
from citizen_voice.words import force_locale


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Back up what is there, and then replace it.")
@click.option("--migrate", is_flag=True, help="Bring an older backup to this version's schema.")
@click.option("--no-erasures-yet", is_flag=True, help="Nobody has ever deleted their account.")
def command(file: Path, replace: bool, migrate: bool, no_erasures_yet: bool) -> None:
    """Restore a backup into the installation that the settings describe, all of it or nothing.

    The site and its worker have to be stopped. The file is held against its checksums before
    anything is touched. Afterwards everybody whom the erasure journal lists is erased again, every
    figure is recounted and the journal is verified.

    \b
    Examples:
      citizen-voice restore citizen-voice-20270131T030000Z.tar
      citizen-voice restore before-the-upgrade.tar --replace
      CITIZEN_VOICE_ENV=development CITIZEN_VOICE_INSTANCE=rehearsal \\
          citizen-voice restore citizen-voice-20270131T030000Z.tar --migrate
    """
    settings = config.load()
    newest = revisions.newest() or ""
    with bars("Reading", "Backing up what is there") as measured:
        restored = restoring.restore(
            settings,
            file,
            newest=newest,
            replace=replace,
            measured=measured,
            no_erasures_yet=no_erasures_yet,
        )
    _say(restored)
    older = restored.manifest.schema != newest
    if older and not migrate:
        click.echo(
            f"It is of schema {restored.manifest.schema}; this version needs {newest}. "
            f"Now run: citizen-voice migrate, then erasures replay, then check, then journal verify"
        )
    elif not _holds(config.load(), older=older):  # with the key that was restored
        sys.exit(1)


def _say(restored: Restored) -> None:
    if restored.before is not None:
        click.echo(f"What was there: {backup.said(restored.before)}")
    made = restored.manifest
    answers = made.rows.get("answers", 0)
    click.echo(f"Restored as of {made.moment}: {answers:,} answer{'' if answers == 1 else 's'}.")
    if restored.settings_copy is not None:
        click.echo(f"The settings of the backup are in {restored.settings_copy}; yours stay.")
    if restored.missing is not None:
        click.echo(f"All of it is there, but one thing that it can do without. {restored.missing}")


def _holds(settings: Settings, *, older: bool) -> bool:
    """Migrate if need be, recount, and verify the journal; says what was found."""
    app = create_app(settings)
    try:
        return _look(app, older=older)
    except (SQLAlchemyError, Refusal) as error:
        what = "migrated and looked through" if older else "looked through"
        said = str(getattr(error, "orig", None) or error).strip()
        raise Refusal(
            f"The backup is restored, but could not be {what}: {said}\n"
            f"Before you serve it, run: citizen-voice {'migrate, then ' if older else ''}"
            f"erasures replay, then check, then journal verify"
        ) from None
    finally:
        let_go(app)


def _look(app: Flask, *, older: bool) -> bool:
    with app.app_context(), force_locale("en"):
        if older:
            schema.bring_up_to_date(app)
            click.echo(f"The database is now at revision {revisions.revision()}.")
        click.echo(erasing.said(erasures.replay()))
        wiping.wipe()
        differences = check.differences()
        for difference in differences:
            click.echo(str(difference))
        many = len(differences)
        click.echo(f"{many} difference{'' if many == 1 else 's'}.")
        entries = journal.verify()
        broken = isinstance(entries, journal.Broken)
        if isinstance(entries, journal.Broken):
            click.echo(f"Entry {entries.number} of the journal {entries.why}.")
        else:
            click.echo(f"{entries} entries of the journal hold.")
        waiting = outbox.waiting()
        if waiting:
            click.echo(
                f"{waiting} letter{'' if waiting == 1 else 's'} waited then, and will go out when "
                f"the worker runs."
            )
        return not differences and not broken
