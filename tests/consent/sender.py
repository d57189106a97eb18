"""A program: the worker writes the letters of a newsletter, and is stopped in the middle of it.

``python -m tests.consent.sender`` works on the installation that the environment names. It goes
through as many batches as its argument says, prints a line in the middle of the next one, and waits
to be killed.
"""

import sys
import time
from typing import Any

from citizen_voice import create_app
from citizen_voice.consent import letters, services
from citizen_voice.consent.services import newsletters

PATIENCE = 120
SMALL = 3
"""So few people in a batch."""


def main() -> None:
    """Write letters, and stop on the way."""
    stop_after = int(sys.argv[1]) * SMALL + 1
    module: Any = letters
    kept, written = module.newsletter, 0
    newsletters.BATCH = SMALL

    def stop(*given: Any) -> Any:
        nonlocal written
        written += 1
        if written > stop_after:
            print("in the middle", flush=True)  # noqa: T201  # what the test waits for
            time.sleep(PATIENCE)
        return kept(*given)

    module.newsletter = stop
    app = create_app()
    with app.app_context():
        services.spread()
    print("done", flush=True)  # noqa: T201  # likewise


if __name__ == "__main__":
    main()
