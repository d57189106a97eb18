"""The garbage collector rests while the site is imported.

What an import makes lives to the end of the process. To look through it again and again, and once
more on the way out, finds nothing and took a third of the time of every command.
"""

import gc

_collects = gc.isenabled()
gc.disable()


def done() -> None:
    """Leave out of every search to come what there is by now, and search again from here on."""
    gc.freeze()
    if _collects:
        gc.enable()
