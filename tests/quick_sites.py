"""Every test makes a site of its own: what is the same in all of them is worked out once.

Two thirds of most tests' time went into making the same functions from the same addresses, the
same code from the same templates and the same SQL from the same statements. Nothing is replaced:
each is remembered by all that it is made from.
"""

from collections.abc import Callable, Iterable
from types import CodeType
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule
from werkzeug.routing.rules import RulePart

_builders: dict[Any, Callable[..., tuple[str, str]]] = {}
_parsed: dict[Any, tuple[list[RulePart], list[tuple[bool, str]], dict[str, Any]]] = {}
_statements: LRUCache[Any, Any] = LRUCache(20_000)
_make_engine = SQLAlchemy._make_engine


class RememberedRule(Rule):
    """A rule whose address is read, and made, as an equal rule's was."""

    def _parse_rule(self, rule: str) -> Iterable[RulePart]:
        made_from = (rule, frozenset(self.map.converters.items()))
        if made_from not in _parsed:
            before, held = len(self._trace), set(self._converters)
            parts = list(super()._parse_rule(rule))
            converters = {k: v for k, v in self._converters.items() if k not in held}
            _parsed[made_from] = (parts, self._trace[before:], converters)
            return parts
        parts, trace, converters = _parsed[made_from]
        self._trace.extend(trace)
        self._converters.update(converters)
        self.arguments.update(converters)
        return parts

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


def _remembering_engine(self: SQLAlchemy, *made_from: Any) -> Engine:
    """An engine that takes the SQL of a statement from those before it, as one process's does."""
    engine = _make_engine(self, *made_from)
    engine.update_execution_options(compiled_cache=_statements)
    return engine


def _is_like(self: object, other: object) -> bool:
    return type(self) is type(other)


def _by_kind(self: object) -> int:
    return hash(type(self))


def remember() -> None:
    """Have every site of this process use what was worked out for the others."""
    Flask.url_rule_class = RememberedRule
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": RememberedTemplates()}
    SQLAlchemy._make_engine = _remembering_engine  # type: ignore[method-assign,assignment]
    for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):  # one database, one way to speak
        kind.__eq__ = _is_like  # type: ignore[method-assign]
        kind.__hash__ = _by_kind  # type: ignore[method-assign]
