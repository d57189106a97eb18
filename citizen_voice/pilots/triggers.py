"""The triggers that raise the site's revision with any change of what is tried.

Migration 0010 made them so; ``queries.trials.everything`` is kept by it.
"""

NAMES = tuple(
    f"{table}_raise_revision_on_{act}"
    for table in ("pilots", "pilot_ideas")
    for act in ("insert", "update", "delete")
)
NAMES_ON_POSTGRESQL = ()
