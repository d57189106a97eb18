"""Two acts at the same time, each in a thread of its own."""

import threading
from collections.abc import Callable
from time import sleep

from flask import Flask

from citizen_voice.db import db, write
from citizen_voice.errors import Refusal


def meanwhile(
    app: Flask,
    act: Callable[[], object],
    then: Callable[[], object],
    *,
    further: Callable[[], object] = lambda: None,
) -> set[str]:
    """Do something while another has done what is not committed yet; gives how they ended.

    ``further`` is what the other does before it commits, while ``then`` waits for it.
    """
    ready, ended = threading.Event(), []

    def other() -> None:
        with app.app_context():
            with write():
                act()
                db.session.flush()
                ready.set()
                sleep(0.4)
                further()
            ended.append("other")

    thread = threading.Thread(target=other)
    thread.start()
    assert ready.wait(10)
    try:
        then()
        ended.append("done")
    except Refusal as refusal:
        ended.append(type(refusal).__name__)
    thread.join()
    db.session.rollback()
    return set(ended)
