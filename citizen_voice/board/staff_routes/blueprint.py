"""The addresses of the top ideas hang here."""

from flask import Blueprint

bp = Blueprint("board", __name__)
