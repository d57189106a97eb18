"""Refusals: what somebody asked for cannot be done, said in their words.

A service raises one; the page shows it at its field (or as a page of its own), the command line
prints it. Each carries an HTTP status.
"""

from citizen_voice.words import _


class Refusal(Exception):
    """What was asked for is refused. ``words`` is a sentence for a resident, lazily translated."""

    status = 422

    def __init__(self, words: object, *, field: str | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.field = field

    def __str__(self) -> str:
        return str(self.words)


class NotHere(Refusal):
    """There is no such thing, or none that this person may know of."""

    status = 404

    def __init__(self, words: object = _("We can't find that page.")) -> None:
        super().__init__(words)


class NotAllowed(Refusal):
    """The person is known, and may not do this."""

    status = 403


class Conflict(Refusal):
    """The thing has changed since the person saw it."""

    status = 409


class TooMany(Refusal):
    """A limit was reached. ``retry_after`` is the number of seconds to wait."""

    status = 429

    def __init__(self, words: object, *, retry_after: int, field: str | None = None) -> None:
        super().__init__(words, field=field)
        self.retry_after = retry_after


class Busy(Refusal):
    """The database cannot take this now. Nothing was saved."""

    status = 503

    def __init__(self, words: object | None = None) -> None:
        super().__init__(
            words or _("We can't save that just now. Nothing was changed. Please try again soon.")
        )


class Unsure(Busy):
    """The database was lost in the act: whether it was saved cannot be told, and does no harm."""

    def __init__(self) -> None:
        super().__init__(_("We can't tell whether that was saved. Send it again: it counts once."))
