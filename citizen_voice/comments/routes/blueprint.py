"""The blueprint of comments, to which the files beside this one add their addresses."""

from flask import Blueprint

bp = Blueprint("comments", __name__)
