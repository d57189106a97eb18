"""A browser without scripts: what it sends, and the forms it finds in pages."""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from flask import g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from citizen_voice.accounts import services as accounts
from citizen_voice.db import db, write

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


class Client(FlaskClient):
    """Sends what a browser sends from our own pages; signs in; sends tokens as our forms do."""

    csrf: str | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """One request, read to its end. Each has an app context of its own, as on a server.

        A file that is sent while it is read holds the request's context until it is closed: left
        open, it would end somebody else's when it is collected.
        """
        kwargs.setdefault("buffered", True)
        headers = dict(kwargs.pop("headers", None) or {})
        headers.setdefault("Sec-Fetch-Site", "same-origin")
        db.session.remove()
        for name in list(vars(g)):
            g.pop(name)
        try:
            answer = super().open(*args, headers=headers, **kwargs)
            answer.request.environ["wsgi.input"].close()  # a large form lies in a file
            return answer
        finally:
            db.session.remove()

    def sign_in(self, person_id: UUID, *, shared: bool = False, staff: bool = False) -> None:
        """Open a session of a person's, as the sign-in does, without its letters.

        ``staff``: as a colleague, who has given password and code.
        """
        with write():
            opened = accounts.open_session(
                person_id, device="Firefox, Linux", shared=shared, staff=staff
            )
        self.set_cookie("session", opened.token)
        self.csrf = None

    def send(self, address: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Send a form of one of our pages, with its token where somebody is signed in."""
        if self.csrf is None:
            self.csrf = token_in(self.get("/").text)
        fields = dict(data or {})
        if self.csrf:
            fields.setdefault("csrf_token", self.csrf)
        return self.post(address, data=fields, **kwargs)


def token_in(html: str) -> str:
    """The forgery token of a page; empty for visitors."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    return found[1] if found else ""


class FormFinder(HTMLParser):
    """Every form of a page: its action and method, and its fields with their values."""

    def __init__(self, html: str, address: str = "/") -> None:
        super().__init__()
        self.address = address
        self.forms: list[dict[str, Any]] = []
        self._open: dict[str, Any] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            action = urljoin(self.address, given.get("action") or self.address)
            self._open = {"action": action, "method": given.get("method", "get"), "fields": {}}
            self.forms.append(self._open)
        elif self._open is not None and given.get("name"):
            if given.get("type") in ("radio", "checkbox") and "checked" not in given:
                return
            self._open["fields"].setdefault(given["name"], given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
