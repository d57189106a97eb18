"""The worker's queue (huey) and what it does by itself."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from huey import Huey, PostgresHuey, SqliteHuey, crontab

from citizen_voice.config import Settings
from citizen_voice.outbox import services
from citizen_voice.outbox.smtp import sender


def queue(settings: Settings) -> Huey:
    """The queue: a file of its own beside the embedded database, or tables on PostgreSQL."""
    if settings.sqlite:
        path: Path = settings.instance / "queue.db"
        return SqliteHuey("citizen-voice", filename=str(path), results=False)
    dsn = settings.database_url.replace("postgresql+psycopg", "postgresql", 1)
    return PostgresHuey("citizen-voice", dsn=dsn, results=False)


def set_up(app: Flask, settings: Settings) -> None:
    """Give the app its queue and the job that delivers letters."""
    huey = queue(settings)
    send = sender(settings.smtp_url) if settings.smtp_url else None
    host = urlsplit(settings.base_url).hostname or "localhost"

    def deliver() -> None:
        with app.app_context():
            services.deliver_due(send, settings.mail_from, host)

    app.extensions["citizen_voice.huey"] = huey
    app.extensions["citizen_voice.deliver"] = huey.task()(deliver)
    huey.periodic_task(crontab(minute="*"), name="sweep")(deliver)


def every_hour(app: Flask, name: str, act: Callable[[], object]) -> None:
    """Have ``act`` called by the worker, in an app context, a minute after every full hour.

    It has to be harmless when it runs more than once.
    """
    huey: Huey = app.extensions["citizen_voice.huey"]

    def run() -> None:
        with app.app_context():
            act()

    huey.periodic_task(crontab(minute="1"), name=name)(run)
