"""Codes, tokens and their hashes. Nothing secret is stored as it is."""

import hashlib
import hmac
import secrets

from flask import current_app

CODE_DIGITS = 6


def new_token() -> str:
    """256 random bits, as text for a cookie or an address."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def hashed(token: str) -> bytes:
    """The hash of a random token: SHA-256 is enough for 256 random bits."""
    return hashlib.sha256(token.encode()).digest()


def sealed(code: str, salt: bytes) -> bytes:
    """The hash of a short code, keyed with the site's secret, so a stolen table helps nobody."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, b"code:" + salt + code.encode(), hashlib.sha256).digest()


def mark(address: str) -> bytes:
    """A mark of an e-mail address, keyed with the site's secret: who has none tells nothing."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, b"address:" + address.encode(), hashlib.sha256).digest()


def same(left: bytes | None, right: bytes) -> bool:
    """Whether two hashes agree, in a time that does not depend on where they differ."""
    return left is not None and hmac.compare_digest(left, right)
