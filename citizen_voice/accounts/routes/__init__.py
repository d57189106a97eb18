"""Signing in, and a person's own page."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from citizen_voice.accounts.routes import leaving, me, signing_in  # noqa: E402, F401  # need bp
