"""The blueprint of what other sites show of this one."""

from flask import Blueprint

bp = Blueprint("widgets", __name__)
