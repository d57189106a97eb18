"""``citizen-voice import-polis``: what it prints, and the code it ends with."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from citizen_voice.cli import apps, main
from citizen_voice.db import db
from tests.imports.conversations import SLUG, bring_in, everything, figures

Command = Callable[..., Result]


@pytest.fixture
def command(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs the command on the test's own site."""
    monkeypatch.setattr(apps, "create_app", lambda: app)

    def run(*arguments: object) -> Result:
        db.session.remove()  # the command lets go of the site's pools, and of this with them
        return CliRunner().invoke(main, ["import-polis", *map(str, arguments)])

    return run


def rows(said: str) -> dict[str, list[str]]:
    """The figures of the report: read, made, already there."""
    lines = [line.split() for line in said.splitlines()]
    return {
        line[0]: line[1:4] for line in lines if line and line[0] in ("people", "ideas", "answers")
    }


def test_the_report_says_what_was_read_made_there_and_refused(
    command: Command, folder: Path
) -> None:
    done = command(folder, "--challenge", SLUG)
    assert done.exit_code == 0
    assert f"/challenges/{SLUG} (made now)" in done.stdout
    assert rows(done.stdout) == {
        "people": ["3", "3", "0"],
        "ideas": ["4", "4", "0"],
        "answers": ["8", "8", "0"],
    }
    for said in (
        "2 in 2 opinion groups",
        "2 published, 1 hidden, 1 held",
        "3 support, 4 not for me, 1 skip",
        "3 answers are on ideas hidden or held",
        "4 answers have their time from votes.csv; 4 have none",
        "5 rows, 1 replaced by a later one",
    ):
        assert said in done.stdout
    assert figures()[0] == (1, 2, 0)
    again = command(folder, "--challenge", SLUG)
    assert again.exit_code == 0
    assert rows(again.stdout)["answers"] == ["8", "0", "8"]


def test_the_report_says_where_polis_counted_otherwise(command: Command, folder: Path) -> None:
    comments = folder / "comments.csv"
    text = comments.read_text().replace(",1,2,2,0,1,Light", ",1,2,9,0,1,Light")
    assert text != comments.read_text()
    comments.write_text(text)
    said = command(folder, "--challenge", SLUG, "--dry-run").stdout
    assert "comments.csv, statement 1: agrees says 9, counted 2" in said
    assert "agrees of 1" in said


def test_a_dry_run_reports_and_writes_nothing_at_all(command: Command, folder: Path) -> None:
    before = everything()
    done = command(folder, "--challenge", SLUG, "--dry-run")
    assert done.exit_code == 0
    assert "would make" in done.stdout
    assert rows(done.stdout)["answers"] == ["8", "8", "0"]
    assert everything() == before


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_malformed_folder_is_refused_with_file_line_and_what_was_expected(
    command: Command, folder: Path, dry: tuple[str, ...]
) -> None:
    before = everything()
    matrix = folder / "participants-votes.csv"
    matrix.write_text(matrix.read_text().replace("5,0,0,3", "5,0,0,many"))
    done = command(folder, "--challenge", SLUG, *dry)
    assert done.exit_code == 1
    assert 'participants-votes.csv, line 4, column "n-votes": found "many"' in done.stderr
    assert "expected a whole number" in done.stderr
    assert done.stdout == ""
    assert everything() == before


def test_another_folder_for_the_same_challenge_is_refused(command: Command, folder: Path) -> None:
    bring_in(folder)
    (folder / "votes.csv").unlink()
    done = command(folder, "--challenge", SLUG)
    assert done.exit_code == 1
    assert "changed" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--challenge", "Not an address"),
        ("--challenge", "a" * 61),
        ("--challenge", SLUG, "--closes", "soon"),
        ("--challenge", SLUG, "--language", "fr"),
        (),
    ],
)
def test_wrong_use_ends_with_2(command: Command, folder: Path, arguments: tuple[str, ...]) -> None:
    assert command(folder, *arguments).exit_code == 2


def test_a_folder_that_is_not_there_is_wrong_use(command: Command, tmp_path: Path) -> None:
    assert command(tmp_path / "nowhere", "--challenge", SLUG).exit_code == 2


def test_the_help_has_examples(command: Command) -> None:
    assert "citizen-voice import-polis bowling-green" in command("--help").stdout
