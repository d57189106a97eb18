"""Processes that start together and end together."""

import ctypes
import os
import signal
import sys

PARENT = "CITIZEN_VOICE_PARENT"
PR_SET_PDEATHSIG = 1


def begin_family() -> None:
    """Let what this process starts from here on know whose child it is."""
    os.environ[PARENT] = str(os.getpid())
    # A web process is a fork. With this one's way of handling signals it would take note of a
    # SIGTERM and go on, until it has a way of its own; whoever waits for it would wait for ever.
    os.register_at_fork(after_in_child=_be_stoppable)


def end_with_parent() -> None:
    """Have the kernel kill this process when its parent is gone, however that ended.

    At once, since an orphan would hold the port; whatever it was at is made to be broken off. Linux
    alone can. Does nothing in a process that ``serve`` did not start.
    """
    parent = os.environ.get(PARENT)
    if not sys.platform.startswith("linux") or parent is None:
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(parent):  # it was gone before we asked
        sys.exit(0)


def _be_stoppable() -> None:
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_DFL)
