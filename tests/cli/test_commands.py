"""The command line: help with examples, clear refusals, exit codes that mean something."""

import socket
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from citizen_voice.cli import challenge_file, main
from tests.cli.installation import Run, database, described
from tests.servers.postgres import PostgresDatabases
from tests.servers.processes import free_port
from tests.servers.site import LiveSite, SiteDown


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
    assert "2 entries hold." in site.command("journal", "verify")


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


# -- keeping it well ---------------------------------------------------------------------------


def test_tidy_says_what_went(run: Run) -> None:
    output = run("tidy").output
    for what in (
        "Browsers that were signed in",
        "Sign-ins that were begun",
        "Invitations to staff",
    ):
        assert f"{what}: 0\n" in output


def test_the_journal_is_verified_and_a_broken_one_is_exit_code_1(tmp_path: Path, run: Run) -> None:
    assert "0 entries hold." in run("journal", "verify").output
    (tmp_path / "instance" / "journal.head").write_text(f"2 {'0' * 64}\n")
    output = run("journal", "verify", expect=1).output
    assert "Entry 1 is missing: 2 entries were written" in output


def test_the_ledger_is_verified_and_a_broken_one_is_exit_code_1(tmp_path: Path, run: Run) -> None:
    assert "0 entries hold." in run("consents", "verify").output
    (tmp_path / "instance" / "consents.head").write_text(f"2 {'0' * 64}\n")
    output = run("consents", "verify", expect=1).output
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
