"""The council's place, by commands: its settings, its wards, its challenges."""

import tomllib
from pathlib import Path

import pytest

from citizen_voice.cli import challenge_file
from tests.cli.installation import Run, database, described


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


# -- settings and wards ------------------------------------------------------------------------


def test_settings_of_the_place_are_changed_one_by_one(tmp_path: Path, run: Run) -> None:
    revision = "SELECT revision FROM site_settings"
    run("migrate")
    ((before,),) = database(tmp_path, revision)
    assert isinstance(before, int)
    run("site", "set", "council_en", "Exampleshire Council")
    for name in ("welsh_on", "managers_told"):
        run("site", "set", name, "no")
    told = "SELECT council_en, welsh_on, managers_told FROM site_settings"
    assert database(tmp_path, told) == [("Exampleshire Council", 0, 0)]
    assert database(tmp_path, revision) == [(before + 2,)]
    assert "hard to read" in run("site", "set", "brand_colour", "#ffd633", expect=1).output
    assert "six figures" in run("site", "set", "link_colour", "red;}", expect=1).output
    assert database(tmp_path, revision) == [(before + 2,)]


def test_wards_are_read_and_known_ones_renamed(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "wards.csv"
    file.write_bytes("\ufeffcode,name_en,name_cy\nE1,Armley,\nW1,Castle,Y Castell\n".encode())
    assert "2 wards: 2 added, 0 renamed." in run("site", "wards", str(file)).output
    file.write_text("code,name_en\nE1,Armley and Wortley\n", encoding="utf-8")
    assert "1 wards: 0 added, 1 renamed." in run("site", "wards", str(file)).output
    rows = database(tmp_path, "SELECT code, name_en, name_cy FROM wards ORDER BY code")
    assert rows == [("E1", "Armley and Wortley", ""), ("W1", "Castle", "Y Castell")]
    file.write_bytes("cod;enw\nE1;Château\n".encode("cp1252"))
    run("site", "wards", str(file))
    assert ("E1", "Château") in database(tmp_path, "SELECT code, name_en FROM wards")


BAD_WARDS = (
    (b"", "no wards"),
    (b"name_en\nArmley\n", "no column with the codes"),
    (b"code,name_en\nE1,Armley\n,Wortley\n", "line 3"),
    (b"code,name_en\nE1,Armley\nE2\n", "line 3"),
    (b"code,name_en\nE1,Armley\nE1,Wortley\n", "line 3"),
    (b"code,name_en\nE1,Arm\0ley\n", "can’t read"),
    (b"code,name_en\n" + b"E" * 21 + b",Armley\n", "line 2"),
    (b"code,name_en\nE1," + b"x" * 81 + b"\n", "line 2"),
    (b'code,name_en\nE1,"' + b"x" * 140_000 + b'"\n', "Line 2"),
)


@pytest.mark.parametrize(("content", "said"), BAD_WARDS, ids=range(len(BAD_WARDS)))
def test_a_malformed_file_of_wards_is_refused_by_line_and_changes_nothing(
    tmp_path: Path, run: Run, content: bytes, said: str
) -> None:
    file = tmp_path / "wards.csv"
    file.write_bytes(content)
    assert said in run("site", "wards", str(file), expect=1).output
    assert database(tmp_path, "SELECT count(*) FROM wards") == [(0,)]
