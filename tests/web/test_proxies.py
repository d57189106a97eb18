"""Who asks is believed from the settings' proxies alone."""

from ipaddress import ip_network
from typing import Any

import pytest

from citizen_voice.web.proxies import TrustedProxies

TRUSTED = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


def asked(environ: dict[str, str]) -> tuple[str, str]:
    """The address and scheme that the site sees."""
    seen: dict[str, Any] = {"wsgi.url_scheme": "http"} | environ

    def site(given: dict[str, Any], _start: object) -> list[bytes]:
        seen.update(given)
        return []

    TrustedProxies(site, TRUSTED)(seen, None)
    return seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.7, 10.9.9.9", "198.51.100.7"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", " , ,", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.2", "10.0.0.1"),
        ("", "198.51.100.7", ""),
    ],
)
def test_the_last_stranger_is_who_asks(peer: str, forwarded: str, found: str) -> None:
    environ = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}
    assert asked(environ)[0] == found


@pytest.mark.parametrize(
    ("peer", "said", "found"),
    [
        ("10.0.0.1", "https", "https"),
        ("192.0.2.1", "https", "http"),
        ("10.0.0.1", "javascript", "http"),
        ("10.0.0.1", "https, http", "http"),
    ],
)
def test_the_scheme_too(peer: str, said: str, found: str) -> None:
    assert asked({"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_PROTO": said})[1] == found
