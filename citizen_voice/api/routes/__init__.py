"""The open API: what everybody may see, as JSON."""

from citizen_voice.api.problems import BELOW, problem
from citizen_voice.api.routes import councils, documents, ideas
from citizen_voice.api.routes.blueprint import bp
from citizen_voice.web import error_pages

error_pages.tell_below(BELOW, problem)

__all__ = ["bp", "councils", "documents", "ideas"]
