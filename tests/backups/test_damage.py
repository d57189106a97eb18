"""What is damaged, or of another kind, is seen before anything is touched."""

import json
import os
import tarfile
from pathlib import Path
from typing import Any

import pytest

from citizen_voice.backups.archive import measure
from tests.backups.archives import archive, changed, members
from tests.backups.conftest import ON_SQLITE, Installation


def test_every_kind_of_damage_is_seen_before_anything_is_touched(
    here: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    good, bad = file.read_bytes(), tmp_path / "bad.tar"
    content = members(file)
    database = next(name for name in content if name.startswith("database."))
    in_database = good.index(content[database][:64]) + len(content[database]) // 2
    offsets = [0, 700, good.index(b'"sha256"') + 12, in_database]
    for offset in offsets:  # a byte is flipped
        bad.write_bytes(good[:offset] + bytes([good[offset] ^ 1]) + good[offset + 1 :])
        elsewhere.refused("restore", bad)
    for length in (0, 100, 512, 1_500, in_database, len(good) - len(content[database]) // 4):
        bad.write_bytes(good[:length])
        elsewhere.refused("restore", bad)
    bad.write_bytes(os.urandom(4_096))
    elsewhere.refused("restore", bad)
    archive(bad, {name: value for name, value in content.items() if name != database})
    assert database in elsewhere.refused("restore", bad)
    archive(bad, content | {"further.txt": b"x"})
    elsewhere.refused("restore", bad)
    archive(bad, dict(reversed(content.items())))
    elsewhere.refused("restore", bad)
    assert elsewhere.left_over() == []
    assert not (elsewhere.instance / "journal.head").exists()
    elsewhere.run("restore", file)  # into what is empty still


@pytest.mark.parametrize(
    "name", ["../../outside", "/tmp/outside", "uploads/../../outside", "uploads/.x"]
)
@ON_SQLITE
def test_no_name_leads_out_of_the_folder(
    here: Installation, elsewhere: Installation, tmp_path: Path, name: str
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    content = members(file)
    manifest = json.loads(content["manifest.json"])
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    manifest["members"][name] = {"size": 1, "sha256": digest}  # of the letter x
    said = content | {"manifest.json": json.dumps(manifest).encode(), name: b"x"}
    elsewhere.refused("restore", archive(tmp_path / "bad.tar", said))
    without = content | {name: b"x"}
    elsewhere.refused("restore", archive(tmp_path / "worse.tar", without))
    assert not list(tmp_path.rglob("outside"))


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE]
)
@ON_SQLITE
def test_only_regular_files_are_taken(
    here: Installation, elsewhere: Installation, tmp_path: Path, kind: bytes
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    content = members(file)
    for name in ("secret.key", "uploads/x"):
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, str(tmp_path / "victim")
        manifest = json.loads(content["manifest.json"])
        manifest["members"][name] = {"size": 0, "sha256": "0" * 64}
        said = content | {"manifest.json": json.dumps(manifest).encode()}
        said.pop("secret.key", None)
        elsewhere.refused("restore", archive(tmp_path / "bad.tar", said, entry))
    assert not (elsewhere.instance / "uploads").exists()


def test_a_backup_of_the_other_database_or_of_a_later_version_is_refused_in_words(
    here: Installation, elsewhere: Installation, tmp_path: Path, database: str
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    content = members(file)
    manifest = json.loads(content["manifest.json"])
    ours, other = "database.sqlite", "database.pgdump"
    dialect = "postgresql"
    if database == "postgresql":
        ours, other, dialect = other, ours, "sqlite"
    turned = manifest["members"] | {other: manifest["members"][ours]}
    said = elsewhere.refused(
        "restore", changed(file, tmp_path / "other.tar", dialect=dialect, members=turned)
    )
    assert "CITIZEN_VOICE_DATABASE_URL" in said
    later = changed(file, tmp_path / "later.tar", schema="9999")
    assert "this version knows up to" in elsewhere.refused("restore", later)
    later = changed(file, tmp_path / "much-later.tar", format=2)
    assert "A later version" in elsewhere.refused("restore", later)
    damage: tuple[dict[str, Any], ...] = (
        {"rows": {'answers"; DROP TABLE ideas; --': 1}},
        {"rows": {"answers": -1}},
        {"rows": []},
        {"schema": 6},
        {"members": {}},
        {"moment": "yesterday"},
        {"further": 1},
    )
    for wrong in damage:
        bad = changed(file, tmp_path / "wrong.tar", **wrong)
        assert "manifest" in elsewhere.refused("restore", bad), wrong
    assert "empty" in elsewhere.refused("backup")


def test_a_database_that_a_true_checksum_does_not_mend_is_refused_and_the_old_one_stays(
    here: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    file = here.backup("--to", tmp_path / "good.tar")
    elsewhere.run("restore", file)
    content = members(file)
    name = next(name for name in content if name.startswith("database."))
    half = content[name][: len(content[name]) // 2]
    manifest = json.loads(content["manifest.json"])
    bad = tmp_path / "half"
    bad.write_bytes(half)
    digest = measure(bad, lambda _count: None)
    manifest["members"][name] = {"size": digest.size, "sha256": digest.sha256}
    content |= {name: half, "manifest.json": json.dumps(manifest).encode()}
    said = elsewhere.refused("restore", archive(tmp_path / "bad.tar", content), "--replace")
    assert "Nothing was restored" in said
    assert "4 answers" in elsewhere.run("backup").output
    assert elsewhere.run("check").output == "0 differences.\n"
