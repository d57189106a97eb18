"""The blueprint of the pages about pilots."""

from flask import Blueprint

bp = Blueprint("pilots", __name__)
