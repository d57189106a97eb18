"""As a council runs it: the site and its worker in production, and a real mail server."""

import http.client
import re
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import pytest

from tests.conftest import DATABASES
from tests.servers.postgres import PostgresDatabases
from tests.servers.site import LiveSite
from tests.servers.smtp import SmtpServer

FORWARDED = {
    "Host": "voice.example.org",
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Proto": "https",
    "Sec-Fetch-Site": "same-origin",
    "Content-Type": "application/x-www-form-urlencoded",
}


@pytest.mark.parametrize("kind", DATABASES)
def test_a_code_goes_through_the_councils_mail_server_and_signs_in(
    kind: str,
    new_site: Callable[..., LiveSite],
    postgres: PostgresDatabases,
    smtp: SmtpServer,
) -> None:
    site = new_site(
        database_url=postgres.create_database("production") if kind == "postgresql" else None,
        environment={
            "CITIZEN_VOICE_ENV": "production",
            "CITIZEN_VOICE_BASE_URL": "https://voice.example.org",
            "CITIZEN_VOICE_SMTP_URL": smtp.url,
            "CITIZEN_VOICE_MAIL_FROM": "Voice <voice@example.org>",
            "CITIZEN_VOICE_TRUSTED_PROXIES": "127.0.0.1/32",
        },
    )
    site.command("migrate")
    with site:
        status, headers = post(site, "/sign-in", {"email": "new@example.org"}, "")
        assert (status, headers["Location"]) == (303, "/sign-in/code")
        pending = cookie(headers)
        assert pending.startswith("__Host-pending=")
        letter = smtp.wait_for(1)[0]
        assert letter["To"] == "new@example.org"
        assert "https://voice.example.org/sign-in/link/" in letter.get_content()
        code = re.search(r"\d{3} \d{3}", letter["Subject"])
        assert code is not None
        assert post(site, "/sign-in/code", {"code": code[0]}, pending)[1]["Location"] == (
            "/sign-in/age"
        )
        status, headers = post(site, "/sign-in/age", {"age": "adult"}, pending)
        assert status == 303
        assert any(
            value.startswith("__Host-session=") for value in headers.get_all("Set-Cookie") or []
        )
        assert "max-age" in headers["Strict-Transport-Security"]


def post(
    site: LiveSite, path: str, fields: dict[str, str], cookies: str
) -> tuple[int, http.client.HTTPMessage]:
    """Send a form through a proxy that speaks TLS; gives the status and the headers."""
    connection = http.client.HTTPConnection(urlsplit(site.base_url).netloc, timeout=20)
    connection.request("POST", path, urlencode(fields), FORWARDED | {"Cookie": cookies})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers


def cookie(headers: http.client.HTTPMessage) -> str:
    """The cookie that an answer sets, as a browser sends it back."""
    return headers["Set-Cookie"].partition(";")[0]
