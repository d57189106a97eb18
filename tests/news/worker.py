"""A program: the worker tells people of news, and is stopped in the middle of it.

``python -m tests.news.worker`` works on the installation that the environment names, with a line of
JSON on standard input: ``what`` is ``spread`` or ``mail``, ``stop_after`` the number of batches
after which, in the middle of the next one, it prints a line and waits to be killed.
"""

import json
import sys
import time
from typing import Any

from citizen_voice import clock, create_app
from citizen_voice.news import services
from citizen_voice.news.services import mailing, spreading
from tests.news.post import LATER

PATIENCE = 120


def main() -> None:
    """Tell, and stop on the way."""
    asked = json.loads(sys.stdin.readline())
    module: Any = spreading if asked["what"] == "spread" else mailing
    name = "_note" if asked["what"] == "spread" else "_written"
    kept, made = getattr(module, name), 0

    def stop(*given: Any) -> Any:
        nonlocal made
        result = kept(*given)
        if made == asked["stop_after"]:
            print("in the middle", flush=True)  # noqa: T201  # what the test waits for
            time.sleep(PATIENCE)
        made += 1
        return result

    setattr(module, name, stop)
    app = create_app()
    with app.app_context(), clock.at(clock.now() + LATER):
        services.spread()
        services.mail()
    print("done", flush=True)  # noqa: T201  # likewise


if __name__ == "__main__":
    main()
