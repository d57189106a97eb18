"""Where a backup goes, which of them stay, and what it is made with."""

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from citizen_voice.backups import making, programs, workplace
from citizen_voice.config import Settings
from citizen_voice.errors import Refusal
from tests.backups.conftest import ON_SQLITE, Installation


@ON_SQLITE
def test_the_oldest_go_once_a_new_one_is_there(here: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    made = [here.backup("--to", folder) for _ in range(3)]
    assert len(set(made)) == 3  # within a second, too
    (folder / "citizen-voice-of-the-council.tar").write_text("not ours")
    (folder / "notes.txt").write_text("nor this")
    said = here.run("backup", "--to", folder, "--keep", 2).output
    newest = Path(said.partition(": ")[0])
    assert sorted(folder.glob("citizen-voice-2*.tar")) == sorted([made[2], newest])
    assert said.count("Deleted") == 2
    assert (folder / "citizen-voice-of-the-council.tar").exists()
    assert (folder / "notes.txt").exists()


@ON_SQLITE
def test_a_file_that_is_there_is_never_written_over(here: Installation, tmp_path: Path) -> None:
    file = here.backup("--to", tmp_path / "mine.tar")
    content = file.read_bytes()
    assert "is there already" in here.refused("backup", "--to", file)
    assert file.read_bytes() == content


@ON_SQLITE
def test_wrong_use_is_exit_code_2(here: Installation, tmp_path: Path) -> None:
    for arguments in (
        ("backup", "--keep", "0"),
        ("backup", "--keep", "many"),
        ("backup", "--keep", "2", "--to", tmp_path / "mine.tar"),
        ("backup", "now"),
        ("restore",),
        ("restore", tmp_path / "nowhere.tar"),
        ("restore", tmp_path),
    ):
        here.run(*arguments, expect=2)


def test_nothing_is_backed_up_where_nothing_is(elsewhere: Installation) -> None:
    assert "empty" in elsewhere.refused("backup")
    assert list(elsewhere.instance.glob("backups/*")) == []


@ON_SQLITE
def test_two_backups_at_once_are_both_whole(
    here: Installation, elsewhere: Installation, fresh: Settings, tmp_path: Path
) -> None:
    place = making.place(tmp_path / "kept")
    with ThreadPoolExecutor(2) as both:
        made = [both.submit(making.make, fresh, place, unseen) for _ in range(2)]
    files = {done.result().path for done in made}
    assert len(files) == 2
    for file in files:
        elsewhere.run("restore", file, "--replace")
    assert set(place.folder.iterdir()) == files


def test_places_of_work_made_at_once_do_not_clear_each_other_away(tmp_path: Path) -> None:
    def work(_number: int) -> None:
        with workplace.beside(tmp_path) as folder:
            (folder / "half").write_text("done")
            assert (folder / "half").read_text() == "done"

    with ThreadPoolExecutor(8) as many:
        assert len(list(many.map(work, range(2_000)))) == 2_000
    assert list(tmp_path.iterdir()) == []


def unseen(_total: int) -> Callable[[int], None]:
    """Progress that nobody looks at."""
    return lambda _count: None


def test_the_nearest_programs_that_are_new_enough_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", os.defpath if not shutil.which("pg_dump") else str(tmp_path))
    for major in (14, 15, 17, 18):
        folder = tmp_path / str(major) / "bin"
        folder.mkdir(parents=True)
        for name in programs.NEEDED:
            program = folder / name
            program.write_text(
                f"#!/bin/sh\necho '{name} (PostgreSQL) {major}.3 (Debian {major}.3)'\n"
            )
            program.chmod(0o755)
    (tmp_path / "17" / "bin" / "psql").unlink()
    assert programs.fitting(15).major == 15
    assert programs.fitting(16).major == 18
    with pytest.raises(Refusal, match=r"apt install .*postgresql-client"):
        programs.fitting(19)
