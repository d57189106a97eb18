"""A client that knows nothing but the OpenAPI document: what it may ask, and what answers mean."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from werkzeug.http import parse_options_header
from werkzeug.test import TestResponse

from tests.client import Client

DOCUMENT = "/api/v1/openapi.json"


class Api:
    """The API as its document describes it."""

    def __init__(self, client: Client, where: str = DOCUMENT) -> None:
        self.client = client
        self.document: dict[str, Any] = client.get(where).get_json()
        self.server = urlsplit(self.document["servers"][0]["url"]).path
        self.operations = {
            operation["operationId"]: (path, operation)
            for path, item in self.document["paths"].items()
            for operation in item.values()
        }

    def ask(self, operation: str, **values: Any) -> Any:
        """The answer to an operation, once it was found to be as the document says."""
        path, described = self.operations[operation]
        named = {each["name"]: each["in"] for each in described["parameters"]}
        assert values.keys() <= named.keys()
        filled = {name: values[name] for name in values if named[name] == "path"}
        query = {name: values[name] for name in values if named[name] == "query"}
        return self.checked(
            operation, self.client.get(self.server + path.format(**filled), query_string=query)
        )

    def checked(self, operation: str, answer: TestResponse) -> TestResponse:
        """An answer that agrees with the document."""
        described = self.operations[operation][1]["responses"][str(answer.status_code)]
        for name, header in described.get("headers", {}).items():
            assert not header["required"] or name in answer.headers
        if "content" in described:
            kind = answer.mimetype
            self.validate(answer.get_json(force=True), described["content"][kind]["schema"])
        return answer

    def validate(self, said: Any, schema: dict[str, Any]) -> None:
        """Raise for JSON that is not of a schema of the document."""
        whole = {**schema, "components": self.document["components"]}
        Draft202012Validator(whole, format_checker=FormatChecker()).validate(said)

    def pages(self, operation: str, **values: Any) -> Iterator[Any]:
        """Every page of a list, by the links of its headers alone."""
        answer = self.ask(operation, **values)
        while True:
            assert answer.status_code == 200, answer.text
            yield answer.get_json()
            there = links(answer).get("next")
            assert there == answer.get_json()["next"]
            if there is None:
                return
            parts = urlsplit(there)
            answer = self.checked(operation, self.client.get(f"{parts.path}?{parts.query}"))


def links(answer: TestResponse) -> dict[str, str]:
    """The addresses of a ``Link`` header by their relations."""
    found = {}
    for each in answer.headers.get("Link", "").split(", "):
        address, options = parse_options_header(each)
        if address:
            found[options["rel"]] = address.strip("<>")
    return found
