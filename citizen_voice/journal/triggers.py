"""The triggers that keep the journal append-only. The first migration made them so."""

NAMES = ("journal_entries_no_update", "journal_entries_no_delete")
NAMES_ON_POSTGRESQL = ("journal_entries_no_truncate",)  # which SQLite does not know
