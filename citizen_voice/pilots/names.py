"""What the stages, states, decisions and parts of a pilot are called: here, and nowhere else."""

from typing import Any

from citizen_voice.pilots.models import (
    ADAPT,
    CHANGED,
    DECIDED,
    EVALUATING,
    HYPOTHESIS,
    ON_TRACK,
    PREPARING,
    RUNNING,
    SCALE,
    STOP,
    STUCK,
)
from citizen_voice.words import _

STAGE_NAMES: dict[str, Any] = {
    PREPARING: _("Preparing"),
    RUNNING: _("Running"),
    EVALUATING: _("Evaluating"),
    DECIDED: _("Decided"),
}
DECISION_NAMES: dict[str, Any] = {
    SCALE: _("Scale"),
    ADAPT: _("Adapt"),
    STOP: _("Stop"),
}
OUTCOME_NAMES: dict[str, Any] = {
    SCALE: _("It worked, so it goes on"),
    ADAPT: _("Changed, and tried again"),
    STOP: _("Stopped, and what we learned"),
}
"""What became of a pilot that was decided."""
STATE_NAMES: dict[str, Any] = {
    ON_TRACK: _("On track"),
    CHANGED: _("Changed"),
    STUCK: _("Stuck"),
}
DECISION_ACTS: dict[str, Any] = {
    SCALE: _("Scale: do it for good, or in more places"),
    ADAPT: _("Adapt: change it and try again"),
    STOP: _("Stop: it ends here, and we say what we learned"),
}
CARD_NAMES: dict[str, Any] = {
    "problem": _("The problem"),
    "that": _("We believe that"),
    "who": _("For whom"),
    "will": _("What it will do"),
    "when": _("We will know when"),
    "costs": _("What it costs"),
    "risks": _("Risks"),
    "partners": _("Partners"),
}
PLAN_NAMES: dict[str, Any] = {
    "ends_on": _("The last day"),
    **{key: CARD_NAMES[key] for key in HYPOTHESIS},
    "target": _("The target"),
}
"""What of a plan changes for all to see."""
DPIA_NAMES: dict[str, Any] = {
    "special": _(
        "Does it use sensitive data: health, beliefs, ethnicity, sexuality, offences or benefits?"
    ),
    "children": _("Does it use data about children, or about people who need care?"),
    "profiling": _("Does it score or profile people, or decide about them by computer?"),
    "new-technology": _(
        "Does it use technology that is new to us, such as sensors or machine learning?"
    ),
    "monitoring": _("Does it watch a public place, or follow where people go?"),
    "sharing": _("Does it join data sets, or share people’s data with somebody else?"),
}
