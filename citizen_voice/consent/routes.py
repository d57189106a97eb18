"""Choices and notices, for residents."""

from flask import Blueprint

bp = Blueprint("consent", __name__)
