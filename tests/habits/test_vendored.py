"""What others wrote and we serve is what they published: hashes, licences, nothing besides."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from citizen_voice.paths import ROOT

FOLDERS = (ROOT / "static" / "vendor", ROOT / "tests" / "browser" / "vendor")
FONTS = {".woff", ".woff2", ".ttf", ".otf", ".eot"}
MEND = "make vendor rebuilds it (tools/vendor/build.mjs); never change a vendored file by hand"

each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=["served", "tests"])


def listed(folder: Path) -> list[dict[str, Any]]:
    """The files of a folder's manifest."""
    manifest = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))
    files: list[dict[str, Any]] = manifest["files"]
    return files


def present(folder: Path) -> set[str]:
    """The files that are in a folder."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "MANIFEST.json"
    }


@each_folder
def test_vendored_files_match_their_hashes(folder: Path) -> None:
    changed = [
        entry["file"]
        for entry in listed(folder)
        if not (folder / entry["file"]).exists()
        or hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() != entry["sha256"]
    ]
    assert not changed, f"{changed} in {folder.name} are not what was vendored: {MEND}"


@each_folder
def test_nothing_lies_beside_what_the_manifest_lists(folder: Path) -> None:
    names = [entry["file"] for entry in listed(folder)]
    assert len(names) == len(set(names))
    assert present(folder) == set(names), f"Not as MANIFEST.json of {folder.name} says: {MEND}"


@each_folder
def test_every_vendored_package_has_its_licence_and_version(folder: Path) -> None:
    for entry in listed(folder):
        assert all(entry[key] for key in ("package", "version", "licence", "made")), entry
        siblings = [
            other["file"]
            for other in listed(folder)
            if other["package"] == entry["package"] and "LICENSE" in other["file"]
        ]
        assert siblings, f"{entry['package']} lacks its licence file: {MEND}"
        assert all((folder / name).stat().st_size > 100 for name in siblings)


def test_no_fonts_and_no_crown_are_served() -> None:
    served = ROOT / "static"
    files = [path for path in served.rglob("*") if path.is_file()]
    fonts = [path.name for path in files if path.suffix in FONTS]
    assert not fonts, f"Fonts come from the reader's device: delete {fonts}"
    crowns = [path.name for path in files if "crown" in path.name.lower()]
    assert not crowns, f"The crown is the government's, not a council's: delete {crowns}"
    for path in files:
        if path.suffix in {".css", ".js", ".svg"}:
            text = path.read_text(encoding="utf-8").lower()
            for word in ("@font-face", "gds transport", "gov.uk logotype", "govuk-crest"):
                assert word not in text, f"{path.name} has {word!r}: {MEND}"
