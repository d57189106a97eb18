"""A program: a moderator decides many cases in one act, and is stopped in the middle of it.

``python -m tests.faults.bulk`` works on the installation that the environment names, with the
moderator, the ground and the cases as a line of JSON on standard input. After as many decisions as
that says it prints a line and waits to be killed.
"""

import json
import sys
import time
from uuid import UUID

from citizen_voice import create_app, events
from citizen_voice.db import write
from citizen_voice.moderation import services
from citizen_voice.moderation.events import Decided

PATIENCE = 60


def main() -> None:
    """Decide, and stop on the way."""
    asked = json.loads(sys.stdin.readline())
    app = create_app()
    made = 0

    def stop(_decided: Decided) -> None:
        nonlocal made
        made += 1
        if made == asked["stop_after"]:
            print("in the middle", flush=True)  # noqa: T201  # what the test waits for
            time.sleep(PATIENCE)

    events.subscribe(Decided, stop)
    ruling = services.Ruling("hide", ground_id=asked["ground"], words="Advertising.")
    with app.app_context(), write():
        services.decide([UUID(key) for key in asked["cases"]], ruling, actor=UUID(asked["actor"]))
    print("done", flush=True)  # noqa: T201  # likewise


if __name__ == "__main__":
    main()
