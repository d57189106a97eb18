"""What a new assessment begins with: what the register and the trials know already."""

from citizen_voice import keeping, register
from citizen_voice.db import db
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.pilots.models import DPIA_QUESTIONS, Pilot
from citizen_voice.pilots.names import DPIA_NAMES
from citizen_voice.pilots.refs import LARGEST_NUMBER, pilot_ref
from citizen_voice.records import asked
from citizen_voice.records.models import GROUPS, TRIAL
from citizen_voice.words import _, gettext

Words = dict[str, str]


def words(about: str, title: str) -> Words:
    """The first words of an assessment, by their columns. Raises ``NotHere``, ``Refusal``."""
    begun = {each.name: "" for each in asked.WRITTEN}
    if about == GROUPS:
        return begun | _groups()
    if about.startswith(TRIAL):
        return begun | _trial(about.removeprefix(TRIAL))
    if about != "other":
        raise NotHere
    line = " ".join(title.split())
    if not line:
        raise Refusal(asked.TITLE.missing, field="title")
    if len(line) > asked.TITLE.most:
        raise Refusal(_("Make this %(longest)s letters or shorter.", longest=120), field="title")
    return begun | {"title": line}


def _groups() -> Words:
    held = register.columns("participant_groups")
    kept = keeping.sentence("participant_groups")
    which = ", ".join(each.export or name for name, each in held.items() if each is not None)
    return {
        "title": gettext("Support across opinion groups"),
        "need": gettext(
            "A conversation that was brought in says who thinks alike. Working out what even the"
            " least convinced group supports is profiling, so it needs an assessment."
        ),
        "nature": gettext(
            "The groups come with a conversation that is imported. Nothing new is asked of anybody."
            " Each idea gets one rounded figure, which moderators alone see."
        ),
        "scope": gettext("What is held: %(which)s.", which=which)
        + (f" {kept}" if kept else "")
        + " "
        + gettext("Groups with fewer than 10 answers to an idea are left out."),
        "context": gettext("People who took part in that conversation. Nobody under 18 is in it."),
        "aims": gettext("To find ideas that people agree on although they differ elsewhere."),
    }


def _trial(number: str) -> Words:
    pilot = db.session.get(Pilot, int(number)) if _is_number(number) else None
    if pilot is None or pilot.cancelled_at is not None:
        raise NotHere
    yes = [str(DPIA_NAMES[key]) for key in DPIA_QUESTIONS if pilot.dpia.get(key)]
    lines = [gettext("The answer is yes to:"), *yes] if yes else []
    where = f"{pilot_ref(pilot.id)}: {pilot.title_en}. {pilot.place_en}."
    return {
        "title": f"{pilot_ref(pilot.id)}: {pilot.title_en}",
        "need": "\n".join([where, *lines]),
        "aims": pilot.known_en,
    }


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 0 < int(text or 0) <= LARGEST_NUMBER
