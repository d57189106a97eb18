"""Bars that show how far a long command is, to somebody who looks."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import click

Progress = Callable[[int], None]


@contextmanager
def bars(*labels: str) -> Iterator[Callable[[int], Progress]]:
    """Give a function that takes a number of bytes and gives the progress of a bar for them.

    The bars take their labels in turn. Where nobody looks (a timer, a pipe) nothing is shown.
    """
    ahead = list(labels)
    with ExitStack() as stack:

        def measured(total: int) -> Progress:
            bar = stack.enter_context(
                click.progressbar(
                    length=max(1, total),
                    label=ahead.pop(0) if ahead else None,
                    file=sys.stderr,
                    hidden=not sys.stderr.isatty(),
                )
            )

            def progress(count: int) -> None:
                bar.update(min(count, max(0, (bar.length or 0) - bar.pos)))

            return progress

        yield measured
