"""What we hold about the council's own people, as such."""

from citizen_voice.register import Erase, Personal, declare
from citizen_voice.team import models as _models  # noqa: F401  # the tables
from citizen_voice.words import _

_COLLEAGUE = "the member of staff"
_SECRET = "a secret"  # nosec B105  # the word, not one
_ACTED = "who was responsible has to be known afterwards; names nobody once the account is gone"

declare(
    "colleagues",
    title=_("Your place in the council’s team"),
    of={_COLLEAGUE: ("person_id",)},
    personal={
        "person_id": Personal("account", _COLLEAGUE, None, Erase.DELETE_ROW, "your own key"),
        "password_hash": Personal("account", _COLLEAGUE, None, Erase.DELETE_ROW, _SECRET),
        "password_set_at": Personal("account", _COLLEAGUE, "password set", Erase.DELETE_ROW),
        "totp_seed": Personal("account", _COLLEAGUE, None, Erase.DELETE_ROW, _SECRET),
        "totp_confirmed_at": Personal("account", _COLLEAGUE, "device set up", Erase.DELETE_ROW),
        "totp_step": Personal("account", _COLLEAGUE, None, Erase.DELETE_ROW, "a count"),
        "joined_at": Personal("account", _COLLEAGUE, "joined the team", Erase.DELETE_ROW),
        "left_at": Personal("account", _COLLEAGUE, "left the team", Erase.DELETE_ROW),
    },
)

declare(
    "colleague_roles",
    title=_("Your roles in the team"),
    of={_COLLEAGUE: ("person_id",), "who gave the role": ("given_by",)},
    personal={
        "person_id": Personal("account", _COLLEAGUE, None, Erase.DELETE_ROW, "your own key"),
        "role": Personal("account", _COLLEAGUE, "role", Erase.DELETE_ROW),
        "given_at": Personal("account", _COLLEAGUE, "role given", Erase.DELETE_ROW),
        "given_by": Personal(
            "accountability", "who gave the role", None, Erase.KEEP, f"another person; {_ACTED}"
        ),
        "ends_on": Personal("account", _COLLEAGUE, "last day of the role", Erase.DELETE_ROW),
        "ends_at": Personal("account", _COLLEAGUE, "role ends", Erase.DELETE_ROW),
    },
)

declare(
    "recovery_codes",
    title=_("Recovery codes that you used"),
    of={_COLLEAGUE: ("person_id",)},
    personal={
        "person_id": Personal("account", _COLLEAGUE, None, Erase.DELETE_ROW, "your own key"),
        "code_hash": Personal("account", _COLLEAGUE, None, Erase.DELETE_ROW, _SECRET),
        "used_at": Personal("account", _COLLEAGUE, "recovery code used", Erase.DELETE_ROW),
    },
)

_INVITED = "who is invited"

declare(
    "invitations",
    title=_("Your invitations to the team"),
    of={
        _INVITED: ("person_id", "email @ persons.email"),
        "who invited": ("invited_by",),
    },
    personal={
        "id": Personal("account", _INVITED, "invitation", Erase.DELETE_ROW),
        "token_hash": Personal("account", _INVITED, None, Erase.DELETE_ROW, _SECRET),
        "email": Personal("account", _INVITED, "address invited", Erase.DELETE_ROW),
        "person_id": Personal("account", _INVITED, None, Erase.DELETE_ROW, "your own key"),
        "roles": Personal("account", _INVITED, "roles offered", Erase.DELETE_ROW),
        "ends_on": Personal("account", _INVITED, "last day of the roles", Erase.DELETE_ROW),
        "language": Personal("account", _INVITED, "language", Erase.DELETE_ROW),
        "invited_by": Personal(
            "accountability", "who invited", None, Erase.KEEP, f"another person; {_ACTED}"
        ),
        "created_at": Personal("account", _INVITED, "invited", Erase.DELETE_ROW),
        "expires_at": Personal("account", _INVITED, "invitation ends", Erase.DELETE_ROW),
        "used_at": Personal("account", _INVITED, "invitation used", Erase.DELETE_ROW),
    },
)

declare(
    "device_resets",
    title=_("New devices for your staff sign-in"),
    of={
        _COLLEAGUE: ("person_id",),
        "who asked": ("asked_by",),
        "who confirmed": ("confirmed_by",),
    },
    plain=("id",),
    personal={
        "person_id": Personal("account", _COLLEAGUE, None, Erase.DELETE_ROW, "your own key"),
        "asked_by": Personal(
            "accountability", "who asked", None, Erase.KEEP, f"another person; {_ACTED}"
        ),
        "asked_at": Personal("account", _COLLEAGUE, "new device asked for", Erase.DELETE_ROW),
        "confirmed_by": Personal(
            "accountability", "who confirmed", None, Erase.KEEP, f"another person; {_ACTED}"
        ),
        "confirmed_at": Personal("account", _COLLEAGUE, "confirmed", Erase.DELETE_ROW),
        "ended_at": Personal("account", _COLLEAGUE, "ended", Erase.DELETE_ROW),
    },
)
