"""How long things are kept, for the officer."""

from flask import Blueprint

bp = Blueprint("retention_staff", __name__)
