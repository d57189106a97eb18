"""Headers that every answer carries."""

from flask import Flask, Response, g, request
from flask_login import current_user

from citizen_voice.web.htmx import VARY

CONTENT_SECURITY_POLICY = "; ".join(  # noqa: FLY002  # a line a directive
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)


def add(app: Flask, *, secure: bool) -> None:
    """Have the app send them. ``secure``: residents reach the site through TLS."""
    vary = ", ".join(VARY)
    always = [
        ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ]
    if secure:
        always.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))

    @app.after_request
    def headers(response: Response) -> Response:
        given = response.headers
        for name, value in always:
            given.setdefault(name, value)
        if g.get("openly"):
            return response
        if "Vary" in given:
            response.vary.update(VARY)
        else:
            given["Vary"] = vary
        if "Cache-Control" not in given:
            given["Cache-Control"] = _cache_control()
        return response


def _cache_control() -> str:
    if g.get("never_store") or request.method not in ("GET", "HEAD"):
        return "no-store"
    return "private, no-cache" if current_user.is_authenticated else "public, no-cache"


def never_store() -> None:
    """The page at hand is about one person alone: no cache may keep it."""
    g.never_store = True
