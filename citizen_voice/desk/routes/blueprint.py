"""The blueprint of what residents ask and complain."""

from flask import Blueprint

bp = Blueprint("desk", __name__)
