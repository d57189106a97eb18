"""Citizen Voice: residents propose, answer and discuss; the council replies to every idea."""

from citizen_voice import importing  # before what takes long to import

# isort: split
from typing import Any

from flask import Flask, g, redirect, request
from flask.typing import ResponseReturnValue
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from whitenoise import WhiteNoise

from citizen_voice import config, db, kept, paths, wiring
from citizen_voice.accounts import personal_data as _accounts_register  # noqa: F401  # declares
from citizen_voice.accounts import routes as accounts
from citizen_voice.accounts import sessions
from citizen_voice.accounts import staff_routes as accounts_staff
from citizen_voice.answers import personal_data as _answers_register  # noqa: F401  # declares
from citizen_voice.answers import routes as answers
from citizen_voice.api import routes as api
from citizen_voice.board import personal_data as _board_register  # noqa: F401  # declares
from citizen_voice.board import staff_routes as board
from citizen_voice.challenges import personal_data as _challenges_register  # noqa: F401  # declares
from citizen_voice.challenges import routes as challenges
from citizen_voice.challenges import staff_routes as challenges_staff
from citizen_voice.comments import personal_data as _comments_register  # noqa: F401  # declares
from citizen_voice.comments import routes as comments
from citizen_voice.comments.cards import comment_html
from citizen_voice.config import Settings
from citizen_voice.consent import personal_data as _consent_register  # noqa: F401  # declares
from citizen_voice.consent import routes as consent
from citizen_voice.consent import staff_routes as consent_staff
from citizen_voice.desk import personal_data as _desk_register  # noqa: F401  # declares
from citizen_voice.desk import routes as desk
from citizen_voice.desk import staff_routes as desk_staff
from citizen_voice.exports import routes as exports
from citizen_voice.feeds import routes as feeds
from citizen_voice.following import personal_data as _following_register  # noqa: F401  # declares
from citizen_voice.following import routes as following
from citizen_voice.ideas import personal_data as _ideas_register  # noqa: F401  # declares
from citizen_voice.ideas import routes as ideas
from citizen_voice.ideas.cards import cards_html
from citizen_voice.imports import personal_data as _imports_register  # noqa: F401  # declares
from citizen_voice.journal import personal_data as _journal_register  # noqa: F401  # declares
from citizen_voice.journal import staff_routes as journal_staff
from citizen_voice.merging import personal_data as _merging_register  # noqa: F401  # declares
from citizen_voice.merging import routes as merging
from citizen_voice.moderation import personal_data as _moderation_register  # noqa: F401  # declares
from citizen_voice.moderation import routes as moderation
from citizen_voice.moderation import staff_routes as moderation_staff
from citizen_voice.news import personal_data as _news_register  # noqa: F401  # declares
from citizen_voice.news import routes as news
from citizen_voice.outbox import jobs
from citizen_voice.outbox import personal_data as _outbox_register  # noqa: F401  # declares
from citizen_voice.outbox import routes as outbox
from citizen_voice.outbox import staff_routes as outbox_staff
from citizen_voice.pilots import personal_data as _pilots_register  # noqa: F401  # declares
from citizen_voice.pilots import routes as pilots
from citizen_voice.pilots import staff_routes as pilots_staff
from citizen_voice.pilots.queries.trials import any_trials
from citizen_voice.places import personal_data as _places_register  # noqa: F401  # declares
from citizen_voice.places import staff_routes as places_staff
from citizen_voice.privacy import personal_data as _privacy_register  # noqa: F401  # declares
from citizen_voice.privacy import routes as privacy
from citizen_voice.privacy import staff_routes as privacy_staff
from citizen_voice.records import personal_data as _records_register  # noqa: F401  # declares
from citizen_voice.records import staff_routes as records_staff
from citizen_voice.replies import personal_data as _replies_register  # noqa: F401  # declares
from citizen_voice.replies import routes as replies
from citizen_voice.replies import staff_routes as replies_staff
from citizen_voice.retention import personal_data as _retention_register  # noqa: F401  # declares
from citizen_voice.retention import staff_routes as retention_staff
from citizen_voice.signposts import routes as signposts
from citizen_voice.site import personal_data as _site_register  # noqa: F401  # declares
from citizen_voice.site import queries as site_settings
from citizen_voice.site import routes as site
from citizen_voice.site import staff_routes as site_staff
from citizen_voice.site import storage
from citizen_voice.staff import menu
from citizen_voice.staff import routes as staff
from citizen_voice.team import personal_data as _team_register  # noqa: F401  # declares
from citizen_voice.team import queries as team_rows
from citizen_voice.team import routes as team
from citizen_voice.team import staff_routes as team_staff
from citizen_voice.web import (
    assets,
    converters,
    error_pages,
    filters,
    forgery,
    frame,
    fresh,
    front,
    headers,
    locale,
    logs,
    openly,
    proxies,
    sharing,
    templates,
    thanks,
)
from citizen_voice.widgets import personal_data as _widgets_register  # noqa: F401  # declares
from citizen_voice.widgets import routes as widgets
from citizen_voice.widgets import staff_routes as widgets_staff
from citizen_voice.widgets import tallies
from citizen_voice.words import LANGUAGES, language

importing.done()

FEATURES = (
    site,
    signposts,
    accounts,
    team,
    team_staff,
    challenges,
    challenges_staff,
    ideas,
    answers,
    comments,
    merging,
    replies,
    replies_staff,
    pilots,
    pilots_staff,
    news,
    following,
    moderation,
    moderation_staff,
    outbox,
    outbox_staff,
    places_staff,
    site_staff,
    journal_staff,
    board,
    staff,
    privacy,
    privacy_staff,
    consent,
    consent_staff,
    accounts_staff,
    desk,
    desk_staff,
    retention_staff,
    records_staff,
    feeds,
    exports,
    api,
    widgets,
    widgets_staff,
)
LARGEST_FORM = 256 * 1024
A_YEAR = 31_536_000


def create_app(settings: Settings | None = None, *, pool_size: int = 8) -> Flask:
    """Make the site.

    ``settings`` come from the environment where they are not given; ``pool_size`` is the number
    of threads of this process. Raises ``config.BadSettings``.
    """
    settings = settings or config.load()
    app = Flask("citizen_voice", static_folder=None)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        INSTANCE=str(settings.instance),
        ERASURE_JOURNAL=str(settings.erasure_journal),
        DEVELOPMENT=settings.development,
        SECURE=settings.secure,
        BASE_URL=settings.base_url,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
    )
    app.url_map.strict_slashes = False
    app.url_map.converters["int"] = converters.Number
    app.jinja_environment = templates.LanguageEnvironment
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(paths.TEMPLATES),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    db.configure(app, settings, pool_size=pool_size)
    logs.configure()
    logs.follow(app, requests=settings.log_requests)
    kept.add(app)
    fresh.add(app)
    tallies.add(app)
    sessions.set_up(app, team_rows.roles)
    forgery.guard(app)
    headers.add(app, secure=settings.secure)
    openly.add(app)
    error_pages.add(app)
    filters.add(app)
    templates.add(app)
    sharing.add(app)
    wiring.set_to_work(jobs.set_up(app, settings))
    wiring.listen()
    for feature in FEATURES:
        app.register_blueprint(feature.bp)
    _share_with_templates(app, settings)
    _serve(app, settings)
    return app


def _share_with_templates(app: Flask, settings: Settings) -> None:
    names = assets.build(settings.instance / "assets")

    @app.before_request
    def read_settings() -> ResponseReturnValue | None:
        if request.endpoint in site.PROBES:
            return None
        g.site = kept.noted("settings") or site_settings.settings()
        fresh.note_state()
        if not g.site.welsh_on and language() == "cy":
            return redirect(locale.other_address())
        return None

    @app.context_processor
    def shared() -> dict[str, Any]:
        here = language()
        row = g.get("site") or site_settings.settings()
        other = None
        if row.welsh_on:
            code = "en" if here == "cy" else "cy"
            address = locale.other_address() if request else "/"
            other = {"code": code, "label": LANGUAGES[code], "url": address}
        return {
            "site": SiteWords(row),
            "locale": here,
            "other_language": other,
            "csrf_field": forgery.field,
            "csrf_value": forgery.token(),
            "done": thanks.done(),
            "development": settings.development,
            "theme_css_url": f"/theme.css?v={row.revision}",
        }

    app.jinja_env.globals["asset"] = lambda name: f"/assets/{names[name]}"
    app.jinja_env.globals["device_mark"] = storage.mark_of
    app.jinja_env.globals.update(staff_menu=menu.entries, any_trials=any_trials)
    app.jinja_env.globals["privacy_menu"] = menu.privacy_entries
    app.jinja_env.globals.update(cards_html=cards_html, comment_html=comment_html)
    app.jinja_env.globals.update(frame_top=frame.top, frame_bottom=frame.bottom)


class SiteWords:
    """The site's settings, with ``name``, ``council`` and ``tagline`` in the page's language."""

    def __init__(self, row: Any) -> None:
        self._row = row
        self.name = filters.say(row, "name").text
        self.council = filters.say(row, "council").text
        self.tagline = filters.say(row, "tagline").text

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


def _serve(app: Flask, settings: Settings) -> None:
    """Files beside the pages, and Welsh under its prefix."""
    files = WhiteNoise(app.wsgi_app, max_age=A_YEAR, immutable_file_test=lambda *_path: True)
    files.add_files(str(settings.instance / "assets"), prefix="assets/")
    quick = front.Front(app, locale.LanguagePrefix(files), log=settings.log_requests)
    app.wsgi_app = (  # type: ignore[method-assign]  # as WSGI does
        proxies.TrustedProxies(quick, settings.trusted_proxies)
    )
