"""Which connections to PostgreSQL this process has open, and where they were opened.

One that nobody closes is told of by the garbage collector only, at some later time and as the fault
of whichever test runs then.
"""

from __future__ import annotations

import traceback
from typing import Any
from weakref import WeakKeyDictionary

import psycopg

_opened: WeakKeyDictionary[psycopg.Connection[Any], str] = WeakKeyDictionary()
_connect = psycopg.Connection.connect


def watch() -> None:
    """Note every connection from here on."""
    psycopg.connect = psycopg.Connection.connect = _noting  # type: ignore[method-assign]


def still_open() -> dict[psycopg.Connection[Any], str]:
    """The connections that are open: each, and the lines that opened it."""
    return {connection: lines for connection, lines in _opened.items() if not connection.closed}


def _noting(*arguments: Any, **named: Any) -> psycopg.Connection[Any]:
    connection: psycopg.Connection[Any] = _connect(*arguments, **named)
    _opened[connection] = "".join(traceback.format_stack(limit=25)[:-1])
    return connection
