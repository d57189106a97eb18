"""The site as administrators set it up: names, contact, colours, logo, languages, age."""

from typing import Any

from flask import Blueprint, Response, g, make_response, request, url_for
from flask_login import current_user

from citizen_voice.accounts import ages
from citizen_voice.db import write
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.site import colours, pictures, queries, services, settling
from citizen_voice.site.forms import LogoForm, LogoWordsForm, SiteForm
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page
from citizen_voice.web.large_forms import room_for

bp = Blueprint("site_staff", __name__)

STANDS_WITH = {"brand_colour": colours.ON_BRAND, "link_colour": colours.UNDER_LINKS}
"""The colours that an administrator chooses, and those that each has to be told from."""

LARGEST_PICTURE_FORM = pictures.LARGEST + 64 * 1024
room_for(bp, "logo", LARGEST_PICTURE_FORM)


@bp.route("/staff/site", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def index() -> Response:
    """Look at the site's settings, see what others would see, and save."""
    now = g.site
    saved = {name: getattr(now, name) for name in settling.WORDS}
    form = SiteForm(
        **saved,
        welsh_on=now.welsh_on,
        managers_told=now.managers_told,
        seen=settling.fingerprint(now),
    )
    if "preview" in request.form:
        return _shown(form, status=200)
    if form.validate_on_submit():
        try:
            with write():
                services.settle(form.values(), seen=form.seen.data, actor=current_user.id)
            return go(url_for("site_staff.index", done="site-saved"))
        except Conflict as conflict:
            return _conflict(form, conflict)
        except Refusal as refusal:
            form.refuse(refusal)
    return _shown(form)


def _conflict(form: SiteForm, conflict: Conflict) -> Response:
    """What somebody else saved meanwhile, beside what this one typed."""
    now = queries.settings()
    form.seen.data = form.seen.raw_data = None
    form.seen.process_data(settling.fingerprint(now))
    theirs = [
        (form[name].label.text, getattr(now, name), form[name].id)
        for name in settling.WORDS
        if getattr(now, name) != form[name].data
    ]
    return _shown(form, status=conflict.status, conflict=conflict, theirs=theirs)


def _shown(form: SiteForm, *, status: int | None = None, **context: Any) -> Response:
    if status is None:
        status = 422 if form.errors else 200
    measured = {name: _measured(form[name].data, others) for name, others in STANDS_WITH.items()}
    return page(
        "site/settings.html",
        block="seen",
        status=status,
        form=form,
        now=g.site,
        minimum_age=ages.minimum(ages.TAKING_PART),
        measured=measured,
        looks=_looks(form),
        **context,
    )


def _measured(said: str | None, others: tuple[str, ...]) -> dict[str, Any] | None:
    """How well a colour can be read: its contrast, whether that will do, and what would."""
    colour = colours.normalise(said or "")
    if colour is None:
        return None
    return {
        "ratio": colours.told(colours.least_contrast(colour, others)),
        "passes": colours.passes(colour, others),
        "shade": colours.readable_shade(colour, others),
    }


def _looks(form: SiteForm) -> dict[str, Any]:
    """What everybody would see: words by language, and the address of the colours.

    A colour that nobody could read is shown as the shade of it that is proposed instead.
    """
    typed = form.values()
    languages = ("en", "cy") if typed["welsh_on"] else ("en",)
    words = [
        {"code": code}
        | {
            name: typed[f"{name}_{code}"] or typed[f"{name}_en"]
            for name in ("name", "council", "tagline", "contact_address", "footer")
        }
        for code in languages
    ]
    given = {
        name: colours.readable_shade(
            colours.normalise(typed[name] or "") or getattr(g.site, name), others
        )
        for name, others in STANDS_WITH.items()
    }
    return {
        "words": words,
        "email": typed["contact_email"],
        "phone": typed["contact_phone"],
        "colours_url": url_for(
            "site_staff.preview_colours",
            brand=given["brand_colour"][1:],
            link=given["link_colour"][1:],
        ),
    }


@bp.get("/staff/site/preview.css")
@role(ADMINISTRATOR)
def preview_colours() -> Response:
    """The colours of the preview: no style may stand in a page itself."""
    given = [colours.normalise(request.args.get(name, "")) for name in ("brand", "link")]
    if None in given:
        raise NotHere
    brand, link = given
    response = make_response(
        ".site-preview{"
        f"--brand:{brand};--accent:{brand};--govuk-brand-colour:{brand};--govuk-link-colour:{link};"
        "}\n"
    )
    response.headers["Content-Type"] = "text/css; charset=utf-8"
    return response


@bp.route("/staff/site/logo", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def logo() -> Response:
    """Upload a picture for the head of every page."""
    form = LogoForm()
    if form.validate_on_submit():
        try:
            picture = pictures.remade(form.file.data.read())
            with write():
                services.put_logo(
                    picture,
                    alt_en=_line(form.alt_en.data),
                    alt_cy=_line(form.alt_cy.data),
                    actor=current_user.id,
                )
            return go(url_for("site_staff.logo", done="logo-saved"))
        except Refusal as refusal:
            form.refuse(refusal)
    return _logo_page(form)


@bp.route("/staff/site/logo/words", methods=["GET", "POST"])
@role(ADMINISTRATOR)
def logo_words() -> Response:
    """Say in words what the picture shows."""
    if not g.site.logo:
        raise NotHere
    words = LogoWordsForm(alt_en=g.site.logo_alt_en, alt_cy=g.site.logo_alt_cy)
    if words.validate_on_submit():
        try:
            with write():
                services.describe_logo(
                    alt_en=_line(words.alt_en.data),
                    alt_cy=_line(words.alt_cy.data),
                    actor=current_user.id,
                )
            return go(url_for("site_staff.logo", done="logo-saved"))
        except Refusal as refusal:
            words.refuse(refusal)
    return page("site/logo_words.html", form=words)


@bp.post("/staff/site/logo/remove")
@role(ADMINISTRATOR)
def remove_logo() -> Response:
    """Have our own mark there again."""
    with write():
        services.remove_logo(actor=current_user.id)
    return go(url_for("site_staff.logo", done="logo-removed"))


def _logo_page(form: LogoForm) -> Response:
    return page("site/logo.html", form=form, now=g.site)


def _line(value: str | None) -> str:
    return " ".join((value or "").split())
