"""Who asks, when a proxy stands before us: believed from the settings' proxies alone."""

from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

Networks = Sequence[IPv4Network | IPv6Network]


class TrustedProxies:
    """WSGI: takes the visitor's address and scheme from a trusted proxy's headers.

    The address is the last one in ``X-Forwarded-For`` that is not itself a trusted proxy.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]], networks: Networks) -> None:
        self._app = app
        self._networks = networks

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Serve one request."""
        if self._trusted(environ.get("REMOTE_ADDR", "")):
            forwarded = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
            addresses = [part.strip() for part in forwarded if part.strip()]
            stranger = next((a for a in reversed(addresses) if not self._trusted(a)), None)
            if stranger is not None:
                environ["REMOTE_ADDR"] = stranger
            if environ.get("HTTP_X_FORWARDED_PROTO") in ("http", "https"):
                environ["wsgi.url_scheme"] = environ["HTTP_X_FORWARDED_PROTO"]
        return self._app(environ, start_response)

    def _trusted(self, address: str) -> bool:
        try:
            ip = ip_address(address)
        except ValueError:
            return False
        return any(ip in network for network in self._networks)
