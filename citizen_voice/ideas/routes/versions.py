"""The versions of an idea: what each changed, and what changed since one's own answer."""

from flask import Response, request, url_for

from citizen_voice.answers import queries as answers
from citizen_voice.ideas import policies, queries
from citizen_voice.ideas.detail import Detail
from citizen_voice.ideas.history import Version
from citizen_voice.ideas.routes.blueprint import bp
from citizen_voice.ideas.routes.joined import lead_on
from citizen_voice.ideas.routes.reading import idea_page, reader_id
from citizen_voice.web.access import everyone
from citizen_voice.web.htmx import page

LONGEST_NUMBER = 9


@bp.get("/ideas/<ref>/versions")
@everyone
def versions(ref: str) -> Response:
    """Every version with its day; or, with ``since``, all that changed from that version to now."""
    row = queries.shown(ref, answers.mine(reader_id()))
    lead_on(row)
    if not policies.can_see(row, reader_id()):
        return idea_page(row)
    earlier = _number(request.args.get("since"))
    after = request.args.get("after") or None
    found = queries.versions(row, after) if earlier is None else queries.since(row, earlier)
    older = found.after and url_for("ideas.versions", ref=ref.upper(), after=found.after)
    return page(
        "ideas/versions.html",
        shown=(row, found.pairs),
        idea=Detail(row, reader_id()),
        versions=[Version(*pair) for pair in found.pairs],
        since=earlier,
        not_shown=earlier is not None and 0 < earlier < row.public_from,
        from_the_top=after is None,
        older=older,
    )


def _number(text: str | None) -> int | None:
    """The number of a version in an address; 0, which none has, for what is no number."""
    if not text:
        return None
    if not text.isdecimal() or not text.isascii() or len(text) > LONGEST_NUMBER:
        return 0
    return int(text)
