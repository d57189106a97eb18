"""Running commands on an installation."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from citizen_voice import config
from citizen_voice.cli import main
from tests.cli.installation import Run


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
