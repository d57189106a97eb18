"""Logs: a line of JSON each, with the request's id; no address, code, token or text of anybody."""

import json
import re
import secrets
import sys
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from functools import cache
from time import perf_counter
from typing import Any

import structlog
from flask import Flask, Response, g, request

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
QUIET = frozenset({"site.healthz", "site.readyz", "site.theme"})
EMPTY = frozenset({204, 304})
ADDRESS = re.compile(r"[^\s\"'<>()=,:;]+@[^\s\"'<>(),:;]+")
ID = "X-Request-Id"
LONGEST = 300


def configure() -> None:
    """Have everything that is logged written to standard error, as JSON."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            discreet_traceback,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def follow(app: Flask, *, requests: bool) -> None:
    """Give each request an id that stands in all of its lines and in its answer.

    ``requests``: write a line for each, too. It is put together here, since the general way takes
    three times as long.
    """

    @app.before_request
    def begin() -> None:
        g.began = perf_counter()
        g.request_id = new_id()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        request_id = g.get("request_id") or new_id()  # it may fail before it begins
        response.headers[ID] = request_id
        if requests and request.endpoint not in QUIET:
            sys.stderr.write(_line(request_id, response))
        return response


def new_id() -> str:
    """What a request's lines are found by."""
    return secrets.token_hex(8)


def _line(request_id: str, response: Response) -> str:
    method = request.method if request.method in METHODS else "other"
    rule = request.url_rule
    bodiless = method == "HEAD" or response.status_code in EMPTY
    return line(
        request_id,
        method,
        None if rule is None else rule.rule,
        response.status_code,
        0 if bodiless else response.calculate_content_length(),
        g.get("began"),
    )


def line(
    request_id: str,
    method: str,
    route: str | None,
    status: int,
    size: int | None,
    began: float | None,
) -> str:
    """The line of a request: ``route`` as a rule of ours, ``began`` by ``perf_counter``."""
    milliseconds = "null" if began is None else f"{(perf_counter() - began) * 1000:.1f}"
    return (
        f'{{"event": "request", "request_id": "{request_id}", "method": "{method}", '
        f'"route": {_quoted(route)}, "status": {status}, "ms": {milliseconds}, '
        f'"bytes": {"null" if size is None else size}, "level": "info", '
        f'"timestamp": "{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"}}\n'
    )


@cache
def _quoted(rule: str | None) -> str:
    """A rule of ours as JSON: ``/ideas/CV-<int:number>``, not the address that was asked for."""
    return json.dumps(rule)


def discreet_traceback(
    _logger: object, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Write an exception as where it came from, its kind, and the first line of what it says.

    Databases put the values of a row into the lines after it.
    """
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    elif isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_told(error))
    return event


def _told(error: BaseException) -> list[str]:
    """An exception and those that it came from, the first of them first."""
    chain: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in chain:
        chain.append(following)
        quiet = following.__suppress_context__
        following = following.__cause__ or (None if quiet else following.__context__)
    lines = []
    for each in reversed(chain):
        lines += [line.rstrip() for line in traceback.format_tb(each.__traceback__)]
        said = (str(each).splitlines() or [""])[0][:LONGEST]
        kind = f"{type(each).__module__}.{type(each).__qualname__}".removeprefix("builtins.")
        lines.append(f"{kind}: {ADDRESS.sub('…@…', said)}")
    return lines
