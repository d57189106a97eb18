"""Every public list as a file (CSV), sent while it is read."""

from flask import Blueprint

bp = Blueprint("exports", __name__)
