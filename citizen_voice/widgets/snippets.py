"""What staff copy into other sites' pages, and where a frame that is not saved yet can be seen."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import g, request, url_for
from markupsafe import Markup

from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.web.filters import reference
from citizen_voice.web.locale import PREFIX
from citizen_voice.web.sharing import permanent
from citizen_voice.widgets.models import CHANGES, IDEA, PILOT
from citizen_voice.widgets.oembed import HEIGHTS, idea_name, site_name
from citizen_voice.widgets.services import Wanted
from citizen_voice.widgets.wording import KIND_NAMES, is_about_something, subject_of
from citizen_voice.words import force_locale, language

_FRAME = Markup(
    '<iframe src="{src}" title="{title}" loading="lazy" referrerpolicy="origin"'
    ' width="100%" height="{height}" frameborder="0"></iframe>'
)
_SCRIPT = Markup(
    '<script src="{src}" data-widget="{number}" data-title="{title}" data-height="{height}"'
    " async></script>"
)
_CARD = Markup(
    '<blockquote>\n  <p><a href="{page}"{lang}>{words}</a></p>\n'
    "  <p>{kind} · {site}</p>\n</blockquote>"
)


class Snippets(NamedTuple):
    """What can be copied, from the simplest to what asks least of the page around it."""

    link: str
    script: str
    frame: str
    card: str


def snippets(line: Any) -> Snippets:
    """What to copy for a widget of ``figures``, in the widget's own language."""
    code = line.language if g.site.welsh_on else "en"
    with force_locale(code):
        subject = subject_of(line)
        kind = str(KIND_NAMES[line.kind])
        words = subject.said.text if is_about_something(line) else kind
        lang = subject.said.lang if words == subject.said.text else None
        site = site_name()
        is_idea = line.kind == IDEA and subject.ref
        title = idea_name(subject.ref) if is_idea else f"{words} – {site}"
    root = _root(code)
    link = permanent(_plain(url_for("widgets.widget", widget_id=line.id)))
    height = HEIGHTS[line.kind]
    return Snippets(
        link=link,
        script=_written(
            _SCRIPT,
            src=permanent(_plain(url_for("widgets.loader"))),
            number=line.id,
            title=title,
            height=height,
        ),
        frame=_written(_FRAME, src=link, title=title, height=height),
        card=_written(
            _CARD,
            page=permanent(root + subject.path),
            lang=Markup(' lang="{}"').format(lang) if lang else "",
            words=words,
            kind=kind,
            site=site,
        ),
    )


def preview(wanted: Wanted, slug: str | None) -> str | None:
    """The address of a frame that looks as somebody would have it; ``None`` without a subject."""
    if wanted.kind == IDEA:
        there = wanted.idea_id and url_for("widgets.idea", ref=reference(wanted.idea_id))
    elif wanted.kind == PILOT:
        there = wanted.pilot_id and url_for("widgets.pilot", pilot_ref=pilot_ref(wanted.pilot_id))
    elif wanted.kind == CHANGES:
        there = url_for("widgets.changes_of", slug=slug) if slug else url_for("widgets.changes")
    else:
        there = slug and url_for(f"widgets.{wanted.kind}", slug=slug)
    if not there:
        return None
    look = {"accent": wanted.accent, "radius": wanted.radius, "scheme": wanted.scheme}
    code = wanted.language if g.site.welsh_on else "en"
    return f"{_root(code)}{there.removeprefix(request.script_root)}?{urlencode(look)}"


def _written(form: Markup, **values: object) -> str:
    """HTML to be copied: plain text to the page that shows it, which escapes it once more."""
    return str(form.format(**values))


def _plain(path: str) -> str:
    """A path without the mark of the language that the page at hand is in."""
    return path.replace(request.script_root, _root("en"), 1) if language() == "cy" else path


def _root(code: str) -> str:
    """What stands before every path in a language."""
    return request.script_root.removesuffix(PREFIX) + (PREFIX if code == "cy" else "")
