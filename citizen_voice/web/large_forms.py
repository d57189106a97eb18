"""Forms that may be larger than others, because a file goes with them."""

from typing import Any

from flask import Blueprint, request


def room_for(bp: Blueprint, endpoint: str, most: int) -> None:
    """Let the form that ``endpoint`` of a blueprint takes have ``most`` bytes.

    It is asked before the form is read for its token, so the mark of a view would come too late.
    """

    def room(asked: str | None, _values: dict[str, Any] | None) -> None:
        if asked == f"{bp.name}.{endpoint}":
            request.max_content_length = most

    bp.url_value_preprocessor(room)
