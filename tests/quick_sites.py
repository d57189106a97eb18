"""Every test makes a site of its own: what is the same in all of them is worked out once.

Two thirds of most tests' time went into making the same functions from the same addresses and the
same code from the same templates. Nothing is replaced: both are remembered by all that they are
made from.
"""

from collections.abc import Callable
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

_builders: dict[Any, Callable[..., tuple[str, str]]] = {}


class RememberedRule(Rule):
    """A rule whose address is made by the function that an equal rule has."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        made_from = (self.rule, tuple(self._trace), repr(self.defaults), append_unknown)
        if made_from not in _builders:
            _builders[made_from] = super()._compile_builder(append_unknown)
        return _builders[made_from]


class RememberedTemplates(BytecodeCache):
    """The code of templates, by language, name and content."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was made before from the same."""
        bucket.code = self._codes.get(_made_from(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember it."""
        assert bucket.code is not None
        self._codes[_made_from(bucket)] = bucket.code


def _made_from(bucket: Bucket) -> tuple[str, str, str]:
    return (getattr(bucket.environment, "language", "en"), bucket.key, bucket.checksum)


def remember() -> None:
    """Have every site of this process use what was worked out for the others."""
    Flask.url_rule_class = RememberedRule
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": RememberedTemplates()}
