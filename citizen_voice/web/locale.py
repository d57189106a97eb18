"""English at the root, Welsh under ``/cy``: links stay in the language of their page."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import request

from citizen_voice.words import force_locale, language

PREFIX = "/cy"


class LanguagePrefix:
    """WSGI: moves ``/cy`` from the path to the script name, so that ``url_for`` keeps it."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Serve one request."""
        path = environ.get("PATH_INFO", "")
        if path == PREFIX or path.startswith(PREFIX + "/"):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + PREFIX
            environ["PATH_INFO"] = path[len(PREFIX) :] or "/"
            with force_locale("cy"):
                return self._app(environ, start_response)
        with force_locale("en"):
            return self._app(environ, start_response)


def other_address() -> str:
    """The address of the page at hand in the other language."""
    query = "?" + request.query_string.decode("utf-8", "replace") if request.query_string else ""
    prefix = "" if language() == "cy" else PREFIX
    return prefix + request.path + query
