"""Cookies: out of the reach of scripts, and bound to this host where there is TLS."""

from flask import Response, current_app, request


def full_name(name: str) -> str:
    """The cookie's name on the wire: with the ``__Host-`` prefix where there is TLS."""
    return f"__Host-{name}" if current_app.config["SECURE"] else name


def read(name: str) -> str | None:
    """The cookie's value in the request at hand."""
    return request.cookies.get(full_name(name))


def put(response: Response, name: str, value: str, lasts: int | None) -> None:
    """Set a cookie. ``lasts`` in seconds; ``None``: until the browser is closed."""
    response.set_cookie(
        full_name(name),
        value,
        max_age=lasts,
        path="/",
        secure=current_app.config["SECURE"],
        httponly=True,
        samesite="Lax",
    )


def drop(response: Response, name: str) -> None:
    """Take a cookie away."""
    response.delete_cookie(
        full_name(name),
        path="/",
        secure=current_app.config["SECURE"],
        httponly=True,
        samesite="Lax",
    )
