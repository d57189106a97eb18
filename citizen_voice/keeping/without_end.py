"""What no clock ends, and until when it is kept."""

from typing import Any

from citizen_voice.words import _

_ACCOUNT = _("Kept as long as the account.")
_WORDS = _("Kept as long as the site shows it. Who deletes an account chooses what becomes of it.")
_COPY = _("A copy to find words by: it goes with the words.")
_RECORD = _("Kept for good: it shows what the council decided and did, and who did it.")
_IMPORTED = _("Kept as long as the discussion that it was imported with.")
_PROOF = _("Kept for good as proof. Once the account is gone it names nobody.")
_TOLD = _("Kept until the letter is written.")
_STAFF = _(
    "Kept as long as somebody works for the council, and then as the record of what they did."
)

KEPT: dict[str, Any] = {
    **dict.fromkeys(
        (
            "answers",
            "void_answers",
            "notices_served",
            "consent_subjects",
            "follows",
            "news_choices",
        ),
        _ACCOUNT,
    ),
    "consents": _PROOF,
    **dict.fromkeys(("comments", "comment_versions", "ideas", "idea_versions"), _WORDS),
    **dict.fromkeys(("idea_listing", "idea_search", "idea_search_terms"), _COPY),
    **dict.fromkeys(("participant_groups", "imported_people"), _IMPORTED),
    "news_due": _TOLD,
    **dict.fromkeys(("colleagues", "colleague_roles", "recovery_codes", "device_resets"), _STAFF),
    **dict.fromkeys(
        (
            "stage_changes",
            "age_rules",
            "newsletters",
            "rights_pauses",
            "restrictions",
            "erasure_mentions",
            "journal_entries",
            "idea_merges",
            "cases",
            "decisions",
            "appeals",
            "outbox_settings",
            "pilots",
            "pilot_ideas",
            "pilot_changes",
            "pilot_readings",
            "pilot_updates",
            "pilot_thanks",
            "pilot_decisions",
            "replies",
            "record_changes",
            "breach_notes",
            "retention_rules",
            "retention_changes",
            "widgets",
        ),
        _RECORD,
    ),
}
"""What no clock ends, and until when it is kept: a table → a sentence."""
