"""The API's own description: for programs, and for people."""

import json
from typing import Any

from flask import Response, g, request

from citizen_voice.api.document import document
from citizen_voice.api.problems import PROBLEMS
from citizen_voice.api.routes.blueprint import bp
from citizen_voice.web import fresh
from citizen_voice.web.filters import say
from citizen_voice.web.htmx import page
from citizen_voice.web.openly import openly
from citizen_voice.web.sharing import permanent

BASE = "/api/v1"


@bp.get("/openapi.json", endpoint="openapi")
@openly
def openapi() -> Response:
    """The OpenAPI document."""
    tag = fresh.tag("openapi")
    response = Response(mimetype="application/json")
    if fresh.is_known(tag):
        response.status_code = 304
    else:
        response.set_data(fresh.body_for(tag, lambda: json.dumps(_document(), ensure_ascii=False)))
    return response


@bp.get("/docs", endpoint="docs")
@openly
def docs() -> Response:
    """The same, to be read by people."""
    made = _document()
    return page(
        "api/docs.html",
        shown="docs",
        doc=made,
        server=made["servers"][0]["url"],
        addresses=[_address(made, path) for path in made["paths"]],
        problems=[(status, str(words)) for status, words in PROBLEMS.items()],
    )


def _document() -> dict[str, Any]:
    return document(permanent(request.script_root + BASE), say(g.site, "name").text)


def _address(made: dict[str, Any], path: str) -> dict[str, Any]:
    """What the page says of an address: an example request and answer with the rest."""
    operation = made["paths"][path]["get"]
    asked = operation["parameters"]
    filled = path
    for each in asked:
        if each["in"] == "path":
            filled = filled.replace(f"{{{each['name']}}}", each["schema"]["examples"][0])
    if any(each["name"] == "limit" for each in asked):
        filled += "?limit=2"
    given = operation["responses"]["200"]["content"]["application/json"]
    return {
        **operation,
        "path": path,
        "filled": filled,
        "fields": _fields(made["components"]["schemas"], given["schema"]["$ref"]),
        "answer": json.dumps(given["example"], ensure_ascii=False, indent=2),
        "wrong": [status for status in operation["responses"] if int(status) >= 400],
    }


def _fields(schemas: dict[str, Any], ref: str) -> dict[str, str]:
    """The fields of a model, and of what it lists, that do not speak for themselves."""
    found: dict[str, str] = {}
    for name, schema in schemas[ref.rpartition("/")[2]]["properties"].items():
        if "description" in schema:
            found.setdefault(name, schema["description"])
        if "$ref" in schema.get("items", {}):
            found |= _fields(schemas, schema["items"]["$ref"]) | found
    return found
