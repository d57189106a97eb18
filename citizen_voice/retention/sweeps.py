"""Every sweep of every rule, in the order in which they are done."""

from citizen_voice.retention.daily import DAILY
from citizen_voice.retention.hourly import HOURLY
from citizen_voice.retention.sweeping import Sweep

SWEEPS: dict[str, Sweep] = {sweep.name: sweep for sweep in (*HOURLY, *DAILY)}
"""By name, in the order in which they are done."""


def of_rule(key: str) -> list[Sweep]:
    """What a rule does, in its order."""
    return [sweep for sweep in SWEEPS.values() if sweep.rule == key]
