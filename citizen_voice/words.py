"""Sentences in the reader's language, for services and forms, which know nothing of Flask."""

from typing import Any

from flask_babel import force_locale, get_locale, gettext, ngettext
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape


class Sentence(LazyString):  # type: ignore[misc]  # Flask-Babel carries no types
    """A sentence that is put into the reader's language when it is shown, escaped as any text."""

    def __html__(self) -> Markup:
        return escape(str(self))


def _(words: str, **values: Any) -> Sentence:
    """A sentence, later in the reader's language; ``values`` stand in its ``%(name)s``."""
    return Sentence(gettext, words, **values)


LANGUAGES = {"en": "English", "cy": "Cymraeg"}


def language() -> str:
    """The code of the language of the page or letter that is being made: ``en`` or ``cy``."""
    locale = get_locale()
    return locale.language if locale is not None else "en"


__all__ = ["LANGUAGES", "_", "force_locale", "language", "ngettext"]
