"""A council whose weeks pass as the test says: of all that runs, the clock alone is put."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from citizen_voice import clock, create_app
from citizen_voice.config import Settings
from citizen_voice.db import db
from citizen_voice.outbox.jobs import Jobs
from tests.browser.town import Place
from tests.outbox.mailing import deliver
from tests.servers.processes import free_port
from tests.servers.smtp import SmtpServer

BEGINS = date(2027, 3, 1)
"""A Monday. Clocks go forward on the 28th; Good Friday is the 26th."""
MORNING, NINE = time(8, 5), time(9)
_DAY = timedelta(days=1)


class PassingPlace(Place):
    """A council at a moment of its own: its pages, its worker, and what the test does to it."""

    def __init__(self, app: Flask, url: str, mails: SmtpServer) -> None:
        super().__init__(app, url)
        self.mails = mails
        self.moment = clock.moment(BEGINS, NINE)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """In the app's context, at the moment that it is there."""
        with clock.at(self.moment), super().inside():
            yield

    def until(self, day: date, at: time = NINE) -> None:
        """Have the days pass until then, each with what the worker does in the morning."""
        today = self.moment.astimezone(clock.LONDON).date()
        while today < day:
            today += _DAY
            self._work(clock.moment(today, min(MORNING, at)))
        self._work(clock.moment(day, at))

    def in_a_while(self) -> None:
        """Two hours later: the worker's minute has come many times."""
        self._work(self.moment + timedelta(hours=2))

    def _work(self, moment: datetime) -> None:
        """What the worker does at a moment: what is due at certain times, then the letters."""
        self.moment = moment
        jobs: Jobs = self.app.extensions["citizen_voice.jobs"]
        with self.inside():
            assert "news" in jobs.tick()
            deliver(self.mails)


@contextmanager
def passing_place(settings: Settings, mails: SmtpServer) -> Iterator[PassingPlace]:
    """Serve the database of some settings from this process, which can put its clock."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    app = create_app(replace(settings, base_url=url, smtp_url=mails.url), pool_size=16)
    place = PassingPlace(app, url, mails)

    def at_its_moment(environ: Any, start_response: Any) -> list[bytes]:
        with clock.at(place.moment):
            answer: Any = app(environ, start_response)
            try:
                return [*answer]
            finally:
                getattr(answer, "close", lambda: None)()

    server = make_server("127.0.0.1", port, at_its_moment, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        with place.inside():
            app.extensions["citizen_voice.jobs"].tick()  # what is new begins with its next time
        yield place
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.session.remove()
        place.close()


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_said: Any) -> None:
        """Requests are not told of."""
