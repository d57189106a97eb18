"""The blueprint of the moderators' screens."""

from flask import Blueprint

bp = Blueprint("moderation_staff", __name__)
