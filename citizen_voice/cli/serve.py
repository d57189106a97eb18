"""``citizen-voice serve``."""

import _thread
import socket
import subprocess  # nosec B404  # our own worker
import sys
from typing import Any

import click
from granian import Granian
from granian.constants import Interfaces

from citizen_voice import config, create_app
from citizen_voice.cli import processes
from citizen_voice.cli.apps import let_go, refuse_erased_people, refuse_other_schema
from citizen_voice.config import Settings
from citizen_voice.errors import Refusal
from citizen_voice.words import force_locale

ENDING_SECONDS = 8


def threads(settings: Settings) -> int:
    """Threads of each process: SQLite's writers queue anyway, PostgreSQL's wait for the network."""
    return 2 if settings.sqlite else 4


class Server(Granian):  # type: ignore[misc,valid-type]  # it says nothing of its types
    """A server that ends when it is asked to, also when it is asked twice at the same moment.

    Granian's handlers set an event for which the same thread waits. A signal that comes while that
    thread holds the event's lock, as it does in the handler before, would wait for it for ever;
    make, a terminal and a service manager all send theirs to each process of a group.
    """

    def signal_handler_interrupt(self, *_signal: Any) -> None:
        """End."""
        self.interrupt_signal = True
        self._wake()

    def signal_handler_reload(self, *_signal: Any) -> None:
        """Start the web processes anew, one after another."""
        self.reload_signal = True
        self._wake()

    def _wake(self) -> None:
        # Another thread may wait for the lock. threading.Thread takes locks of its own to start.
        _thread.start_new_thread(self.main_loop_interrupt.set, ())


@click.command("serve")
@click.option("--without-worker", is_flag=True, help="Start no worker beside the site.")
def command(without_worker: bool) -> None:
    """Serve the site, with a worker beside it, until stopped.

    \b
    Examples:
      citizen-voice serve
      CITIZEN_VOICE_BIND=0.0.0.0:8000 CITIZEN_VOICE_WORKERS=4 citizen-voice serve
    """
    settings = config.load()
    app = create_app(settings)
    try:
        with app.app_context(), force_locale("en"):
            refuse_other_schema()
            refuse_erased_people()
    finally:
        let_go(app)
    _refuse_taken_port(settings)
    processes.begin_family()
    worker = None
    if not without_worker:
        worker = subprocess.Popen(  # nosec B603  # our own worker
            [sys.executable, "-m", "citizen_voice.cli", "worker"]
        )
    click.echo(f"Citizen Voice is at http://{settings.host}:{settings.port}", err=True)
    try:
        Server(
            "citizen_voice.wsgi:app",
            address=settings.host,
            port=settings.port,
            interface=Interfaces.WSGI,
            workers=settings.workers,
            blocking_threads=threads(settings),
            backlog=1024,
            respawn_failed_workers=True,
            workers_kill_timeout=ENDING_SECONDS,
            websockets=False,
            log_enabled=False,
        ).serve()
    finally:
        if worker is not None:
            _end(worker)


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(timeout=ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()  # letters that it held are due again
        worker.wait()


def _refuse_taken_port(settings: Settings) -> None:
    """Raise ``Refusal`` while another server, or an orphan of one, holds the port."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise Refusal(
                f"{settings.host}:{settings.port} can't be used: {error.strerror}. "
                f"Is the site running already? Choose another with CITIZEN_VOICE_BIND."
            ) from None
