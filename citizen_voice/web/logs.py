"""Logs: a line of JSON each, with the request's id; no address, code, token or text of anybody."""

import secrets
import sys

import structlog
from flask import Flask, Response


def configure() -> None:
    """Have everything that is logged written to standard error, as JSON."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def follow(app: Flask) -> None:
    """Give each request an id that stands in all of its lines and in its answer."""

    @app.before_request
    def begin() -> None:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=secrets.token_hex(8))

    @app.after_request
    def name(response: Response) -> Response:
        request_id = structlog.contextvars.get_contextvars().get("request_id")
        if request_id:
            response.headers["X-Request-Id"] = request_id
        return response
