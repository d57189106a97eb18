"""What every server started by the tests needs: a free port, and not to outlive the tests."""

from __future__ import annotations

import ctypes
import os
import random
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_PORTS = range(20_000, 32_000)
"""Below the range from which the kernel takes ports for outgoing connections (32768 and up on
Linux): a storm of requests in one test cannot take the port that another has just chosen."""

_PR_SET_PDEATHSIG = 1

_chooser = random.SystemRandom()


def free_port() -> int:
    """Give a TCP port on 127.0.0.1 on which nobody listens at this moment.

    Whoever starts a server on it should try another one if it is taken in the meantime.
    """
    for _ in range(200):
        port = _chooser.choice(_PORTS)
        with socket.socket() as probe:
            # As servers do, so that a port whose last connections linger counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"No free port between {_PORTS.start} and {_PORTS.stop}: is this a storm?")


def is_alive(pid: int) -> bool:
    """Say whether a process runs; one that ended and waits to be collected does not."""
    with suppress(FileNotFoundError, ProcessLookupError):
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state not in ("Z", "X")
    return False


def die_with_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    """Give a `preexec_fn` that makes the kernel send `death_signal` when our thread ends.

    Start the process from a thread that lives as long as the tests (the main one).
    `subprocess` runs it after changing the user, and so it must be: a change of user clears it.
    Gives None where there is no such thing (not Linux).
    """
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def preexec() -> None:
        prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:  # it ended before we asked
            os._exit(1)

    return preexec
