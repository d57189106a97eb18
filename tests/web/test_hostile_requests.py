"""Whatever is sent, an answer in our words: never a mistake of ours, never a thing unasked for."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from citizen_voice.web.error_pages import TITLES
from citizen_voice.web.headers import CONTENT_SECURITY_POLICY
from citizen_voice.words import force_locale
from tests.accounts import walk
from tests.client import HTMX, Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident

HOSTILE = (
    "",
    "\0",
    "'",
    '"><script>alert(1)</script>',
    "{{7*7}}",
    "%s%n",
    "../../etc/passwd",
    "💥",
    "\u202e",
    "9" * 5_000,
    "-1",
    "1e999",
    "[]",
    "\r\nSet-Cookie: session=x",
)
ADDRESSES = (
    "/",
    "/challenges",
    "/ideas",
    "/ideas/new",
    "/sign-in",
    "/sign-in/code",
    "/sign-in/age",
    "/left",
    "/me",
    "/privacy",
    "/theme.css",
    "/outbox",
)
NAMES = ("next", "done", "order", "after", "topic", "ward", "stage", "words", "v", "slug", "ref")


@pytest.mark.parametrize("signed_in", [False, True])
def test_no_query_is_an_error_of_ours(client: Client, *, signed_in: bool) -> None:
    if signed_in:
        client.sign_in(resident())
    idea()
    for address in ADDRESSES:
        for value in HOSTILE:
            answer = client.get(address, query_string=dict.fromkeys(NAMES, value))
            assert answer.status_code < 500, (address, value)
            assert "<script>alert" not in answer.text
            assert "session=x" not in str(answer.headers)


def test_no_form_is_an_error_of_ours(client: Client) -> None:
    asked, number = challenge(topics=("Streets",)), idea()
    client.sign_in(resident())
    forms = {
        f"/challenges/{asked.slug}/suggest": ("title", "body", "place", "topic", "lang", "name"),
        "/ideas/new": ("challenge", "title", "body", "place", "topic", "lang"),
        f"/ideas/CV-{number}/answer": ("value", "from"),
        "/me/name": ("name",),
        "/me/email": ("email",),
        "/me/leave": ("words",),
        "/sign-in": ("email", "shared", "notice"),
        "/sign-in/code": ("code",),
        "/sign-in/age": ("age",),
    }
    for address, fields in forms.items():
        for value in HOSTILE:
            answer = client.send(address, dict.fromkeys(fields, value))
            assert answer.status_code < 500, (address, value)
            assert "<script>alert" not in answer.text
            assert "session=x" not in str(answer.headers)


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_body_of_any_kind_is_taken_calmly(client: Client, *, signed_in: bool) -> None:
    asked = challenge()
    if signed_in:
        client.sign_in(resident())
    client.send("/sign-in", {"email": ""})
    token = {"X-CSRFToken": client.csrf or ""}
    for address in (f"/challenges/{asked.slug}/suggest", "/sign-in", "/me/name"):
        for content_type, body in (
            ("application/json", b'{"title": "x"}'),
            ("application/json", b"{"),
            ("text/plain", b"title=x"),
            ("multipart/form-data", b"x"),
            ("multipart/form-data; boundary=", b"--\r\n"),
            ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="t'),
            ("application/x-www-form-urlencoded", b"%%%=%ff%fe&&&==&title=%ED%A0%80"),
            ("application/x-www-form-urlencoded; charset=utf-7", b"title=+ADw-script+AD4-"),
            ("nonsense", b"\xff\xfe"),
            ("", b""),
        ):
            answer = client.post(address, data=body, content_type=content_type, headers=token)
            assert answer.status_code < 500, (address, content_type, body)


def test_too_much_at_once_is_said_to_be_too_much(client: Client) -> None:
    asked = challenge()
    for person in (None, resident()):
        if person is not None:
            client.sign_in(person)
        answer = client.send(f"/challenges/{asked.slug}/suggest", {"title": "x" * 300_000})
        assert answer.status_code == 413
        assert "too much at once" in answer.text
        assert "xxxxxxxxxx" not in answer.text


def test_every_answer_carries_the_headers_that_keep_people_safe(client: Client) -> None:
    for address in ("/", "/nowhere", "/ideas?order=x", "/cy/ideas", "/healthz", "/theme.css"):
        headers = client.get(address).headers
        assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Permissions-Policy" in headers
        assert headers["X-Request-Id"]
    assert "unsafe" not in CONTENT_SECURITY_POLICY


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": ""},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:81"},
        {"Origin": "http://localhost@evil.example"},
        {"Origin": "javascript://localhost"},
        {"Origin": "http://["},
        {"Origin": "localhost"},
        {"Referer": "http://localhost/"},
    ],
    ids=str,
)
def test_a_form_of_another_site_does_nothing(app: Flask, headers: dict[str, str]) -> None:
    visitor = FlaskClient(app)
    answer = visitor.post("/sign-in", data={"email": "ada@example.org"}, headers=headers)
    assert answer.status_code == 403
    assert "That came from another site" in answer.text
    assert "ada@example.org" not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_browser_without_fetch_metadata_is_known_by_its_origin(app: Flask) -> None:
    visitor = FlaskClient(app)
    sent = visitor.post(
        "/sign-in", data={"email": "ada@example.org"}, headers={"Origin": "http://localhost"}
    )
    assert sent.status_code == 303


def test_a_page_from_before_the_sign_in_gives_back_what_was_typed(client: Client) -> None:
    asked = challenge()
    client.sign_in(resident())
    for token in ("", "stale", "x" * 5_000, "\0"):
        answer = client.post(
            f"/challenges/{asked.slug}/suggest",
            data={"title": "A bench <b>", "body": "To rest.", "csrf_token": token},
        )
        assert answer.status_code == 403
        assert "A bench &lt;b&gt;" in answer.text
        assert "To rest." in answer.text
        assert "Send it again" in answer.text


def test_pages_for_what_went_wrong_say_what_to_do_in_both_languages(client: Client) -> None:
    for address, status in (("/nowhere", 404), ("/ideas?order=x", 400)):
        english, welsh = client.get(address), client.get(f"/cy{address}")
        assert english.status_code == welsh.status_code == status
        with force_locale("en"):
            assert f"<h1>{TITLES[status]}</h1>" in english.text.replace("&#39;", "'")
        assert '<html lang="cy"' in welsh.text
        assert english.headers["Cache-Control"] == "no-store"
    wrong = client.delete("/ideas")
    assert wrong.status_code == 405
    assert "GET" in wrong.headers["Allow"]


def test_for_htmx_a_refusal_is_a_fragment_for_the_alert(client: Client) -> None:
    answer = client.get("/ideas?order=x", headers=HTMX)
    assert answer.headers["HX-Retarget"] == "#alert"
    assert "<html" not in answer.text


def test_a_mistake_of_ours_shows_a_reference_and_no_more(
    app: Flask, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> str:
        raise ZeroDivisionError("a secret of the database")

    app.view_functions["ideas.index"] = broken
    answer = client.get("/ideas")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "ZeroDivisionError" not in answer.text
    assert "Reference" in answer.text


def test_a_stranger_cannot_say_who_the_host_is_in_a_letter(client: Client) -> None:
    client.post(
        "/sign-in",
        data={"email": "ada@example.org"},
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
    )
    assert "evil.example" not in walk.letter("ada@example.org").body
