"""The worker's queue (huey) and what it does by itself."""

import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from citizen_voice.config import Settings
from citizen_voice.outbox import services
from citizen_voice.outbox.smtp import sender

_EXTENSION = "citizen_voice.jobs"


class Jobs:
    """What the worker does. The queue is made when it is first used: most requests need none."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._making = threading.Lock()
        self._made: tuple[Any, Any] | None = None
        self._hourly: dict[str, Callable[[], object]] = {}
        self._send = sender(settings.smtp_url) if settings.smtp_url else None
        self._host = urlsplit(settings.base_url).hostname or "localhost"

    def _ready(self) -> tuple[Any, Any]:
        """The queue, and the task that delivers letters: made once, whoever asks at once.

        A second one would be lost with its connection open.
        """
        with self._making:
            if self._made is None:
                self._made = self._make()
            return self._made

    def _make(self) -> tuple[Any, Any]:
        import huey  # noqa: PLC0415  # it loads psycopg, which a start need not wait for

        if self._settings.sqlite:
            path = self._settings.instance / "queue.db"
            queue = huey.SqliteHuey("citizen-voice", filename=str(path), results=False)
        else:
            dsn = self._settings.database_url.replace("postgresql+psycopg", "postgresql", 1)
            queue = huey.PostgresHuey("citizen-voice", dsn=dsn, results=False)
        deliver = queue.task()(self._deliver)
        queue.periodic_task(huey.crontab(minute="*"), name="sweep")(self._deliver)
        for name, act in self._hourly.items():
            queue.periodic_task(huey.crontab(minute="1"), name=name)(act)
        return queue, deliver

    @property
    def queue(self) -> Any:
        """Huey's queue: a file of its own beside the embedded database, or tables."""
        return self._ready()[0]

    def wake(self) -> None:
        """Tell the worker that letters wait. Raises whatever the queue's storage raises."""
        self._ready()[1]()

    def every_hour(self, name: str, act: Callable[[], object]) -> None:
        """Have ``act`` called by the worker, in an app context, a minute after every full hour.

        It has to be harmless when it runs more than once.
        """

        def run() -> None:
            with self._app.app_context():
                act()

        self._hourly[name] = run

    def close(self) -> None:
        """Let go of the queue, where there is one."""
        if self._made is not None:
            self._made[0].storage.close()

    def _deliver(self) -> None:
        with self._app.app_context():
            services.deliver_due(self._send, self._settings.mail_from, self._host)


def set_up(app: Flask, settings: Settings) -> Jobs:
    """Give the app its jobs."""
    jobs = app.extensions[_EXTENSION] = Jobs(app, settings)
    return jobs
