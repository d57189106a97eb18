"""The worker's queue (huey) and what it does by itself."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask

from citizen_voice import clock
from citizen_voice.config import Settings
from citizen_voice.outbox import periodic
from citizen_voice.outbox.delivery import Delivery
from citizen_voice.outbox.periodic import Work
from citizen_voice.outbox.smtp import sender

_EXTENSION = "citizen_voice.jobs"

log = structlog.get_logger()


class Jobs:
    """What the worker does. The queue is made when it is first used: most requests need none."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._making = threading.Lock()
        self._made: tuple[Any, Any, Any] | None = None
        self._work: dict[str, Work] = {}
        self._ticking = threading.Lock()
        self._again_at: datetime | None = None
        self._delivery = Delivery(
            sender(settings.smtp_url) if settings.smtp_url else None,
            settings.mail_from,
            urlsplit(settings.base_url).hostname or "localhost",
        )

    def _ready(self) -> tuple[Any, Any, Any]:
        """The queue, and the task that delivers letters: made once, whoever asks at once.

        A second one would be lost with its connection open.
        """
        with self._making:
            if self._made is None:
                self._made = self._make()
            return self._made

    def _make(self) -> tuple[Any, Any, Any]:
        import huey  # noqa: PLC0415  # it loads psycopg, which a start need not wait for

        if self._settings.sqlite:
            path = self._settings.instance / "queue.db"
            queue = huey.SqliteHuey("citizen-voice", filename=str(path), results=False)
        else:
            dsn = self._settings.database_url.replace("postgresql+psycopg", "postgresql", 1)
            queue = huey.PostgresHuey("citizen-voice", dsn=dsn, results=False)
        deliver = queue.task()(self._deliver)
        queue.periodic_task(huey.crontab(minute="*"), name="sweep")(self._deliver)
        tick = queue.periodic_task(huey.crontab(minute="*"), name="tick")(self.tick)
        return queue, deliver, tick

    @property
    def queue(self) -> Any:
        """Huey's queue: a file of its own beside the embedded database, or tables."""
        return self._ready()[0]

    def wake(self) -> None:
        """Tell the worker that letters wait. Raises whatever the queue's storage raises."""
        self._ready()[1]()

    def catch_up(self) -> None:
        """Tell a worker that begins to do what became due while none ran."""
        self.wake()
        self._ready()[2]()

    def every_minutes(self, name: str, minutes: int, act: Callable[[], object]) -> None:
        """Have ``act`` called by a worker, in an app context, every so many minutes.

        One worker does it, and again where it was killed over it. So ``act`` has to be harmless
        when it is done once more. Raises ``ValueError`` for minutes that do not divide a day.
        """
        self._work[name] = Work(name, act, periodic.minutes(minutes))

    def every_hour(self, name: str, act: Callable[[], object]) -> None:
        """The same at every full hour."""
        self.every_minutes(name, periodic.HOUR_MINUTES, act)

    def every_day(self, name: str, hour: int, act: Callable[[], object]) -> None:
        """The same once a day, at an hour in London."""
        self._work[name] = Work(name, act, periodic.london(hour))

    def tick(self) -> list[str]:
        """Do what is due now; gives the names of what was done. What fails stops nothing else."""
        done: list[str] = []
        if not self._ticking.acquire(blocking=False):  # the minute before is not over yet
            return done
        try:
            for work in self._work.values():
                with self._app.app_context():
                    try:
                        if periodic.run(work):
                            done.append(work.name)
                    except Exception:
                        log.exception("periodic work failed", work=work.name)
        finally:
            self._ticking.release()
        return done

    def close(self) -> None:
        """Let go of the queue, where there is one."""
        if self._made is not None:
            self._made[0].storage.close()

    def _deliver(self) -> None:
        with self._app.app_context():
            self._delivery.run()
            self._come_back(self._delivery.next_run())

    def _come_back(self, moment: datetime | None) -> None:
        """Deliver again at a moment, where that is not settled already and the sweep is later."""
        now = clock.now()
        if moment is None or (self._again_at is not None and now < self._again_at <= moment):
            return
        self._again_at = moment
        self._ready()[1].schedule(delay=max(1, (moment - now).total_seconds()))


def set_up(app: Flask, settings: Settings) -> Jobs:
    """Give the app its jobs."""
    jobs = app.extensions[_EXTENSION] = Jobs(app, settings)
    return jobs
