"""The log of a served site: lines that a machine can read, and nothing of anybody's in them."""

import http.client
import json
import re
import sys
import time
from collections.abc import Callable
from io import StringIO
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from citizen_voice import config
from citizen_voice.web import logs
from tests.conftest import settings
from tests.growth import cost
from tests.servers.site import LiveSite
from tests.servers.smtp import SmtpServer

ADDRESS = "mari.secret@example.org"
SEARCHED = "searched-for-this"
REQUEST_KEYS = {
    "event",
    "request_id",
    "method",
    "route",
    "status",
    "ms",
    "bytes",
    "level",
    "timestamp",
}


def test_a_served_site_logs_each_request_and_no_secret(
    new_site: Callable[..., LiveSite], smtp: SmtpServer
) -> None:
    site = new_site(
        environment={
            "CITIZEN_VOICE_ENV": "production",
            "CITIZEN_VOICE_BASE_URL": "https://voice.example.org",
            "CITIZEN_VOICE_SMTP_URL": smtp.url,
            "CITIZEN_VOICE_MAIL_FROM": "Voice <voice@example.org>",
            "CITIZEN_VOICE_TRUSTED_PROXIES": "127.0.0.1/32",
        }
    )
    site.command("migrate")
    secrets = [ADDRESS, SEARCHED, "203.0.113.7", "typed-in-the-body"]
    with site:
        ids = []
        for method, path, fields in (
            ("GET", f"/ideas?q={SEARCHED}", None),
            ("GET", f"/{SEARCHED}/nowhere", None),
            ("GET", "/healthz", None),
            (f"X{SEARCHED}", "/", None),
            ("POST", "/ideas/CV-1/answer", {"value": "typed-in-the-body"}),
        ):
            ids.append(asked(site, method, path, fields)[1]["X-Request-Id"])
        _status, headers = asked(site, "POST", "/sign-in", {"email": ADDRESS})
        pending = headers["Set-Cookie"].partition(";")[0]
        letter = smtp.wait_for(1)[0]
        code = re.search(r"(\d{3}) (\d{3})", letter["Subject"])
        link = re.search(r"/sign-in/link/(\S+)", letter.get_content())
        assert code
        assert link
        asked(site, "GET", f"/sign-in/link/{link[1]}", None, pending)
        asked(site, "POST", "/sign-in/code", {"code": code[0]}, pending)
        secrets += [pending.partition("=")[2], code[0], code[1] + code[2], link[1].rstrip(".")]
        wait_for_line(site, "/sign-in/code")
    text = site.log.read_text()
    assert [secret for secret in secrets if secret in text] == []
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    requests = [line for line in lines if line["event"] == "request"]
    assert all(set(line) == REQUEST_KEYS for line in requests)
    by_id = {line["request_id"]: line for line in requests}
    assert by_id[ids[0]]["route"] == "/ideas"
    assert by_id[ids[0]]["status"] == 200
    assert by_id[ids[0]]["bytes"] > 1_000
    assert by_id[ids[1]]["route"] is None
    assert by_id[ids[1]]["status"] == 404
    assert ids[2] not in by_id
    assert by_id[ids[3]]["method"] == "other"
    assert "/sign-in/link/<token>" in {line["route"] for line in requests}


def wait_for_line(site: LiveSite, route: str) -> None:
    """Until the log has caught up."""
    give_up = time.monotonic() + 10
    while f'"route": "{route}"' not in site.log.read_text():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def asked(
    site: LiveSite, method: str, path: str, fields: dict[str, str] | None, cookies: str = ""
) -> tuple[int, http.client.HTTPMessage]:
    """One request through a proxy that speaks TLS."""
    connection = http.client.HTTPConnection(urlsplit(site.base_url).netloc, timeout=20)
    headers = {
        "Host": "voice.example.org",
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Proto": "https",
        "Sec-Fetch-Site": "same-origin",
        "X-Request-Id": "of-the-visitors-making",
        "Cookie": cookies,
    }
    if fields is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, None if fields is None else urlencode(fields), headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["X-Request-Id"])  # our own
    return answer.status, answer.headers


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_mistake_of_ours_is_logged_with_where_and_reference_and_without_what_rows_hold(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = f"Key (email)=({ADDRESS}) already exists."

    def broken(*_arguments: Any, **_named: Any) -> Any:
        first = ValueError(f"duplicate key of {ADDRESS}\nDETAIL:  {secret}")
        raise IntegrityError("INSERT …", {}, first) from first

    event = logs.discreet_traceback(None, "error", {"exc_info": caught(broken)})
    assert "in broken" in event["exception"]
    assert "sqlalchemy.exc.IntegrityError" in event["exception"]
    assert "ValueError: duplicate key of …@…" in event["exception"]
    assert ADDRESS not in event["exception"]
    assert "DETAIL" not in event["exception"]


def caught(act: Callable[[], object]) -> BaseException:
    """What it raises."""
    with pytest.raises(IntegrityError) as found:
        act()
    return found.value


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize(("said", "lines"), [("requests", 1), ("errors", 0)])
def test_a_setting_says_whether_requests_are_logged(
    app: Flask, said: str, lines: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    other = Flask("other")
    other.add_url_rule("/a/<name>", view_func=lambda name: name, endpoint="a")
    logs.follow(other, requests=said == "requests")
    assert other.test_client().get("/a/b").headers["X-Request-Id"]
    found = [json.loads(line) for line in written.getvalue().splitlines()]
    assert len(found) == lines
    assert [line["route"] for line in found] == ["/a/<name>"] * lines


@pytest.mark.parametrize("database", ["sqlite"])
def test_requests_are_logged_in_production_unless_told_otherwise(fresh: config.Settings) -> None:
    production = {
        "env": "production",
        "base_url": "https://voice.example.org",
        "smtp_url": "smtp://localhost",
        "mail_from": "v@example.org",
    }
    assert not fresh.log_requests
    assert settings(fresh.instance, fresh.database_url, **production).log_requests
    assert not settings(fresh.instance, **production, log="errors").log_requests
    assert settings(fresh.instance, log="requests").log_requests
    with pytest.raises(config.BadSettings, match="LOG"):
        settings(fresh.instance, log="everything")


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_line_costs_next_to_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Less than a twentieth of the least request; about a seventieth of it on an idle machine."""
    monkeypatch.setattr(sys, "stderr", StringIO())
    client = app.test_client()
    request = cost(lambda _: client.get("/nowhere"), 1, rounds=20)
    with app.test_request_context("/ideas"):
        response = app.make_response("x" * 20_000)
        line = cost(lambda _: logs._line("0123456789abcdef", response), 1, rounds=200)
    assert line < request / 20, f"{line * 1e6:.0f} of {request * 1e6:.0f} µs"
