"""Addresses of this site that go out in letters and on the command line."""

from flask import current_app


def to_invitation(token: str, language: str) -> str:
    """The whole address of an invitation."""
    prefix = "/cy" if language == "cy" else ""
    return f"{current_app.config['BASE_URL']}{prefix}/staff/invitation/{token}"
