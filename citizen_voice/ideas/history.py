"""An idea's past as templates see it: what each version changed, and why it was taken back."""

from datetime import datetime
from typing import Any

from markupsafe import Markup

from citizen_voice.ideas import policies
from citizen_voice.ideas.changes import FOLD, SAME, Piece, kept_changes
from citizen_voice.web import markdown
from citizen_voice.words import LANGUAGES, _

WITHDRAWAL_REASONS = {
    "happened": _("It has happened already"),
    "elsewhere": _("Another idea says it better"),
    "would-not-work": _("It would not work after all"),
    "other": _("Something else"),
}
"""What an author may say when taking an idea back; ``other`` needs words of their own."""
OTHER = "other"


class Version:
    """One version, held against the one before it (``None`` for the first).

    What changed is worked out when a template asks for it: who has the page already does not.
    """

    def __init__(self, row: Any, before: Any) -> None:
        self.number: int = row.number
        self.created_at: datetime = row.created_at
        self.lang: str = row.language
        self.lang_before: str = before.language if before is not None else row.language
        self.number_before: int | None = before.number if before is not None else None
        self.removed = row.title == ""  # the author left, and took the words along
        self.language = LANGUAGES[row.language] if self.lang_before != self.lang else None
        self.language_before = LANGUAGES.get(self.lang_before, "")
        self.whole_title: str = row.title
        self._whole: str = row.body
        compared = before is not None and before.title != "" and not self.removed
        self._before = before if compared else None

    @property
    def title(self) -> list[Piece]:
        """What changed in its title; empty where nothing did."""
        before = self._before
        if before is None or before.title == self.whole_title:
            return []
        return kept_changes(before.title, self.whole_title, fold=False)

    @property
    def body(self) -> list[Piece]:
        """What changed in its words; empty where nothing did."""
        before = self._before
        if before is None or before.body == self._whole:
            return []
        return kept_changes(before.body, self._whole)

    @property
    def only_spaces(self) -> bool:
        """Whether nothing but spaces and new lines changed."""
        same = all(piece.kind in (SAME, FOLD) for piece in self.body)
        return bool(self.body) and not self.title and same

    @property
    def whole_body(self) -> Markup:
        """All its words, cleaned."""
        return Markup(markdown.render(self._whole))  # nosec B704  # cleaned by nh3


class Withdrawal:
    """That an author took the idea back."""

    def __init__(self, row: Any) -> None:
        self.at: datetime | None = row.withdrawn_at
        words = WITHDRAWAL_REASONS.get(row.withdrawn_why or OTHER)
        self.reason = "" if row.withdrawn_why in (None, OTHER) else str(words)
        self.words: str = row.withdrawn_words or ""
        self.lang: str | None = row.withdrawn_language

    @property
    def until(self) -> datetime | None:
        """Until when the author can bring it back."""
        return self.at and self.at + policies.SECOND_THOUGHTS
