"""``citizen-voice worker``."""

import logging

import click
from flask import current_app
from huey.consumer import Consumer

from citizen_voice.cli import processes
from citizen_voice.cli.apps import with_app


@click.command("worker")
@with_app()
def command() -> None:
    """Deliver mail and do what is due every hour, until stopped.

    \b
    Examples:
      citizen-voice worker         beside `citizen-voice serve --without-worker`
    """
    processes.end_with_parent()
    logging.getLogger("huey").setLevel(logging.WARNING)
    consumer = Consumer(
        current_app.extensions["citizen_voice.jobs"].queue,
        workers=1,
        max_delay=1.0,
        graceful_signal="TERM",
    )
    consumer.run()
