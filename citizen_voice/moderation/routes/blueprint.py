"""The blueprint of what everybody sees of moderation."""

from flask import Blueprint

bp = Blueprint("moderation", __name__)
