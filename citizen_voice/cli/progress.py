"""Saying how far something is that takes more than seconds."""

import time
from collections.abc import Callable

import click

PATIENCE = 2.0
"""Seconds before the first word, and between two."""


def told(what: str) -> Callable[[int, int], None]:
    """Something to call with how many are done and of how many: it says so every two seconds.

    On the standard error output, so that what a command prints stays what it found.
    """
    last = time.monotonic()

    def tell(done: int, everything: int) -> None:
        nonlocal last
        if time.monotonic() - last >= PATIENCE:
            last = time.monotonic()
            click.echo(f"{what}: {done:,} of {everything:,} ideas", err=True)

    return tell
