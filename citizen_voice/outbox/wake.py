"""Waking the worker. The truth stands in the rows; a wake-up that is lost costs a minute."""

import structlog
from flask import current_app

log = structlog.get_logger()


def worker() -> None:
    """Tell the worker that letters wait. Never raises: the act it follows is committed."""
    jobs = current_app.extensions.get("citizen_voice.jobs")
    if jobs is None:
        return
    try:
        jobs.wake()
    except Exception as error:  # noqa: BLE001  # whatever the queue's storage raises, the letter stands in its row
        log.warning("worker not woken", error=type(error).__name__)
