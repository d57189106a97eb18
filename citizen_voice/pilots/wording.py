"""Words of a pilot in both languages, as they are stored; the Welsh may be missing."""

from collections.abc import Mapping

from citizen_voice.errors import Refusal
from citizen_voice.ideas.text import clean_words, one_line, says_something
from citizen_voice.words import _

LONG = 1_500
SENTENCE = 300


def line(
    given: Mapping[str, str], name: str, longest: int, missing: object | None = None
) -> dict[str, str]:
    """``<name>_en`` and ``<name>_cy`` on one line, at most ``longest`` letters each.

    ``missing`` is said where English is needed and says nothing. Raises ``Refusal`` at the field.
    """
    return _both(given, name, longest, missing, lines=False)


def words(
    given: Mapping[str, str], name: str, longest: int = LONG, missing: object | None = None
) -> dict[str, str]:
    """The same for words that may have several lines."""
    return _both(given, name, longest, missing, lines=True)


def _both(
    given: Mapping[str, str], name: str, longest: int, missing: object | None, *, lines: bool
) -> dict[str, str]:
    clean = clean_words if lines else one_line
    said = {field: clean(given.get(field, "")) for field in (f"{name}_en", f"{name}_cy")}
    if missing is not None and not says_something(said[f"{name}_en"]):
        raise Refusal(missing, field=f"{name}_en")
    for field, text in said.items():
        if len(text) > longest:
            raise Refusal(
                _("Make this %(number)s letters or shorter.", number=longest), field=field
            )
    return said
