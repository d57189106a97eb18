"""Sentences in the reader's language, for services and forms, which know nothing of Flask."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from babel.support import NullTranslations, Translations
from markupsafe import Markup, escape

from citizen_voice.paths import TRANSLATIONS

LANGUAGES = {"en": "English", "cy": "Cymraeg"}

_language: ContextVar[str] = ContextVar("language", default="en")


def language() -> str:
    """The code of the language of the page or letter that is being made: ``en`` or ``cy``."""
    return _language.get()


@contextmanager
def force_locale(code: str) -> Iterator[None]:
    """Speak this language within: ``en`` or ``cy``."""
    before = _language.set(code)
    try:
        yield
    finally:
        _language.reset(before)


@cache
def catalogue(code: str) -> NullTranslations:
    """The sentences of a language, read once."""
    return Translations.load(str(TRANSLATIONS), [code])


def gettext(words: str, **values: Any) -> str:
    """A sentence in the language at hand; ``values`` stand in its ``%(name)s``."""
    text = catalogue(language()).gettext(words)
    return text % values if values else text


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """The form of a sentence for a number, which stands in its ``%(num)s``."""
    return catalogue(language()).ngettext(one, many, num) % {"num": num, **values}


class Sentence:
    """A sentence that is put into the reader's language when it is shown, escaped as any text."""

    __slots__ = ("_values", "_words")

    def __init__(self, words: str, values: dict[str, Any]) -> None:
        self._words = words
        self._values = values

    def __str__(self) -> str:
        return gettext(self._words, **self._values)

    def __repr__(self) -> str:
        return f"_({self._words!r})"

    def __html__(self) -> Markup:
        return escape(str(self))

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, (Sentence, str)) else NotImplemented

    def __hash__(self) -> int:
        return hash(str(self))

    def __mod__(self, values: Any) -> str:
        text: str = str(self) % values
        return text

    def __add__(self, other: object) -> str:
        return str(self) + str(other)

    def __radd__(self, other: object) -> str:
        return str(other) + str(self)


def _(words: str, **values: Any) -> Any:
    """A ``Sentence``, for forms as good as a text; ``values`` stand in its ``%(name)s``."""
    return Sentence(words, values)


__all__ = ["LANGUAGES", "_", "catalogue", "force_locale", "gettext", "language", "ngettext"]
