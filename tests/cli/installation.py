"""What the tests of commands find in an installation, and what they put into it."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result
from sqlalchemy import create_engine, text

from citizen_voice.cli import challenge_file

Run = Callable[..., Result]
"""The fixture ``run``: runs a command on an installation with an empty, migrated database."""


def database(tmp_path: Path, *statements: str) -> list[tuple[object, ...]]:
    """Run statements on the installation's database; gives the rows of the last."""
    engine = create_engine(f"sqlite:///{tmp_path / 'instance' / 'citizen-voice.db'}")
    with engine.connect() as connection, connection.begin():
        results = [connection.execute(text(statement)) for statement in statements]
        rows = [tuple(row) for row in results[-1]] if results[-1].returns_rows else []
    engine.dispose()
    return rows


def described(tmp_path: Path, *changes: tuple[str, str]) -> str:
    """A file with a challenge: the example, with some of its text replaced."""
    content = challenge_file.EXAMPLE
    for old, new in changes:
        assert old in content
        content = content.replace(old, new)
    file = tmp_path / "challenge.toml"
    file.write_text(content, encoding="utf-8")
    return str(file)
