"""The triggers that keep the ledger of consents append-only, and published notices as they are.

Migrations 0011 (notices) and 0012 (consents) made them so. ``queries.notices.every_version`` is
kept by the site's revision, which one of them raises.
"""

NAMES = (
    "consents_no_update",
    "consents_no_delete",
    "notices_no_update",
    "notices_no_delete",
    "notices_raise_revision_on_insert",
)
NAMES_ON_POSTGRESQL = ("consents_no_truncate", "notices_no_truncate")  # which SQLite does not know
