"""The signed word in the address of a letter on consent: a person's key, and a purpose."""

from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def token_of(person_id: UUID, purpose: str) -> str:
    """The word for somebody and a purpose: it lasts as long as the site's secret."""
    return str(_signer().dumps([person_id.hex, purpose]))


def read(token: str) -> tuple[UUID, str] | None:
    """Whose word it is, and for what; ``None`` where the site did not sign it."""
    try:
        key, purpose = _signer().loads(token)
        return UUID(str(key)), str(purpose)
    except (BadSignature, TypeError, ValueError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="consent by letter")
