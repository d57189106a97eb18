"""Sentences in the reader's language, for services and forms, which know nothing of Flask."""

from flask_babel import force_locale, get_locale, lazy_gettext, ngettext

_ = lazy_gettext

LANGUAGES = {"en": "English", "cy": "Cymraeg"}


def language() -> str:
    """The code of the language of the page or letter that is being made: ``en`` or ``cy``."""
    locale = get_locale()
    return locale.language if locale is not None else "en"


__all__ = ["LANGUAGES", "_", "force_locale", "language", "ngettext"]
