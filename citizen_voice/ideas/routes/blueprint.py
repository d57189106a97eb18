"""The blueprint of ideas, to which the files beside this one add their addresses."""

from flask import Blueprint

bp = Blueprint("ideas", __name__)
