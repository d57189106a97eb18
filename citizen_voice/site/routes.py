"""The home page, the plain pages, the brand's colours, and whether the site is well."""

import re
from functools import cache

import structlog
from flask import Blueprint, Response, g, make_response
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.accounts.visits import last_visit
from citizen_voice.answers import since as answers
from citizen_voice.challenges import queries as challenges
from citizen_voice.challenges.routes import cards
from citizen_voice.comments import since as comments
from citizen_voice.db import AnyRow
from citizen_voice.errors import NotHere
from citizen_voice.ideas import queries as ideas
from citizen_voice.ideas.queries.news import news
from citizen_voice.ideas.since import News
from citizen_voice.paths import ROOT
from citizen_voice.pilots.cards import TrialCard
from citizen_voice.pilots.queries import trials
from citizen_voice.site import accessible, queries, readiness, storage
from citizen_voice.web.access import everyone
from citizen_voice.web.filters import Said, say
from citizen_voice.web.htmx import page
from citizen_voice.words import language

bp = Blueprint("site", __name__)
log = structlog.get_logger()

DIGEST = re.compile("[0-9a-f]{64}")

PROBES = frozenset({"site.healthz", "site.readyz"})
"""For machines that watch the site; they read no settings, so that they tell of a database gone."""

WORDS = ROOT / "citizen_voice" / "site" / "words"


@bp.get("/")
@everyone
def home() -> Response:
    """The council's question first: what is open, what is tried, what became of what closed."""
    shown, totals = challenges.overview(), ideas.totals_by_challenge()
    return page(
        "site/home.html",
        challenges_open=cards(shown.open, totals),
        challenges_upcoming=cards(shown.upcoming, totals),
        challenges_closed=cards(shown.closed[:3], totals),
        trials=[TrialCard(each) for each in trials.going_on()[:3]],
        since=_since(),
    )


def _since() -> News | None:
    """What is new to who is signed in; ``None`` for visitors, under 18, and on a first visit."""
    if not current_user.is_authenticated or current_user.is_young:
        return None
    moment = last_visit(current_user.id, clock.now())
    if moment is None:
        return None
    arms = (*answers.ARMS, *comments.ARMS)
    rows = news(moment, current_user.id, arms, comments.values(moment))
    return News(rows, supported=answers.SUPPORTED, commented=comments.COMMENTED)


@bp.get("/cookies")
@everyone
def cookies() -> Response:
    """What we keep on a device, made from the manifest."""
    return page("site/cookies.html", words=plain_page("cookies"), cookies=storage.MANIFEST)


@bp.get("/accessibility")
@everyone
def accessibility() -> Response:
    """The accessibility statement, made from what is tested and known, and the council's part."""
    row = queries.written_page(accessible.PAGE)
    return page(
        "site/accessibility.html",
        facts=accessible,
        own=None if row is None else say(row, "body"),
        own_changed=None if row is None else row.changed_at,
    )


@bp.get("/rules")
@everyone
def rules() -> Response:
    """The rules of the conversation."""
    return page("site/rules.html", words=rules_now())


@bp.get("/site-images/<digest>.png")
@everyone
def picture(digest: str) -> Response:
    """A picture of the council's own; named by its content, so it never changes."""
    if not DIGEST.fullmatch(digest):
        raise NotHere
    found = queries.picture(digest)
    response = make_response(found.content)
    response.headers["Content-Type"] = found.kind
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


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
    """The process answers; the database is not asked."""
    return _probed({"status": "ok"})


@bp.get("/readyz")
@everyone
def readyz() -> Response:
    """The site can serve: the database answers, has this version's schema, and can be written."""
    reason = readiness.trouble()
    if reason is None:
        return _probed({"status": "ready"})
    log.warning("not ready", reason=reason)
    return _probed({"status": "not ready", "reason": reason}, 503)


def _probed(said: dict[str, str], status: int = 200) -> Response:
    response = make_response(said, status)
    response.headers["Cache-Control"] = "no-store"
    return response


@cache
def _words(name: str, code: str) -> str:
    return (WORDS / f"{name}.{code}.md").read_text(encoding="utf-8")


def plain_page(name: str) -> str:
    """The council's words of a plain page (Markdown) in the page's language."""
    return _words(name, language())


def rules_now() -> Said:
    """The rules (Markdown): the council's own, or ours where it has written none."""
    row = queries.written_page("rules")
    return Said(plain_page("rules"), None) if row is None else say(row, "body")


def theme_css(settings: AnyRow) -> str:
    """The custom properties that carry the council's colours."""
    return (
        ":root{"
        f"--govuk-brand-colour:{settings.brand_colour};"
        f"--govuk-link-colour:{settings.link_colour};"
        "}\n"
    )
