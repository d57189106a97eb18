"""From which age somebody may do what."""

from flask import Blueprint

bp = Blueprint("accounts_staff", __name__)
