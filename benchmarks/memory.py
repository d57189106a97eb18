"""The memory of web processes while people browse."""

import time
from collections.abc import Callable, Sequence
from statistics import median

from benchmarks.drive import Request, drive
from benchmarks.servers import resident_megabytes

STRETCH = 3
"""Seconds between two looks."""
SETTLED = 0.3
"""The share of the requests after which memory should grow no more."""


def samples(
    port: int,
    requests: Sequence[Request],
    web_processes: Callable[[], list[int]],
    enough: int,
    patience: float = 300,
) -> list[tuple[int, float]]:
    """Drive until enough requests were answered; how many there were → megabytes.

    The megabytes are those of the largest web process. After ``patience`` seconds it ends early.
    """
    found: list[tuple[int, float]] = []
    answered = 0
    give_up = time.monotonic() + patience
    while answered < enough and time.monotonic() < give_up:
        turned = answered % len(requests)  # goes on where the last stretch ended
        run = drive(port, [*requests[turned:], *requests[:turned]], STRETCH)
        answered += run.requests
        largest = max(resident_megabytes(one) for one in web_processes())
        found.append((answered, round(largest, 1)))
    return found


def growth(found: Sequence[tuple[int, float]], enough: int) -> float | None:
    """The memory at the end against that once it had settled; ``None`` with too few requests."""
    settled = [megabytes for answered, megabytes in found if answered <= enough * SETTLED]
    late = [megabytes for _answered, megabytes in found[-3:]]
    if not settled or found[-1][0] < enough or len(found) < 6:
        return None
    return median(late) / settled[-1]
