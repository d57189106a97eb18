"""The server's main process: it ends when it is asked to, however often."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.servers.site import LiveSite

AT_ONCE = 400


@pytest.mark.parametrize("asking", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_many_times_at_once_it_stops(tmp_path: Path, asking: signal.Signals) -> None:
    """make, a service manager and a terminal each ask every process of a group."""
    site = LiveSite(tmp_path / "instance")
    site.command("migrate")
    site.start()
    for _ in range(AT_ONCE):
        os.kill(site.pid, asking)
        time.sleep(0.00002)  # what comes before the last was taken note of counts as one with it
    assert site.stop() != -signal.SIGKILL, "it had to be killed"
