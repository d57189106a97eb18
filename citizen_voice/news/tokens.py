"""The signed word in the address of a letter that ends such letters: it names a person by key."""

from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def token_of(person_id: UUID) -> str:
    """The word for somebody: it lasts as long as the site's secret."""
    return _signer().dumps(person_id.hex)


def person_of(token: str) -> UUID | None:
    """Whose word it is; ``None`` where the site did not sign it."""
    try:
        return UUID(str(_signer().loads(token)))
    except (BadSignature, ValueError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="news by mail")
