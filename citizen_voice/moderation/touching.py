"""What an act touches, said before it is done."""

from collections.abc import Iterator
from typing import Any

from citizen_voice.moderation import models, things
from citizen_voice.words import gettext, ngettext


def touched(shown: Any, act: str) -> Iterator[str]:
    """What an act touches, sentence by sentence. ``shown`` is an ``opened.Opened``."""
    row = shown.row
    if act == models.KEEP:
        if shown.visibility == "held":
            yield gettext("Everybody sees it then.")
        elif shown.change_waits:
            yield gettext("The new words come into force.")
        else:
            yield gettext("It stays as it is.")
    elif act == models.HIDE and shown.kind == things.IDEA:
        yield ngettext(
            "Hides the idea and its %(num)s comment.",
            "Hides the idea and its %(num)s comments.",
            row.comments or 0,
        )
        answers = (row.support or 0) + (row.oppose or 0) + (row.skip or 0)
        yield ngettext("%(num)s answer is kept.", "%(num)s answers are kept.", answers)
    elif act == models.HIDE and shown.kind == things.COMMENT:
        yield gettext("Hides the comment.")
        if row.replies:
            yield ngettext("%(num)s reply to it stays.", "%(num)s replies to it stay.", row.replies)
    elif act in _OTHERS:
        yield str(_OTHERS[act](shown))


_OTHERS = {
    models.HIDE: lambda _shown: gettext("Takes the name away. They can choose another one."),
    models.ASK: lambda _shown: gettext("Nothing changes yet. The author reads your letter."),
    models.REDACT: lambda _shown: gettext(
        "Everybody sees the words that you leave. The author’s own are kept for six months, for"
        " the appeal alone."
    ),
    models.MOVE: lambda _shown: gettext("Its answers and comments come along. It loses its topic."),
    models.MERGE: lambda _shown: gettext(
        "Its answers and comments move to the other idea. Each person counts once."
    ),
    models.WARN: lambda _shown: gettext("Nothing changes. The author reads your letter."),
    models.PAUSE: lambda _shown: gettext(
        "They read, appeal and see their data, and can’t take part. What they wrote stays."
    ),
    models.CLOSE: lambda _shown: gettext(
        "They can’t take part any more. What they wrote and answered stays."
    ),
    models.VOID: lambda _shown: gettext(
        "Closes the account. Its answers count no more and its comments are hidden, until undone."
    ),
}
