"""What happens to requests about one’s data. Every step holds its request and adds a line to it.

Where an account is touched, its person is held first, then the request, then what they wrote.
"""

from citizen_voice.desk.services.acknowledging import acknowledged
from citizen_voice.desk.services.asking import Asking, Site, ask, enter
from citizen_voice.desk.services.closing import check, decide, erase, names_ico, reopen
from citizen_voice.desk.services.keeping import forget, read_holidays, settle
from citizen_voice.desk.services.moving import (
    ask_clarification,
    ask_fee,
    ask_identity,
    clarified,
    dispute,
    doubt_identity,
    extend,
    fee_paid,
    identity_given,
    leave_note,
    look_at_address,
    name_account,
    told,
    waive_identity,
)
from citizen_voice.desk.services.restricting import lift, restrict, show_again, stop_news
from citizen_voice.desk.services.writing import Draft, write_letter

__all__ = [
    "Asking",
    "Draft",
    "Site",
    "acknowledged",
    "ask",
    "ask_clarification",
    "ask_fee",
    "ask_identity",
    "check",
    "clarified",
    "decide",
    "dispute",
    "doubt_identity",
    "enter",
    "erase",
    "extend",
    "fee_paid",
    "forget",
    "identity_given",
    "leave_note",
    "lift",
    "look_at_address",
    "name_account",
    "names_ico",
    "read_holidays",
    "reopen",
    "restrict",
    "settle",
    "show_again",
    "stop_news",
    "told",
    "waive_identity",
    "write_letter",
]
