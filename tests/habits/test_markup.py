"""No script or style inside a page, nothing from another site, and the headers that see to it."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from citizen_voice import config, create_app
from citizen_voice.cli.apps import let_go
from citizen_voice.config import Settings
from citizen_voice.paths import TEMPLATES
from citizen_voice.web import openly
from tests.client import HTMX, Client
from tests.habits import addresses
from tests.habits.marks import once
from tests.habits.markup import Offences
from tests.habits.template_source import sources, without_jinja
from tests.habits.world import READERS, World, browser

SAFE: dict[str, str] = {}
"""Templates that may say ``|safe``, and why: nothing in them came from a resident."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
PREVIEWS = re.compile(r"(/cy)?/staff/widgets/(\d+(/edit)?|new/\w+)( for htmx)?")
"""Staff look at their widgets there: in frames, of our own pages alone."""
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NOT_THERE = ("/nowhere", "/ideas/CV-999999", "/ideas?order=sideways", "/challenges/none")
NO_STORE = (
    "accounts.me",
    "accounts.leave",
    "accounts.code",
    "accounts.sign_in",
    "ideas.drafts",
    "outbox.index",
    "news.unsubscribe",
)
LETTERS = "mail/"
"""Letters have their styles inside: nothing is fetched for them (tests/news/test_letters.py)."""


@pytest.mark.parametrize("name", [name for name in sources() if not name.startswith(LETTERS)])
def test_a_template_has_no_script_or_style_inside(name: str) -> None:
    found = Offences(without_jinja(sources()[name])).found
    assert not found, f"templates/{name}: " + "; ".join(found)


@pytest.mark.parametrize("name", sources())
def test_a_template_trusts_nothing_with_safe(name: str) -> None:
    trusting = re.search(r"\|\s*safe\b|\{%-?\s*autoescape\s+false|\bMarkup\(", sources()[name])
    assert trusting is None or name in SAFE, (
        f"templates/{name}: let it be escaped, or clean it in web.markdown; where it is the code's "
        f"own words, say why in SAFE here."
    )


def test_templates_that_may_trust_are_there() -> None:
    assert all((TEMPLATES / name).exists() and why for name, why in SAFE.items())


@once
@pytest.mark.parametrize("reader", READERS)
def test_pages_have_no_script_or_style_inside_and_all_headers(
    app: Flask, world: World, reader: str
) -> None:
    client = browser(app, world, reader)
    problems: dict[str, list[str]] = {}
    for path, answer in pages(client, app, world, reader):
        found = ["sets a cookie on reading"] if "Set-Cookie" in answer.headers else []
        if answer.mimetype == "text/html":
            found += Offences(answer.text).found + header_problems(answer, reader, path)
        for problem in found:
            problems.setdefault(problem, []).append(path)
    assert not problems, "\n".join(
        f"{problem}: {', '.join(paths[:3])} ({len(paths)} pages)"
        for problem, paths in problems.items()
    )


def pages(client: Client, app: Flask, world: World, reader: str) -> list[tuple[str, TestResponse]]:
    """Every page in both languages, every page's fragment, and pages that are not there."""
    found = []
    known = addresses.of_reader(app, reader, addresses.safe(app, world))
    for path in [address.path for address in known] + list(NOT_THERE):
        found.append((path, client.get(path)))
        found.append((f"/cy{path}", client.get(f"/cy{path}")))
        found.append((f"{path} for htmx", client.get(path, headers=HTMX)))
    return found


def header_problems(answer: TestResponse, reader: str, path: str) -> list[str]:
    """What is wrong with a page's headers."""
    given = answer.headers
    if openly.is_open(path.removeprefix("/cy")):
        return open_problems(answer, framed=path.removeprefix("/cy").startswith("/widgets/"))
    expected = HEADERS
    if PREVIEWS.fullmatch(path) and answer.status_code == 200:
        framing = {"Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"}
        expected = HEADERS | framing
    problems = [
        f"{name} is {given.get(name)!r}, should be {value!r} (web.headers)"
        for name, value in expected.items()
        if given.get(name) != value
    ]
    if not given.get("Permissions-Policy"):
        problems.append("has no Permissions-Policy (web.headers)")
    if "Cookie" not in answer.vary:
        problems.append(f"Vary is {given.get('Vary')!r}, should have Cookie (web.htmx.VARY)")
    if not {"HX-Request", "HX-Request-Type"} <= set(answer.vary):
        problems.append(f"Vary is {given.get('Vary')!r}, should have htmx's headers")
    cache = given.get("Cache-Control", "")
    if reader in ("resident", "colleague") and not ("private" in cache or "no-store" in cache):
        problems.append(f"is for who is signed in, and says {cache!r} (web.headers)")
    return problems


def open_problems(answer: TestResponse, *, framed: bool) -> list[str]:
    """What is wrong with the headers of a page that is the same for everybody, or of a frame."""
    given = answer.headers
    problems = [f"varies on {given['Vary']!r} (web.openly)"] if "Vary" in given else []
    if "X-Frame-Options" in given or given.get("X-Content-Type-Options") != "nosniff":
        problems.append("has X-Frame-Options, or no nosniff")
    if 300 <= answer.status_code < 400:
        return problems
    policy = given["Content-Security-Policy"]
    if framed and not ("frame-ancestors 'self'" in policy and policy.startswith("default-src 'n")):
        problems.append(f"is a frame with the policy {policy!r} (widgets.frames)")
    if not framed and policy != CONTENT_SECURITY_POLICY:
        problems.append(f"has the policy {policy!r} (web.headers)")
    return problems


@once
def test_pages_about_one_person_are_never_stored(app: Flask, world: World) -> None:
    client = browser(app, world, "resident")
    stored = [
        f"{address}: {cache}"
        for address in addresses.safe(app, world)
        if address.endpoint in NO_STORE
        and (cache := client.get(address.path).headers["Cache-Control"]) != "no-store"
    ]
    assert not stored, f"Call web.headers.never_store() in these: {stored}"
    assert client.get("/me").headers["Cache-Control"] == "no-store"


@once
def test_through_tls_browsers_are_told_to_stay_with_it(fresh: Settings) -> None:
    app = create_app(replace(fresh, base_url="https://voice.example.org"))
    with app.test_client() as client:
        answer = client.get("/", base_url="https://voice.example.org")
    assert "max-age=" in answer.headers["Strict-Transport-Security"]
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    let_go(app)


@once
def test_files_carry_the_headers_that_concern_them(app: Flask, client: Client) -> None:
    theme = client.get("/theme.css")
    assert theme.headers["X-Content-Type-Options"] == "nosniff"
    assert config.PREFIX not in theme.text


@pytest.mark.parametrize(
    ("html", "offence"),
    [
        ("<p style='color:red'>", "style="),
        ("<script>alert(1)</script>", "<script>"),
        ("<style>p{}</style>", "<style>"),
        ("<p onclick='x()'>", "onclick="),
        ("<p hx-on:click='x()'>", "hx-on:click="),
        ("<a href=' java\nscript:x()'>", "href="),
        ("<img src='https://elsewhere.example/x.png'>", "src="),
        ("<form action='//elsewhere.example/'>", "action="),
        ("<p hx-vals='js:{a: b}'>", "hx-vals="),
    ],
)
def test_an_offence_is_seen(html: str, offence: str) -> None:
    assert [offence in line for line in Offences(html).found] == [True]


def test_what_is_fine_is_no_offence() -> None:
    fine = """<script src="/assets/site.js" defer></script><p class="one" data-online hx-get="/x">
        <a href="https://elsewhere.example/">A resident's link</a>"""
    assert Offences(fine).found == []
