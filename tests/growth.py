"""How work grows with what is given to it: a ratio of one run, whatever else the machine does."""

import time
from collections.abc import Callable

TIMES = 8
"""How much more is given. Work that grows with the square takes 64 times as long."""
STEADY = 24
"""More than this is no longer work that grows as what is given."""


def growth(work: Callable[[int], object], size: int) -> float:
    """How many times the processor's time ``work(8 × size)`` takes of ``work(size)``."""
    work(size)  # what is made once is made
    return cost(work, size * TIMES) / cost(work, size)


def cost(work: Callable[[int], object], size: int, rounds: int = 7) -> float:
    """Seconds of this thread on a processor: the least of some rounds."""
    took = []
    for _ in range(rounds):
        began = time.thread_time()
        work(size)
        took.append(time.thread_time() - began)
    return min(took)
