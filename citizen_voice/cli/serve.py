"""``citizen-voice serve``."""

import socket
import subprocess  # nosec B404  # our own worker
import sys

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
        Granian(
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
