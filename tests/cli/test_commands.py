"""The command line: help with examples, clear refusals, exit codes that mean something."""

import socket
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from citizen_voice import config
from citizen_voice.cli import challenge_file, main
from tests.servers.postgres import PostgresDatabases
from tests.servers.processes import free_port
from tests.servers.site import LiveSite, SiteDown

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on an installation with an empty, migrated database."""
    for name in config.NAMES:
        monkeypatch.delenv(config.PREFIX + name, raising=False)
    monkeypatch.setenv("CITIZEN_VOICE_ENV", "development")
    monkeypatch.setenv("CITIZEN_VOICE_INSTANCE", str(tmp_path / "instance"))
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "citizen-voice.db").write_bytes(sqlite_template.read_bytes())

    def run_it(*arguments: str, expect: int = 0) -> Result:
        result = CliRunner().invoke(main, arguments)
        said = (arguments, result.output, result.exception)
        assert result.exit_code == expect, said
        assert result.exception is None or isinstance(result.exception, SystemExit), said
        return result

    return run_it


def database(tmp_path: Path, *statements: str) -> list[tuple[object, ...]]:
    """Run statements on the installation's database; gives the rows of the last."""
    engine = create_engine(f"sqlite:///{tmp_path / 'instance' / 'citizen-voice.db'}")
    with engine.connect() as connection, connection.begin():
        results = [connection.execute(text(statement)) for statement in statements]
        rows = [tuple(row) for row in results[-1]] if results[-1].returns_rows else []
    engine.dispose()
    return rows


def leaves(command: click.Command, *names: str) -> Iterator[tuple[str, ...]]:
    """The names of all commands that do something."""
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from leaves(inner, *names, name)
    else:
        yield names


@pytest.mark.parametrize("names", list(leaves(main)), ids=" ".join)
def test_every_command_has_help_with_examples(names: tuple[str, ...]) -> None:
    for flag in ("--help", "-h"):
        result = CliRunner().invoke(main, [*names, flag])
        assert result.exit_code == 0
        assert "Usage:" in result.output
        assert "Examples:" in result.output
        assert f"citizen-voice {' '.join(names)}" in result.output


def test_wrong_use_is_exit_code_2(run: Run) -> None:
    for arguments in (
        ("nonsense",),
        ("check", "--nonsense"),
        ("challenge", "create"),
        ("challenge", "create", "/nowhere.toml"),
        ("challenge", "reschedule", "x", "--opens", "soon"),
        ("site", "set", "nonsense", "x"),
        ("site", "set", "council_en"),
        ("site", "wards", "/nowhere.csv"),
    ):
        run(*arguments, expect=2)
    assert "version" in run("--version").output


# -- schema ------------------------------------------------------------------------------------


def test_an_empty_database_is_migrated_and_then_is_up_to_date(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty"
    monkeypatch.setenv("CITIZEN_VOICE_INSTANCE", str(empty))
    for command in (("check",), ("tidy",), ("challenge", "list"), ("journal", "verify")):
        result = CliRunner().invoke(main, command)
        assert result.exit_code in (1, 2)
        assert "citizen-voice migrate" in result.output
    assert "now at revision" in run("migrate").output
    assert "is up to date" in run("migrate").output
    assert "0 differences." in run("check").output
    assert (empty / "secret.key").stat().st_mode & 0o777 == 0o600


def test_an_empty_postgresql_is_migrated_and_serves_the_commands(
    tmp_path: Path, postgres: PostgresDatabases
) -> None:
    url = postgres.create_database(f"cli_{free_port()}_{tmp_path.name[-12:]}".replace("-", "_"))
    site = LiveSite(tmp_path / "instance", database_url=url)
    with pytest.raises(SiteDown, match="citizen-voice migrate"):
        site.command("check")
    assert "now at revision" in site.command("migrate")
    assert "is up to date" in site.command("migrate")
    file = tmp_path / "streets.toml"
    file.write_text(challenge_file.EXAMPLE, encoding="utf-8")
    assert "/challenges/safer-streets" in site.command("challenge", "create", str(file))
    assert "already" in site.command("challenge", "create", str(file), expect=1)
    assert "safer-streets" in site.command("challenge", "list")
    assert "0 differences." in site.command("check")
    assert "0 entries hold." in site.command("journal", "verify")


def test_the_server_refuses_another_schema_and_a_taken_port(tmp_path: Path) -> None:
    site = LiveSite(tmp_path / "instance")
    with pytest.raises(SiteDown, match="citizen-voice migrate"):
        site.command("serve", seconds=60)
    site.command("migrate")
    port = int(site.base_url.rpartition(":")[2])
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert "CITIZEN_VOICE_BIND" in site.command("serve", expect=1, seconds=60)
    engine = create_engine(f"sqlite:///{tmp_path / 'instance' / 'citizen-voice.db'}")
    with engine.connect() as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(SiteDown, match="9999"):
        site.command("serve", seconds=60)


# -- settings ----------------------------------------------------------------------------------

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


# -- challenges --------------------------------------------------------------------------------


def described(tmp_path: Path, *changes: tuple[str, str]) -> str:
    """A file with a challenge: the example, with some of its text replaced."""
    content = challenge_file.EXAMPLE
    for old, new in changes:
        assert old in content
        content = content.replace(old, new)
    file = tmp_path / "challenge.toml"
    file.write_text(content, encoding="utf-8")
    return str(file)


def test_a_challenge_is_made_listed_and_rescheduled(tmp_path: Path, run: Run) -> None:
    example = run("challenge", "example").output
    assert set(tomllib.loads(example)) <= challenge_file.ALLOWED | {"topics"}
    made = run("challenge", "create", described(tmp_path))
    assert "/challenges/safer-streets" in made.output
    listed = run("challenge", "list").output
    assert "safer-streets  upcoming  2027-01-11 – 2027-02-28" in listed
    run("challenge", "reschedule", "safer-streets", "--closes", "2027-03-31")
    assert "2027-01-11 – 2027-03-31" in run("challenge", "list").output
    run("challenge", "reschedule", "safer-streets", "--closes", "2020-03-31", expect=1)
    run("challenge", "reschedule", "nowhere", "--closes", "2028-03-31", expect=1)
    assert database(tmp_path, "SELECT count(*) FROM topics") == [(3,)]


BAD_FILES = (
    (('slug = "safer-streets"', ""), "missing slug"),
    (('slug = "safer-streets"', 'slug = "Safer Streets"'), "small letters"),
    (('slug = "safer-streets"', 'slug = "safer-streets'), "can't be read"),
    (('ballot = "opinion"', 'ballot = "ranked"'), "ballot"),
    (('moderation = "after"', 'moderation = "never"'), "Moderation"),
    (('question_cy = ""', 'colour = "red"'), "unknown colour"),
    (("opens_on = 2027-01-11", "opens_on = 2027-12-24"), "before the opening day"),
    (('promise_en = "The top', 'promise_cy = "The top'), "promise"),
    (('sponsor_en = "The cabinet member for streets"', 'sponsor_en = " "'), "sponsor"),
    (('["Crossings", ""]', '"Crossings"'), "topics should be pairs"),
    (('["Crossings", ""]', '["Crossings"]'), "topics should be pairs"),
)


@pytest.mark.parametrize(("change", "said"), BAD_FILES, ids=range(len(BAD_FILES)))
def test_a_challenge_that_cannot_be_is_refused_and_nothing_made(
    tmp_path: Path, run: Run, change: tuple[str, str], said: str
) -> None:
    assert said in run("challenge", "create", described(tmp_path, change), expect=1).output
    assert database(tmp_path, "SELECT count(*) FROM challenges") == [(0,)]


WRONG_TYPES = (
    ("opens_on = 2027-01-11", 'opens_on = "soon"'),
    ("opens_on = 2027-01-11", "opens_on = 2027-01-11T12:00:00Z"),
    ('question_cy = ""', "question_cy = 5"),
    ('sponsor_en = "The cabinet member for streets"', "sponsor_en = 5"),
    ('slug = "safer-streets"', "slug = 5"),
    ('["Crossings", ""], ["Lighting", ""], ["Speed", ""]', '["Crossings", 5]'),
)


@pytest.mark.parametrize("change", WRONG_TYPES, ids=range(len(WRONG_TYPES)))
def test_a_value_of_the_wrong_kind_is_refused_by_name(
    tmp_path: Path, run: Run, change: tuple[str, str]
) -> None:
    said = run("challenge", "create", described(tmp_path, change), expect=1).output
    assert change[0].split(" = ")[0].split("[")[0] in said or "topics" in said
    assert "Traceback" not in said


# -- the council's place -----------------------------------------------------------------------


def test_settings_of_the_place_are_changed_one_by_one(tmp_path: Path, run: Run) -> None:
    run("site", "set", "council_en", "Exampleshire Council")
    run("site", "set", "welsh_on", "no")
    rows = database(tmp_path, "SELECT council_en, welsh_on, revision FROM site_settings")
    assert rows == [("Exampleshire Council", 0, 3)]


def test_wards_are_read_and_known_ones_renamed(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "wards.csv"
    file.write_bytes("\ufeffcode,name_en,name_cy\nE1,Armley,\nW1,Castle,Y Castell\n".encode())
    assert "2 wards." in run("site", "wards", str(file)).output
    file.write_text("code,name_en\nE1,Armley and Wortley\n", encoding="utf-8")
    assert "1 wards." in run("site", "wards", str(file)).output
    rows = database(tmp_path, "SELECT code, name_en, name_cy FROM wards ORDER BY code")
    assert rows == [("E1", "Armley and Wortley", ""), ("W1", "Castle", "Y Castell")]


BAD_WARDS = (
    (b"", "missing column"),
    (b"name_en\nArmley\n", "missing column code"),
    (b"code;name_en\nE1;Armley\n", "missing column"),
    (b"code,name_en\nE1,Armley\n,Wortley\n", "line 3"),
    (b"code,name_en\nE1,Armley\nE2\n", "line 3"),
    (b"code,name_en\nE1,Caf\xe9\n", "UTF-8"),
    (b"code,name_en\nE1,Arm\0ley\n", "line 2"),
    (b"code,name_en\n" + b"E" * 21 + b",Armley\n", "line 2"),
    (b"code,name_en\nE1," + b"x" * 81 + b"\n", "line 2"),
    (b'code,name_en\nE1,"' + b"x" * 140_000 + b'"\n', "line 2"),
)


@pytest.mark.parametrize(("content", "said"), BAD_WARDS, ids=range(len(BAD_WARDS)))
def test_a_malformed_file_of_wards_is_refused_by_line_and_changes_nothing(
    tmp_path: Path, run: Run, content: bytes, said: str
) -> None:
    file = tmp_path / "wards.csv"
    file.write_bytes(content)
    assert said in run("site", "wards", str(file), expect=1).output
    assert database(tmp_path, "SELECT count(*) FROM wards") == [(0,)]


# -- keeping it well ---------------------------------------------------------------------------


def test_tidy_says_what_went(run: Run) -> None:
    output = run("tidy").output
    for what in ("sessions and sign-ins: 0", "counts of limits: 0", "letters: 0"):
        assert what in output


def test_the_journal_is_verified_and_a_broken_one_is_exit_code_1(tmp_path: Path, run: Run) -> None:
    assert "0 entries hold." in run("journal", "verify").output
    (tmp_path / "instance" / "journal.head").write_text(f"2 {'0' * 64}\n")
    output = run("journal", "verify", expect=1).output
    assert "Entry 1 is missing: 2 entries were written" in output


def test_figures_are_checked_and_mended(tmp_path: Path, run: Run) -> None:
    run("challenge", "create", described(tmp_path))
    database(
        tmp_path,
        "INSERT INTO ideas (id, challenge_id, stage, visibility, version, created_at) "
        "VALUES (1001, 1, 'open', 'held', 1, 0)",
        "INSERT INTO idea_versions (idea_id, number, title, body, language, created_at) "
        "VALUES (1001, 1, 'A bench', '', 'en', 0)",
        "INSERT INTO idea_listing (idea_id, challenge_id, stage, listed, support, shuffle) "
        "VALUES (1001, 1, 'open', 0, 7, 1)",
    )
    assert "CV-1001: support shows 7" in run("check", expect=1).output
    assert "1 idea mended." in run("check", "--fix").output
    assert "0 differences." in run("check").output
