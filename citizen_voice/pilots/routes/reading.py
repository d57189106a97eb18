"""Reading: the board of pilots, one of them, its pictures and its readings as a file."""

import re

from flask import Response, make_response, url_for

from citizen_voice.errors import NotHere
from citizen_voice.ideas.routes import reader_id
from citizen_voice.news import hearing
from citizen_voice.pilots import discussion
from citizen_voice.pilots.cards import PilotPage, TrialCard
from citizen_voice.pilots.models import DECIDED, EVALUATING, PREPARING, RUNNING, STOP
from citizen_voice.pilots.names import OUTCOME_NAMES, STAGE_NAMES
from citizen_voice.pilots.queries import measured, public, trials
from citizen_voice.pilots.refs import pilot_number
from citizen_voice.pilots.refs import pilot_ref as ref_of
from citizen_voice.pilots.routes.blueprint import bp
from citizen_voice.pilots.services.measuring import plain
from citizen_voice.web import qr
from citizen_voice.web.access import everyone
from citizen_voice.web.csv_files import csv_sent
from citizen_voice.web.filters import say
from citizen_voice.web.htmx import page
from citizen_voice.web.sharing import permanent
from citizen_voice.words import _

DIGEST = re.compile("[0-9a-f]{64}")


@bp.get("/pilots")
@everyone
def index() -> Response:
    """Every trial by its stage; those that stopped stand as tall as the others."""
    found = trials.everything()
    columns = [
        (name, str(STAGE_NAMES[name]), [TrialCard(each) for each in found if each.stage == name])
        for name in (PREPARING, RUNNING, EVALUATING)
    ]
    decided = [TrialCard(each) for each in found if each.stage == DECIDED]
    columns += [
        (
            "going-on",
            str(_("Decided: it goes on")),
            [each for each in decided if each.kind != STOP],
        ),
        (STOP, str(OUTCOME_NAMES[STOP]), [each for each in decided if each.kind == STOP]),
    ]
    return page("pilots/index.html", shown=found, columns=columns, any=bool(found))


@bp.get("/pilots/<pilot_ref>")
@everyone
def detail(pilot_ref: str) -> Response:
    """One trial."""
    whole = public.whole(pilot_number(pilot_ref))
    reader = reader_id()
    said = discussion.on_page(whole.pilot, reader)
    hears = reader is not None and hearing.hears_of_pilot(reader, whole.pilot.id)
    return page(
        "pilots/detail.html",
        shown=(whole.facts, said.facts, hears),
        pilot=PilotPage(whole),
        discussion=said,
        hears=hears,
    )


@bp.get("/pilots/<pilot_ref>/readings.csv")
@everyone
def readings(pilot_ref: str) -> Response:
    """Everything that was measured, as a file."""
    number = _known(pilot_ref)
    header = [str(name) for name in (_("Measure"), _("Unit"), _("Day"), _("Value"), _("Note"))]
    lines = (
        (say(row, "name").text, say(row, "unit").text, row.day, plain(row.value), row.note)
        for row in measured.readings_of(number)
    )
    return csv_sent(f"{ref_of(number)}.csv", header, lines)


@bp.get("/pilots/<pilot_ref>/qr.svg")
@everyone
def qr_code(pilot_ref: str) -> Response:
    """The QR code of a trial's address."""
    number = _known(pilot_ref)
    return qr.picture(permanent(url_for("pilots.detail", pilot_ref=ref_of(number))))


@bp.get("/pilots/pictures/<digest>.webp")
@everyone
def picture(digest: str) -> Response:
    """A picture of an update; named by its content, so it never changes."""
    if not DIGEST.fullmatch(digest):
        raise NotHere
    found = public.picture(digest)
    response = make_response(found.content)
    response.headers["Content-Type"] = found.kind
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _known(ref: str) -> int:
    """The number of a trial that there is; raises ``NotHere``."""
    number = pilot_number(ref)
    if trials.one(number) is None:
        raise NotHere
    return number
