"""Who works here, in which roles, and how they sign in."""

from citizen_voice.team.services.inviting import (
    INVITATION_LASTS,
    invite,
    send_again,
    withdraw,
)
from citizen_voice.team.services.losing import (
    RESET_LASTS,
    ask_for_device,
    confirm_device,
    lose_password,
    reset,
    send_link,
    withdraw_device,
)
from citizen_voice.team.services.own import change_password, new_codes, new_device
from citizen_voice.team.services.proving import Proof, WrongDetails, prove, spend
from citizen_voice.team.services.roles import (
    admit,
    change_roles,
    colleagues_with,
    end,
    forget_leaving,
    leave,
    note_address_shown,
)
from citizen_voice.team.services.settling import Arrived, LinkRunOut, SetUp, settle

__all__ = [
    "INVITATION_LASTS",
    "RESET_LASTS",
    "Arrived",
    "LinkRunOut",
    "Proof",
    "SetUp",
    "WrongDetails",
    "admit",
    "ask_for_device",
    "change_password",
    "change_roles",
    "colleagues_with",
    "confirm_device",
    "end",
    "forget_leaving",
    "invite",
    "leave",
    "lose_password",
    "new_codes",
    "new_device",
    "note_address_shown",
    "prove",
    "reset",
    "send_again",
    "send_link",
    "settle",
    "spend",
    "withdraw",
    "withdraw_device",
]
