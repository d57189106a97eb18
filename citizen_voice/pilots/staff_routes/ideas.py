"""Which ideas a pilot tries, and what is taken from each."""

from flask import Response, request
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas.cards import STAGE_WORDS
from citizen_voice.ideas.queries import number
from citizen_voice.pilots import services
from citizen_voice.pilots.forms import LinkForm
from citizen_voice.pilots.policies import CONFIRMERS
from citizen_voice.pilots.queries import parts
from citizen_voice.pilots.staff_routes.blueprint import bp
from citizen_voice.pilots.staff_routes.managing import back
from citizen_voice.pilots.staff_routes.shown import going_on
from citizen_voice.web.access import role
from citizen_voice.web.filters import reference
from citizen_voice.web.htmx import go, page
from citizen_voice.words import _


@bp.route("/<pilot_ref>/ideas", methods=["GET", "POST"])
@role(*CONFIRMERS)
def linked(pilot_ref: str) -> Response:
    """Link another idea, or say anew what was taken from one (``?idea=CV-1042``)."""
    trial = going_on(pilot_ref, to="links")
    tried = parts.ideas_of(trial.id)
    form = LinkForm(data=_begun(tried))
    if form.validate_on_submit():
        said = form.both("taken")
        try:
            key = _number(str(form.idea.data or ""))
            with write():
                services.link(trial.id, key, **said, actor=current_user.id)
            return go(back(trial, "trial-linked"))
        except Refusal as refusal:
            form.refuse(refusal)
    return page(
        "pilots/staff/ideas.html",
        trial=trial,
        form=form,
        ideas=tried,
        idea_stages=STAGE_WORDS,
    )


@bp.post("/<pilot_ref>/ideas/<ref>/unlink")
@role(*CONFIRMERS)
def unlink(pilot_ref: str, ref: str) -> Response:
    """Try an idea no longer."""
    trial = going_on(pilot_ref, to="links")
    with write():
        services.unlink(trial.id, number(ref), actor=current_user.id)
    return go(back(trial, "trial-unlinked"))


def _begun(tried: object) -> dict[str, str]:
    """What the form holds before anything is typed."""
    asked = request.args.get("idea") or ""
    for row in tried if isinstance(tried, (list, tuple)) else ():
        if reference(row.id) == asked:
            return {"idea": asked, "taken_en": row.taken_en, "taken_cy": row.taken_cy}
    return {"idea": asked[:20]}


def _number(text: str) -> int:
    """The idea that was written: CV-1042, or 1042 alone. Raises ``Refusal``."""
    text = text if text.upper().startswith("CV-") else f"CV-{text}"
    try:
        return number(text)
    except NotHere:
        raise Refusal(_("Write the number of an idea, like CV-1042."), field="idea") from None
