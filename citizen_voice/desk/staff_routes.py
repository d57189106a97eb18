"""The desk of the privacy officer."""

from flask import Blueprint

bp = Blueprint("desk_staff", __name__)
