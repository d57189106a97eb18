"""The home page, the plain pages, the brand's colours, and whether the site is well."""

from functools import cache

from flask import Blueprint, Response, g, make_response
from sqlalchemy import text

from citizen_voice.challenges import queries as challenges
from citizen_voice.challenges.routes import cards
from citizen_voice.db import AnyRow, db
from citizen_voice.ideas import queries as ideas
from citizen_voice.paths import ROOT
from citizen_voice.site import storage
from citizen_voice.web.access import everyone
from citizen_voice.web.htmx import page
from citizen_voice.words import language

bp = Blueprint("site", __name__)

WORDS = ROOT / "citizen_voice" / "site" / "words"


@bp.get("/")
@everyone
def home() -> Response:
    """The council's question first: what is open, and what became of what closed."""
    shown, totals = challenges.overview(), ideas.totals_by_challenge()
    return page(
        "site/home.html",
        challenges_open=cards(shown.open, totals),
        challenges_upcoming=cards(shown.upcoming, totals),
        challenges_closed=cards(shown.closed[:3], totals),
    )


@bp.get("/privacy")
@everyone
def privacy() -> Response:
    """What we do with personal data."""
    return page("site/privacy.html", words=plain_page("privacy"))


@bp.get("/cookies")
@everyone
def cookies() -> Response:
    """What we keep on a device, made from the manifest."""
    return page("site/cookies.html", words=plain_page("cookies"), cookies=storage.MANIFEST)


@bp.get("/accessibility")
@everyone
def accessibility() -> Response:
    """The accessibility statement."""
    return page("site/accessibility.html", words=plain_page("accessibility"))


@bp.get("/rules")
@everyone
def rules() -> Response:
    """The rules of the conversation."""
    return page("site/rules.html", words=plain_page("rules"))


@bp.get("/theme.css")
@everyone
def theme() -> Response:
    """The council's colours, as custom properties."""
    response = make_response(theme_css(g.site))
    response.headers["Content-Type"] = "text/css; charset=utf-8"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@bp.get("/healthz")
@everyone
def healthz() -> Response:
    """The process answers."""
    return make_response({"status": "ok"})


@bp.get("/readyz")
@everyone
def readyz() -> Response:
    """The process answers and its database does, too."""
    db.session.execute(text("SELECT 1"))
    return make_response({"status": "ready"})


@cache
def _words(name: str, code: str) -> str:
    return (WORDS / f"{name}.{code}.md").read_text(encoding="utf-8")


def plain_page(name: str) -> str:
    """The council's words of a plain page (Markdown) in the page's language."""
    return _words(name, language())


def theme_css(settings: AnyRow) -> str:
    """The custom properties that carry the council's colours."""
    return (
        ":root{"
        f"--govuk-brand-colour:{settings.brand_colour};"
        f"--govuk-link-colour:{settings.link_colour};"
        "}\n"
    )
