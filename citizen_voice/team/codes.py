"""What a colleague's device says, and the codes for the day on which it is not at hand.

The device's secret is never stored: it is made from the colleague's seed and the site's own secret.
"""

import base64
import hashlib
import hmac
import secrets
import unicodedata
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app

from citizen_voice import clock

STEP = 30  # seconds
DRIFT = 1  # steps that a device's clock may be early or late
DIGITS = 6
SEED = 16  # bytes
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
HALF = 5  # letters of half a recovery code: 49 bits in all


def new_seed() -> bytes:
    """What a new device's secret is made of."""
    return secrets.token_bytes(SEED)


def seed_for(occasion: bytes) -> bytes:
    """The same seed for the same occasion, so that a page can be shown twice and store nothing."""
    return _keyed(b"seed:" + occasion)[:SEED]


def device_secret(seed: bytes, person_id: UUID) -> str:
    """The secret that a device shares with us, in the letters that people can type."""
    return base64.b32encode(_keyed(b"totp:" + seed + person_id.bytes)[:20]).decode()


def device_address(secret: str, *, account: str, site_name: str) -> str:
    """The ``otpauth:`` address that the QR code says."""
    found: str = _device(secret).provisioning_uri(name=account, issuer_name=site_name)
    return found


def code_now(secret: str, at: datetime | None = None) -> str:
    """The code that the device shows now."""
    found: str = _device(secret).at(at or clock.now())
    return found


def step_of(secret: str, code: str) -> int | None:
    """The time step whose code it is, no more than one away from now; ``None`` where none is."""
    device, now = _device(secret), int(clock.now().timestamp()) // STEP
    found = None
    for step in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(device.generate_otp(step).encode(), code.encode()):
            found = step
    return found


def tidied(text: str) -> str:
    """A code as it is compared: without the spaces and dashes that people put in."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def new_recovery_codes() -> list[str]:
    """Ten codes, each good once."""
    return ["-".join(_letters() for _half in range(2)) for _code in range(RECOVERY_CODES)]


def sealed_recovery_code(code: str, person_id: UUID) -> bytes:
    """What is kept of a recovery code."""
    return _keyed(b"recovery:" + person_id.bytes + tidied(code).encode())


def _letters() -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(HALF))


def _device(secret: str) -> Any:
    import pyotp  # noqa: PLC0415  # for colleagues alone

    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP)


def _keyed(message: bytes) -> bytes:
    return hmac.new(current_app.config["SECRET_KEY"].encode(), message, hashlib.sha256).digest()
