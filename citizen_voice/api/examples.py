"""An example of a model, put together from the examples of its fields."""

from typing import Any


def example(schemas: dict[str, Any], name: str) -> dict[str, Any]:
    """What an answer of this model may look like."""
    fields = schemas[name]["properties"]
    required = schemas[name].get("required", fields)
    return {each: _of(schemas, schema) for each, schema in fields.items() if each in required}


def _of(schemas: dict[str, Any], schema: dict[str, Any]) -> Any:
    if "examples" in schema:
        return schema["examples"][0]
    if "$ref" in schema:
        return example(schemas, schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:  # something, or nothing
        first = schema["anyOf"][0]
        return _of(schemas, first) if "$ref" in first else None
    if schema.get("type") == "array":
        return [_of(schemas, schema["items"])]
    return schema["enum"][0] if "enum" in schema else False
