"""Processes that start together and end together."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """End this process when the one that started it is gone, however that ended (Linux)."""
    if not sys.platform.startswith("linux") or os.environ.get("CITIZEN_VOICE_PARENT") is None:
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == 1:
        sys.exit(0)
