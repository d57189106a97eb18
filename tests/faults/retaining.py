"""A program: the daily retention, stopped in the middle of it.

``python -m tests.faults.retaining`` works on the installation that the environment names, with the
moment and after how many batches it stops as a line of JSON on standard input. It then prints a
line and waits to be killed: inside the transaction of the batch, or after it.
"""

import json
import sys
import time
from datetime import datetime
from typing import Any

from citizen_voice import clock, create_app
from citizen_voice.retention import services
from citizen_voice.retention.services import running

PATIENCE = 60


def main() -> None:
    """Do what is due, and stop on the way."""
    asked = json.loads(sys.stdin.readline())
    app = create_app()
    made = 0
    vars(running)["BATCH"] = 2  # so that there are several

    def stop() -> None:
        nonlocal made
        made += 1
        if made == asked["stop_after"]:
            print("in the middle", flush=True)  # noqa: T201  # what the test waits for
            time.sleep(PATIENCE)

    if asked["inside"]:
        counted = running._come_by

        def come_by(*args: Any, **kwargs: Any) -> None:
            counted(*args, **kwargs)
            stop()

        running._come_by = come_by
    with app.app_context(), clock.at(datetime.fromisoformat(asked["now"])):
        services.run(hourly=False, told=None if asked["inside"] else lambda _sweep, _keys: stop())
    print("done", flush=True)  # noqa: T201  # likewise


if __name__ == "__main__":
    main()
