"""The colleagues of the demonstration council, and how they sign in: in development alone."""

from uuid import UUID

from flask import current_app

from citizen_voice.accounts import services as accounts
from citizen_voice.db import db, write
from citizen_voice.team import codes, passwords, services
from citizen_voice.team.models import (
    ADMINISTRATOR,
    MODERATOR,
    PILOT_OWNER,
    PRIVACY_OFFICER,
    Colleague,
)
from citizen_voice.team.services.own import put_device, put_password

PASSWORD = "harbour lantern quiet otter"  # nosec B105  # of made-up people, in development alone
PEOPLE = (
    ("admin@example.org", "Megan Price", "en", (ADMINISTRATOR, MODERATOR)),
    ("moderator@example.org", "Tomos Bowen", "cy", (MODERATOR,)),
    ("privacy@example.org", "Aisha Khan", "en", (PRIVACY_OFFICER, PILOT_OWNER)),
    ("trials@example.org", "Rhys Morgan", "en", (PILOT_OWNER,)),
)


def employ() -> dict[str, UUID]:
    """Make the colleagues; gives the key of each by the name before the @ of their address.

    Where it is not development, they have no password and no device.
    """
    development = current_app.config["DEVELOPMENT"]
    password_hash = passwords.hashed(PASSWORD) if development else ""
    employed = {}
    with write():
        for email, name, language, roles in PEOPLE:
            key = employed[email.partition("@")[0]] = accounts.join(email, "adult", language)
            accounts.set_name(key, name)
            services.admit(key, roles, actor=None)
            if development:
                colleague = db.session.get_one(Colleague, key)
                put_password(colleague, password_hash)
                put_device(colleague, codes.new_seed(), step=0)
    return employed
