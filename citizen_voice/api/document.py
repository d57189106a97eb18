"""The OpenAPI document, made from what the addresses say and from the models of the answers."""

from functools import cache
from http import HTTPStatus
from typing import Any

from pydantic.json_schema import models_json_schema

from citizen_voice.api import pilot_schemas, schemas
from citizen_voice.api.addresses import ADDRESSES, Address
from citizen_voice.api.examples import example
from citizen_voice.api.parameters import Parameter
from citizen_voice.api.problems import KIND, PROBLEMS
from citizen_voice.words import _, gettext

VERSION = "1.0"
SCHEMAS = "#/components/schemas/"
ABOUT = _("What everybody can read on this site, for programs. Nothing can be changed here.")
GIVEN = _("What was asked for.")
UNCHANGED = _("You have it already.")
ELSEWHERE = _("It is found at another address now.")
MODELS = (
    schemas.IdeaPage,
    schemas.Idea,
    schemas.CommentPage,
    schemas.CommentReplyPage,
    schemas.ChallengeList,
    schemas.Challenge,
    pilot_schemas.PilotList,
    pilot_schemas.Pilot,
    pilot_schemas.ReadingPage,
    pilot_schemas.Changes,
    pilot_schemas.Problem,
)
PROBLEM = "Problem"
HEADERS = {
    "ETag": _("Send it back in If-None-Match: you get 304 while nothing has changed."),
    "Link": _("The first page and, but for the last page, the next one."),
    "Location": _("The other address."),
}


def document(server: str, site: str) -> dict[str, Any]:
    """The whole document in the language at hand. ``server`` is the address of ``/api/v1``."""
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{site}: API", "version": VERSION, "description": str(ABOUT)},
        "servers": [{"url": server}],
        "paths": {each.path: {"get": _operation(each)} for each in ADDRESSES},
        "components": {"schemas": _in_words(_schemas())},
    }


@cache
def _schemas() -> dict[str, Any]:
    """The models as JSON Schema, by their names."""
    wanted: Any = [(model, "serialization") for model in MODELS]
    _keys, made = models_json_schema(wanted, ref_template=SCHEMAS + "{model}")
    found: dict[str, Any] = made["$defs"]
    problem = found[PROBLEM]
    problem["required"] = [name for name in problem["required"] if name != "reference"]
    return found


def _in_words(part: Any) -> Any:
    """A part of the schemas with its descriptions in the language at hand, without titles."""
    if isinstance(part, list):
        return [_in_words(each) for each in part]
    if not isinstance(part, dict):
        return part
    named = all(isinstance(value, dict) for value in part.values())  # names of fields, not keywords
    found = {name: _in_words(value) for name, value in part.items() if named or name != "title"}
    said = found.get("description")
    if isinstance(said, str):
        found["description"] = gettext(said)
    return found


def _operation(address: Address) -> dict[str, Any]:
    headers = ["ETag", *(["Link"] if address.paged else [])]
    given = _content("application/json", address.model)
    responses: dict[str, Any] = {
        "200": {"description": str(GIVEN), "headers": _headers(headers), "content": given},
        "304": {"description": str(UNCHANGED), "headers": _headers(headers)},
    }
    if 302 in address.further:
        responses["302"] = {"description": str(ELSEWHERE), "headers": _headers(["Location"])}
    for status in address.statuses:
        responses[str(status)] = {
            "description": str(PROBLEMS[status]),
            "content": _content(KIND, PROBLEM, status),
        }
    return {
        "operationId": address.endpoint,
        "summary": str(address.title),
        "description": str(address.words),
        "parameters": [_parameter(each) for each in address.parameters],
        "responses": dict(sorted(responses.items())),
    }


def _parameter(asked: Parameter) -> dict[str, Any]:
    return {
        "name": asked.name,
        "in": asked.place,
        "required": asked.place == "path",
        "description": str(asked.words),
        "schema": asked.schema,
    }


def _headers(names: list[str]) -> dict[str, Any]:
    return {
        name: {
            "description": str(HEADERS[name]),
            "required": True,
            "schema": {"type": "string"},
        }
        for name in names
    }


def _content(kind: str, model: str, status: int | None = None) -> dict[str, Any]:
    shown = example(_schemas(), model)
    if status is not None:
        shown |= {
            "type": shown["type"].replace("404", str(status)),
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": str(PROBLEMS[status]),
        }
    return {kind: {"schema": {"$ref": SCHEMAS + model}, "example": shown}}
