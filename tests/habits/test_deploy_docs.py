"""What the guides for engineers name exists."""

import re
import tomllib
from collections.abc import Iterator
from configparser import ConfigParser

import click
import pytest

from citizen_voice import config
from citizen_voice.cli import main
from citizen_voice.paths import ROOT

FOLDER = ROOT / "docs" / "deploy"
GUIDES = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()} | {
    "README.md of the project": (ROOT / "README.md").read_text(encoding="utf-8")
}
UNITS = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".service", ".timer"))


def calls(text: str) -> Iterator[list[str]]:
    """Every call of the command line in a guide, as words."""
    for line in text.replace("\\\n", " ").splitlines():
        code = line if "    " in line or line.startswith(("ExecStart", "citizen-voice")) else ""
        spans = [code, *re.findall(r"`([^`]*)`", line)]
        for span in spans:
            if found := re.match(r"(?:ExecStart=)?(?:\S*/)?citizen-voice +(.*)", span.strip()):
                yield re.split(r" +[>#|&]| {2,}", found[1])[0].replace("·", " ").split()


@pytest.mark.parametrize("name", GUIDES)
def test_every_command_and_option_that_is_named_exists(name: str) -> None:
    for words in calls(GUIDES[name]):
        command: click.Command = main
        rest = list(words)
        while rest and isinstance(command, click.Group) and rest[0] in command.commands:
            command = command.commands[rest.pop(0)]
        assert command is not main, f"{name}: citizen-voice {' '.join(words)}"
        known = {option for param in command.params for option in param.opts} | {"--help"}
        given = {word for word in rest if word.startswith("--")}
        assert given <= known, f"{name}: citizen-voice {' '.join(words)}"


def test_there_are_calls_to_look_at() -> None:
    found = [" ".join(words) for text in GUIDES.values() for words in calls(text)]
    assert len(found) > 25, found
    assert {"migrate", "worker", "check"} <= set(found)
    assert any(call.startswith("backup --to") for call in found)


@pytest.mark.parametrize("name", GUIDES)
def test_every_setting_that_is_named_exists(name: str) -> None:
    named = set(re.findall(r"CITIZEN_VOICE_([A-Z_]+)", GUIDES[name]))
    assert named <= set(config.NAMES)


def test_the_projects_readme_names_every_setting() -> None:
    text = GUIDES["README.md of the project"]
    assert [name for name in config.NAMES if f"CITIZEN_VOICE_{name}" not in text] == []


def test_the_example_of_settings_has_settings_that_exist() -> None:
    text = GUIDES["settings.toml"]
    commented = "\n".join(re.sub(r"^# (?=[a-z_]+ = )", "", line) for line in text.splitlines())
    for example in (text, commented):
        assert {key.upper() for key in tomllib.loads(example)} <= set(config.NAMES)


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_is_sound_and_shuts_itself_in(name: str) -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's names have capitals
    unit.read_string(GUIDES[name])
    if name.endswith(".service"):
        service = unit["Service"]
        assert service["User"] == "citizen-voice"
        assert service["ProtectSystem"] == "strict"
        assert service["NoNewPrivileges"] == "yes"
        assert service["UMask"] == "0077"
    else:
        assert name.replace(".timer", ".service") in UNITS


def test_every_file_that_a_guide_links_to_is_there() -> None:
    for name, text in GUIDES.items():
        folder = ROOT if name.endswith("project") else FOLDER
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert (folder / link).exists(), f"{name}: {link}"
