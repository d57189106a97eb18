"""Who may show a frame, what a browser may keep of it, and that every view is counted."""

import re

import pytest
from flask import Flask

from citizen_voice.db import db, write
from citizen_voice.widgets import services, tallies
from citizen_voice.widgets.models import WidgetRefusal, WidgetView
from tests.client import Client
from tests.widgets.framing import HOST, KINDS, SITE, Scene, allowed

OTHER = "https://parks.example.org:8443"
VIEW = {"Referer": f"{SITE}/", "Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"}


def ancestors(client: Client, path: str) -> str:
    """Who may show a page."""
    answer = client.get(path)
    assert "X-Frame-Options" not in answer.headers
    return answer.headers["Content-Security-Policy"].rpartition("frame-ancestors ")[2]


@pytest.mark.parametrize("kind", KINDS)
def test_the_list_of_a_widget_is_its_own(client: Client, made: Scene, kind: str) -> None:
    assert ancestors(client, made.own(kind)) == f"'self' {SITE}"
    assert ancestors(client, made.path(kind)) == "'self'"
    allowed(OTHER)
    assert ancestors(client, made.own(kind)) == f"'self' {SITE}"
    assert ancestors(client, made.path(kind)) == f"'self' {OTHER}"
    with write():
        services.settle_sites(made.widgets[kind], [], actor=None)
    assert ancestors(client, made.own(kind)) == "'self'"


def test_no_other_page_may_be_shown(client: Client, made: Scene) -> None:
    allowed(SITE)
    pages = ("/", f"/ideas/CV-{made.idea}", "/changes", f"/pilots/CVT-{made.pilot}", "/oembed")
    for path in pages:
        assert ancestors(client, path) == "'none'"


def test_nothing_from_elsewhere_is_loaded_and_no_style_is_inline(
    client: Client, made: Scene
) -> None:
    policy = client.get(made.own("idea")).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; base-uri")
    assert "unsafe" not in policy
    assert "*" not in policy


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_may_be_kept_and_is_asked_for_each_time(
    client: Client, made: Scene, kind: str
) -> None:
    for path in (made.path(kind), made.own(kind), "/cy" + made.path(kind)):
        first = client.get(path)
        assert first.headers["Cache-Control"] == "public, no-cache"
        assert "Vary" not in first.headers
        assert "Set-Cookie" not in first.headers
        tags = f'"other", {first.headers["ETag"]}'
        again = client.get(path, headers={"If-None-Match": tags})
        assert (again.status_code, again.data) == (304, b"")
        assert "frame-ancestors" in again.headers["Content-Security-Policy"]
        head = client.head(path)
        assert (head.status_code, head.headers["ETag"]) == (200, first.headers["ETag"])


def test_a_cookie_that_a_browser_sends_changes_nothing(client: Client, made: Scene) -> None:
    path = made.own("idea")
    before = client.get(path).text
    client.set_cookie("session", "nonsense")
    answer = client.get(path)
    assert answer.text == before
    assert "Set-Cookie" not in answer.headers


def test_every_view_is_counted_though_nothing_was_committed(
    app: Flask, client: Client, made: Scene
) -> None:
    tag = None
    for _ in range(3):
        asked = VIEW | ({"If-None-Match": tag} if tag else {})
        tag = client.get(made.own("top"), headers=asked).headers["ETag"]
    client.get(made.path("top"), headers=VIEW | {"Referer": "https://no.example/"})
    client.head(made.own("top"), headers=VIEW)
    client.get(made.own("top"), headers=VIEW | {"Sec-Fetch-Dest": "document"})
    client.get(made.own("top"), headers=VIEW | {"Referer": "http://localhost/staff/widgets"})
    tallies.of(app).write()
    [row] = db.session.query(WidgetView).all()
    assert (row.widget_id, row.kind, row.host, row.views) == (made.widgets["top"], "top", HOST, 3)
    [refused] = db.session.query(WidgetRefusal).all()
    assert (refused.widget_id, refused.host) == (0, "no.example")


@pytest.mark.parametrize(
    ("query", "css"),
    [
        ("accent=0b5a55&radius=12&scheme=light", "--radius:12px;--card:#fff;"),
        ("accent=%230b5a55&radius=0&scheme=dark", "--radius:0px;--card:#221f1c;"),
        ("", "@media (prefers-color-scheme:dark)"),
        ("accent=red;}body{display:none&radius=-3&scheme=x", "--radius:8px;"),
        ("accent=zz&radius=99999999999999999999", "--radius:8px;"),
        ("radius=99", "--radius:24px;"),
    ],
)
def test_the_theme_is_a_stylesheet_of_known_properties(
    client: Client, query: str, css: str
) -> None:
    answer = client.get(f"/widgets/theme.css?{query}")
    assert answer.status_code == 200
    assert answer.mimetype == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert css in answer.text
    one = r":root\{(--[a-z-]+:(#[0-9a-f]{3,6}|\d+px);)+\}"
    assert re.fullmatch(
        rf"{one}(\n@media \(prefers-color-scheme:dark\)\{{{one}\}})?\n", answer.text
    )


def test_a_frame_names_the_theme_of_its_widget(client: Client, made: Scene) -> None:
    page = client.get("/cy" + made.path("idea") + "?accent=7a1f6b&radius=3&scheme=dark").text
    assert 'href="/widgets/theme.css?accent=7a1f6b&amp;radius=3&amp;scheme=dark&amp;v=' in page
    assert (
        "/widgets/theme.css?accent=0b5a55&amp;radius=8&amp;scheme=auto"
        in client.get(made.own("idea")).text
    )
