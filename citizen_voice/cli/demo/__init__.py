"""``citizen-voice demo``: a lively made-up council."""

import click
from flask import current_app
from sqlalchemy import exists, select

from citizen_voice import revisions
from citizen_voice.challenges.models import Challenge
from citizen_voice.cli import schema, serve
from citizen_voice.cli.apps import with_app
from citizen_voice.cli.demo import team
from citizen_voice.cli.demo.council import make
from citizen_voice.db import db
from citizen_voice.errors import Refusal


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing where there is a council already.")
@click.option("--serve", "then_serve", is_flag=True, help="Then serve it, as `serve` does.")
def command(if_empty: bool, then_serve: bool) -> None:
    """Fill an empty database with a made-up council: challenges, ideas, answers, comments.

    \b
    Examples:
      citizen-voice demo                     refuses a database that has challenges
      citizen-voice demo --if-empty --serve  what `make run` does
    """
    _fill(if_empty)
    if then_serve:  # in one process: a second one would import everything once more
        click.get_current_context().invoke(serve.command, without_worker=False)


@with_app(current_schema=False)
def _fill(if_empty: bool) -> None:
    if revisions.revision() != revisions.newest():
        schema.bring_up_to_date(current_app)
    inhabited = db.session.execute(select(exists().where(Challenge.id > 0))).scalar_one()
    if inhabited:
        if not if_empty:
            raise Refusal("There are challenges in this database already, so nothing was changed.")
        return
    with click.progressbar(length=100, label="Making the demonstration council") as bar:
        made = make(bar.update)
    click.echo(
        f"{made.challenges} challenges, {made.ideas} ideas, {made.people} residents, "
        f"{made.answers} answers, {made.comments} comments, {made.trials} trials. "
        f"Sign in as {made.address}."
    )
    if current_app.config["DEVELOPMENT"]:
        click.echo(f"As staff: {team.PEOPLE[0][0]}, password “{team.PASSWORD}”, codes on /outbox.")
