"""What stands around every page: made once for each language, and kept."""

from typing import Any

from flask_login import current_user
from markupsafe import Markup, escape

from citizen_voice.web import forgery
from citizen_voice.web.templates import piece
from citizen_voice.words import _

TEMPLATE = "layouts/frame.html"
ADDRESS, NAME = "\ue001", "\ue002"  # of the private use area: stand where these go
MY_ACCOUNT = _("My account")


def top(site: Any, section: str, other: dict[str, str] | None) -> Markup:
    """The head of the page: the council, the other language, where one is, who is signed in.

    ``other`` has the ``code``, ``label`` and ``url`` of the page in the other language.
    """
    signed_in = current_user.is_authenticated
    code = None if other is None else other["code"]
    made = piece(
        TEMPLATE,
        "top",
        (site.revision, section, signed_in, code),
        forgery.field(),
        site,
        section,
        signed_in,
        other,
        ADDRESS,
        NAME,
    )
    address = escape("" if other is None else other["url"])
    name = escape((current_user.display_name or MY_ACCOUNT) if signed_in else "")
    before, _mark, after = made.partition(NAME)
    return Markup(before.replace(ADDRESS, address) + name + after)  # nosec B704  # each is escaped


def bottom(site: Any, development: bool) -> Markup:  # called by a template
    """The foot of the page."""
    return piece(TEMPLATE, "bottom", (site.revision, development), Markup(), site, development)
