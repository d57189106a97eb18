"""What can be asked for in an address: each parameter says what it takes, and reads it.

The same constraints stand in the OpenAPI document, so that the two never disagree.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from citizen_voice.api.problems import BadParameter
from citizen_voice.words import _

LARGEST = 2**31 - 1
WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,18})", re.ASCII)
KEY = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
LONGEST_SLUG = 60
LONGEST_CURSOR = 200


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an address: ``schema`` is JSON Schema, ``read`` raises ``ValueError``."""

    name: str
    words: Any
    schema: dict[str, Any]
    read: Callable[[str], Any]
    place: str = "query"

    @property
    def default(self) -> Any:
        """What it is where nothing is said."""
        return self.schema.get("default")

    @property
    def takes(self) -> Any:
        """What its values are, for who gave another; nothing where that takes no sentence."""
        if "enum" in self.schema:
            return _("It takes one of these: %(values)s.", values=", ".join(self.schema["enum"]))
        if "maximum" in self.schema:
            return _("It takes a whole number from 1 to %(most)s.", most=self.schema["maximum"])
        return ""


def whole(name: str, words: Any, *, largest: int = LARGEST, usual: int | None = None) -> Parameter:
    """A number from 1 on."""
    schema: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": largest}
    if usual is not None:
        schema["default"] = usual

    def read(text: str) -> int:
        if not WHOLE.fullmatch(text) or not 1 <= int(text) <= largest:
            raise ValueError
        return int(text)

    return Parameter(name, words, schema, read)


def one_of(name: str, words: Any, values: Sequence[str], *, usual: str | None = None) -> Parameter:
    """One of some words."""
    schema: dict[str, Any] = {"type": "string", "enum": list(values)}
    if usual is not None:
        schema["default"] = usual

    def read(text: str) -> str:
        if text not in values:
            raise ValueError
        return text

    return Parameter(name, words, schema, read)


def text(name: str, words: Any, longest: int, **further: Any) -> Parameter:
    """Some text that is not empty; ``pattern`` and ``format`` as JSON Schema has them."""
    schema = {"type": "string", "minLength": 1, "maxLength": longest, **further}
    pattern = re.compile(further.get("pattern", ""))

    def read(said: str) -> str:
        if not 1 <= len(said) <= longest or not pattern.search(said):
            raise ValueError
        return said

    return Parameter(name, words, schema, read)


def in_path(name: str, words: Any, example: str) -> Parameter:
    """A part of the path; what names nothing is not found."""
    return Parameter(name, words, {"type": "string", "examples": [example]}, str, "path")


def read(known: Sequence[Parameter], args: MultiDict[str, str]) -> dict[str, Any]:
    """What an address asks for, each parameter by its name; raises ``BadParameter``."""
    names = {each.name: each for each in known if each.place == "query"}
    for name in args:
        if name not in names:
            words = _("There is no parameter “%(name)s” here.", name=name[:40])
            others = _("There are these: %(names)s.", names=", ".join(names)) if names else ""
            raise BadParameter(f"{words} {others}".rstrip())
    return {name: _one(each, args.getlist(name)) for name, each in names.items()}


def _one(asked: Parameter, said: Sequence[str]) -> Any:
    if not said:
        return asked.default
    if len(said) > 1:
        raise BadParameter(_("The parameter “%(name)s” stands there twice.", name=asked.name))
    try:
        return asked.read(said[0])
    except ValueError:
        words = _("The parameter “%(name)s” can’t have that value.", name=asked.name)
        raise BadParameter(f"{words} {asked.takes}".rstrip()) from None
