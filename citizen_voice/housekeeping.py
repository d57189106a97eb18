"""What has run out goes."""

from citizen_voice.accounts import erasures
from citizen_voice.db import write
from citizen_voice.privacy import services as privacy
from citizen_voice.retention import services as retention
from citizen_voice.widgets import services as widgets


def tidy() -> dict[str, int]:
    """Do what the rules say that is done every hour (see ``keeping``); what → how many."""
    cut_off = erasures.finish()
    done = retention.tidy()
    with write():
        strays = privacy.forget_old()
    with write():
        counts = widgets.forget_old()
    return {"erasures-cut-off": cut_off, **done, "files-of-copies": strays, "widget-counts": counts}
