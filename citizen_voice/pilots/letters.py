"""The letters that owners of pilots and their managers get, in the language that is in force."""

from datetime import date
from typing import Any

from flask import current_app

from citizen_voice.accounts.letters import Letter
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.web.filters import long_date, say
from citizen_voice.words import _, language

BEFORE, AT, AFTER = -7, 0, 5
"""Working days from the day of the next word."""


def reminder(pilot: Any, step: int, next_on: date, site_name: str) -> Letter:
    """That people wait for a word on a trial; the later, the plainer, and never with a threat."""
    ref = pilot_ref(pilot.id)
    day = long_date(next_on)
    subject = {
        BEFORE: _("%(ref)s: the next word is due on %(day)s", ref=ref, day=day),
        AT: _("%(ref)s: the next word is due today", ref=ref),
        AFTER: _("%(ref)s: the next word was due on %(day)s", ref=ref, day=day),
    }[step]
    why = {
        BEFORE: _("You promised people a word on this trial by %(day)s:", day=day),
        AT: _("You promised people a word on this trial by today:"),
        AFTER: _("You promised people a word on this trial by %(day)s. They wait for it:", day=day),
    }[step]
    how = _("On track, changed or stuck: a sentence is enough. Say it here:")
    parts = (
        f"{why}\n{say(pilot, 'title').text}",
        f"{how}\n{_link(ref)}",
        _("If you can’t keep the day, say so, and name another one. That is fine."),
        site_name,
    )
    return Letter(str(subject), "\n\n".join(str(part) for part in parts) + "\n")


def to_manager(pilot: Any, _step: int, next_on: date, site_name: str) -> Letter:
    """That a word is late: what, since when, and what would help; it blames nobody."""
    ref = pilot_ref(pilot.id)
    day = long_date(next_on)
    what = _("People were promised a word on this trial by %(day)s. They wait for it:", day=day)
    how = _("You manage it. Does its owner need time, or somebody to help? Look here:")
    parts = (
        f"{what}\n{say(pilot, 'title').text}",
        f"{how}\n{_link(ref)}",
        _("You get one letter for each promised day, as the council chose."),
        site_name,
    )
    subject = _("%(ref)s: the next word was due on %(day)s", ref=ref, day=day)
    return Letter(str(subject), "\n\n".join(str(part) for part in parts) + "\n")


def _link(ref: str) -> str:
    prefix = "/cy" if language() == "cy" else ""
    return f"{current_app.config['BASE_URL']}{prefix}/staff/pilots/{ref}"
