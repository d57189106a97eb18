"""What must not stand in a page: scripts and styles inside it, and things from other sites."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

ADDRESSES = {"href", "src", "action", "formaction", "poster", "data", "srcset", "xlink:href"}
LOADED = {
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("img", "srcset"),
    ("source", "src"),
    ("source", "srcset"),
    ("iframe", "src"),
    ("object", "data"),
    ("embed", "src"),
    ("use", "href"),
    ("video", "src"),
    ("audio", "src"),
}
SENT = {("form", "action"), ("button", "formaction"), ("input", "formaction")}


class Offences(HTMLParser):
    """What is wrong with some HTML: ``Offences(html).found``, a line each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _value in attrs}
        if tag == "link" and dict(attrs).get("rel") in ("canonical", "alternate"):
            return  # an address to be passed on: nothing is loaded from it
        if tag == "link" and "itemprop" in names and "rel" not in names:
            return  # an address as a fact of the page (schema.org): nor is it here
        if tag == "style":
            self._note("a <style>: put it into static/css/")
        if tag == "script" and "src" not in names:
            self._note("a <script> without src: put it into static/js/")
        if tag == "base":
            self._note("a <base>: the Content-Security-Policy refuses it")
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name == "style":
            self._note(f"style= on <{tag}>: give it a class")
        if name.startswith("on") and name[2:].isalpha():
            self._note(f"{name}= on <{tag}>: listen in static/js/")
        if name.startswith(("hx-on", "data-hx-on")):
            self._note(f"{name}= on <{tag}>: listen in static/js/")
        if name.startswith("hx-") and value.strip().lower().startswith(("js:", "javascript:")):
            self._note(f"{name}={value!r} on <{tag}>: htmx's eval is off")
        squeezed = "".join(value.split()).lower()
        if name in ADDRESSES and squeezed.startswith(("javascript:", "vbscript:", "data:text")):
            self._note(f"{name}={value!r} on <{tag}>: no script in an address")
        if (tag, name) in LOADED | SENT and urlsplit(value).netloc:
            self._note(f"{name}={value!r} on <{tag}>: nothing goes to another site")

    def _note(self, what: str) -> None:
        self.found.append(f"line {self.getpos()[0]}: {what}")
