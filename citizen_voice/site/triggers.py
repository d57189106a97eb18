"""The triggers that raise the site's revision with any change of what pages name things by.

Migration 0008 made them so.
"""

NAMES = tuple(
    f"{table}_raise_revision_on_{act}"
    for table in ("challenges", "topics", "wards")
    for act in ("insert", "update", "delete")
)
NAMES_ON_POSTGRESQL = ()
