"""A live site is started, stopped, killed and asked, whatever runs in the place of the command."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.servers.processes import is_alive
from tests.servers.site import LiveSite, SiteDown

SERVE = """
import http.server, os, signal, subprocess, sys
if sys.argv[1:] != ["serve"]:
    print("ran", *sys.argv[1:], os.environ["CITIZEN_VOICE_INSTANCE"])
    sys.exit(sys.argv[1] == "fail")
print("serving", flush=True)
worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(99)"])
open(os.environ["CITIZEN_VOICE_INSTANCE"] + "/worker", "w").write(str(worker.pid))
if "BROKEN" in os.environ:
    sys.exit("no such table: ideas")
def leave(*_):
    worker.terminate()
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
host, port = os.environ["CITIZEN_VOICE_BIND"].split(":")
http.server.HTTPServer((host, int(port)), Ready).serve_forever()
"""


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Put a small program in the place of `citizen-voice`: here its handling is on trial."""
    program = tmp_path / "citizen-voice"
    code = tmp_path / "stand_in.py"
    code.write_text(SERVE)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{code}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setattr("tests.servers.site.COMMAND", program)


def worker_of(site: LiveSite) -> int:
    return int((site.instance / "worker").read_text())


@pytest.mark.usefixtures("stand_in")
def test_a_site_starts_stops_crashes_and_comes_back(tmp_path: Path) -> None:
    with LiveSite(tmp_path / "instance") as site:
        address, worker = site.base_url, worker_of(site)
        site.kill()
        assert not is_alive(worker)
        site.restart()
        assert site.base_url == address
        assert site.stop() == 0
        assert site.stop() is None
        site.start()
        worker, main = worker_of(site), site.pid
        assert is_alive(worker)
    assert not is_alive(worker)
    assert not is_alive(main)


@pytest.mark.usefixtures("stand_in")
def test_a_site_that_does_not_start_says_why(tmp_path: Path) -> None:
    site = LiveSite(tmp_path / "instance", environment={"BROKEN": "yes"})
    with pytest.raises(SiteDown, match="no such table: ideas"):
        site.start()
    assert not is_alive(worker_of(site))


@pytest.mark.usefixtures("stand_in")
def test_commands_run_on_the_same_installation(tmp_path: Path) -> None:
    site = LiveSite(tmp_path / "instance")
    assert site.command("migrate") == f"ran migrate {site.instance}\n"
    with pytest.raises(SiteDown, match="exit code 1, expected 0"):
        site.command("fail")
    assert "ran fail" in site.command("fail", expect=1)
