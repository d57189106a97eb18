"""The oEmbed provider."""

from flask import Response, jsonify, make_response, request

from citizen_voice.errors import Refusal
from citizen_voice.web.openly import openly
from citizen_voice.widgets import oembed as provider
from citizen_voice.widgets.blueprint import bp


@bp.get("/oembed")
@openly
def oembed() -> Response:
    """What to put in place of a link to one of our pages."""
    try:
        values = provider.answer(request.args)
    except Refusal as refusal:
        response = make_response(f"{refusal}\n", refusal.status)
        response.headers["Content-Type"] = "text/plain; charset=utf-8"
        return response
    if request.args.get("format") == "xml":
        response = make_response(provider.xml(values))
        response.headers["Content-Type"] = "text/xml; charset=utf-8"
        return response
    return jsonify(values)
