"""``citizen-voice worker``."""

import logging

import click
from flask import current_app
from huey.consumer import Consumer

from citizen_voice.cli import processes
from citizen_voice.cli.apps import refuse_erased_people, with_app

THREADS = 2
"""One for letters, one for everything else: a code does not wait for the nightly tidying."""


@click.command("worker")
@with_app()
def command() -> None:
    """Deliver mail and do what is due at certain times, until stopped.

    `citizen-voice serve` starts one by itself. There may be more, on this machine or, with
    PostgreSQL, on others: each letter leaves by one of them, and what is done every hour or every
    day is done once. One that is killed loses nothing.

    \b
    Examples:
      citizen-voice worker         beside `citizen-voice serve --without-worker`
      CITIZEN_VOICE_SMTP_URL=smtps://user:password@mail.example.org:465 citizen-voice worker
    """
    refuse_erased_people()
    processes.end_with_parent()
    logging.getLogger("huey").setLevel(logging.WARNING)
    jobs = current_app.extensions["citizen_voice.jobs"]
    consumer = Consumer(jobs.queue, workers=THREADS, max_delay=1.0, graceful_signal="TERM")
    jobs.catch_up()
    consumer.run()
