"""Settings that are missing, wrong or secret."""

from pathlib import Path

import pytest

from citizen_voice import config
from tests.cli.installation import Run

PRODUCTION = {
    "ENV": "production",
    "BASE_URL": "https://voice.example.org",
    "SMTP_URL": "smtps://mail.example.org",
    "MAIL_FROM": "voice@example.org",
    "SECRET_KEY": "x" * 64,
}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"BASE_URL": ""}, "BASE_URL"),
        ({"BASE_URL": "http://voice.example.org"}, "BASE_URL"),
        ({"SMTP_URL": ""}, "SMTP_URL"),
        ({"MAIL_FROM": ""}, "MAIL_FROM"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"ENV": "staging"}, "ENV"),
        ({"BIND": "nowhere"}, "BIND"),
        ({"BIND": "127.0.0.1:99999"}, "BIND"),
        ({"WORKERS": "0"}, "WORKERS"),
        ({"WORKERS": "many"}, "WORKERS"),
        ({"TRUSTED_PROXIES": "10.0.0.0/99"}, "TRUSTED_PROXIES"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_setting_that_is_missing_or_wrong_is_named(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], named: str
) -> None:
    for name, value in (PRODUCTION | changed).items():
        monkeypatch.setenv(config.PREFIX + name, value)
    for command in ("serve", "check"):
        assert f"CITIZEN_VOICE_{named}" in run(command, expect=1).output


def test_a_settings_file_that_cannot_be_read_is_named(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "instance" / "settings.toml"
    for content, said in (
        (b"x = ", "cannot be read"),
        (b"\xff", "cannot be read"),
        (b"colour = 1", "colour"),
    ):
        file.write_bytes(content)
        assert said in run("check", expect=1).output
    file.write_text('workers = 2\nmail_from = "voice@example.org"\n')
    run("check")


def test_a_secret_stands_in_no_text_about_the_settings(tmp_path: Path) -> None:
    given = {config.PREFIX + k: v for k, v in PRODUCTION.items()}
    settings = config.load(given | {"CITIZEN_VOICE_INSTANCE": str(tmp_path)})
    assert settings.secret_key not in repr(settings)
