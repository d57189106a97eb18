"""Settings: from the environment, or from ``settings.toml`` in the instance folder.

The names are listed in the README; the environment wins over the file.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from citizen_voice.paths import ROOT

PREFIX = "CITIZEN_VOICE_"
NAMES = (
    "ENV",
    "INSTANCE",
    "DATABASE_URL",
    "BIND",
    "WORKERS",
    "TRUSTED_PROXIES",
    "BASE_URL",
    "SMTP_URL",
    "MAIL_FROM",
    "ERASURE_JOURNAL",
    "LOG",
    "SECRET_KEY",
)
KEY_LENGTH = 32


class BadSettings(ValueError):
    """A setting is missing or wrong; the message names it and says what it should be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the site needs to know of its surroundings."""

    env: str
    instance: Path
    database_url: str
    host: str
    port: int
    workers: int
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]
    base_url: str
    smtp_url: str | None
    mail_from: str
    erasure_journal: Path
    log_requests: bool
    secret_key: str = field(repr=False)

    @property
    def development(self) -> bool:
        """Whether this is a developer's or a demonstration machine, and not a council's server."""
        return self.env == "development"

    @property
    def sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith("sqlite")

    @property
    def secure(self) -> bool:
        """Whether residents reach the site through TLS."""
        return self.base_url.startswith("https://")


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; makes the instance folder and its secret on the first run.

    Raises ``BadSettings`` with the name of the setting and what it should be.
    """
    environ = os.environ if environ is None else environ
    given = {name: environ[PREFIX + name] for name in NAMES if environ.get(PREFIX + name)}
    instance = Path(given.get("INSTANCE", ROOT / "instance")).resolve()
    values = _from_file(instance / "settings.toml") | given

    env = values.get("ENV", "production")
    if env not in ("production", "development"):
        raise BadSettings(f"{PREFIX}ENV is {env!r}; it should be production or development.")
    instance.mkdir(parents=True, exist_ok=True)
    host, port = _bind(values.get("BIND", "127.0.0.1:5000"))
    development = env == "development"
    base_url = values.get("BASE_URL", f"http://{host}:{port}" if development else "").rstrip("/")
    settings = Settings(
        env=env,
        instance=instance,
        database_url=_database_url(values.get("DATABASE_URL"), instance),
        host=host,
        port=port,
        workers=_count("WORKERS", values.get("WORKERS", str(os.cpu_count() or 1))),
        trusted_proxies=_networks(values.get("TRUSTED_PROXIES", "")),
        base_url=base_url,
        smtp_url=values.get("SMTP_URL"),
        mail_from=values.get("MAIL_FROM", "citizen-voice@localhost" if development else ""),
        erasure_journal=Path(
            values.get("ERASURE_JOURNAL", instance.with_name(instance.name + "-erasures.jsonl"))
        ),
        log_requests=_log(values.get("LOG", "errors" if development else "requests")),
        secret_key=values.get("SECRET_KEY") or _secret(instance / "secret.key"),
    )
    if not development:
        _refuse_unfit_for_production(settings)
    return settings


def _refuse_unfit_for_production(settings: Settings) -> None:
    if not settings.secure:
        raise BadSettings(
            f"{PREFIX}BASE_URL should be the https:// address at which residents reach the site, "
            f"for example https://voice.example.org"
        )
    if not settings.smtp_url:
        raise BadSettings(
            f"{PREFIX}SMTP_URL should be the council's mail server, "
            f"for example smtps://user:password@mail.example.org:465"
        )
    if not settings.mail_from:
        raise BadSettings(f"{PREFIX}MAIL_FROM should be the address that mail comes from.")
    if len(settings.secret_key) < KEY_LENGTH:
        raise BadSettings(f"{PREFIX}SECRET_KEY should have at least {KEY_LENGTH} characters.")


def _from_file(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path.name} cannot be read: {error}") from None
    unknown = sorted(set(table) - {name.lower() for name in NAMES})
    if unknown:
        raise BadSettings(f"{path.name} has settings that do not exist: {', '.join(unknown)}")
    return {name.upper(): str(value) for name, value in table.items()}


def _database_url(url: str | None, instance: Path) -> str:
    if url is None:
        return f"sqlite:///{instance / 'citizen-voice.db'}"
    scheme = urlsplit(url).scheme
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        return "postgresql+psycopg" + url[len(scheme) :]
    if scheme == "sqlite":
        return url
    raise BadSettings(f"{PREFIX}DATABASE_URL should begin with postgresql:// or sqlite:///")


def _bind(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise BadSettings(f"{PREFIX}BIND is {value!r}; it should look like 127.0.0.1:5000")
    return host.strip("[]"), int(port)


def _count(name: str, value: str) -> int:
    if not value.isdigit() or int(value) < 1:
        raise BadSettings(f"{PREFIX}{name} is {value!r}; it should be a whole number from 1.")
    return int(value)


def _log(value: str) -> bool:
    """Whether each request gets its line in the log."""
    if value not in ("requests", "errors"):
        raise BadSettings(f"{PREFIX}LOG is {value!r}; it should be requests or errors.")
    return value == "requests"


def _networks(value: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())
    except ValueError as error:
        raise BadSettings(f"{PREFIX}TRUSTED_PROXIES: {error}") from None


def _secret(path: Path) -> str:
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_LENGTH))
    return path.read_text(encoding="ascii").strip()
