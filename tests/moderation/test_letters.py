"""Rules and letters: grounds and what is written from them, targets, watched words, the rules."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text

from citizen_voice.cli import schema
from citizen_voice.db import db, write
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.moderation import grounds, letters, setting_up, targets
from citizen_voice.moderation.letters import letter
from citizen_voice.site import services as site
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from tests.client import Client
from tests.factories.team import colleague

UNTIL = date(2027, 5, 22)


@pytest.fixture
def boss(client: Client) -> Client:
    """An administrator's browser."""
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    return client


def acts() -> list[str]:
    """What the journal has."""
    db.session.remove()
    return list(
        db.session.execute(text("SELECT act FROM journal_entries ORDER BY number")).scalars()
    )


def names() -> list[str]:
    """The grounds that can be chosen."""
    db.session.remove()
    return [row.name_en for row in grounds.grounds()]


def test_a_new_place_has_grounds_with_a_letter_in_both_languages(app: Flask) -> None:
    found = grounds.grounds()
    assert len(found) >= 10
    for row in found:
        for language, thing in (("en", "idea"), ("cy", "syniad")):
            made = letter(row, language=language, thing=thing, title="A bench", until=UNTIL)
            assert thing in made
            assert "A bench" in made
            assert ("22 May 2027" if language == "en" else "22 Mai 2027") in made
            assert not re.search(r"[{}]", made)
        assert row.name_cy
        assert not letters.unknown(row.letter_en + row.letter_cy)
    assert len({row.letter_en for row in found}) == len({row.letter_cy for row in found}) == 11


def test_grounds_are_given_once_and_those_of_the_council_are_left_alone(app: Flask) -> None:
    with write():
        grounds.retire(grounds.grounds()[0].id, actor=None)
    before = names()
    schema.furnish()
    assert names() == before


def test_what_fills_a_letter_is_never_looked_into(app: Flask) -> None:
    row = grounds.grounds()[0]
    made = letter(row, language="en", thing="idea", title="{until} {0.__class__} %s", until=None)
    assert "“{until} {0.__class__} %s”" in made
    assert "until ." in made, "a day that there is not is nothing"


def test_without_a_welsh_letter_the_english_one_is_filled_in(app: Flask) -> None:
    with write():
        key = grounds.save(
            None,
            name_en="Noise",
            name_cy="",
            letter_en="{ground}: {thing}",
            letter_cy="",
            actor=None,
        )
    row = grounds.ground(key)
    assert letter(row, language="cy", thing="syniad", title="", until=None) == "Noise: syniad"


@pytest.mark.parametrize("bad", ["{name}", "{}", "{Thing}", "{thing.title}", "{0}", "{ thing }"])
def test_a_placeholder_that_is_none_is_refused_with_the_list_of_what_there_is(
    boss: Client, bad: str
) -> None:
    fields = {"name_en": "Noise", "letter_en": "Hello", "letter_cy": f"Helo {bad} {{thing}}"}
    answer = boss.send("/staff/rules/grounds/new", fields)
    assert answer.status_code == 422
    assert 'id="letter_cy-error"' in answer.text
    assert "{thing}, {title}, {ground}, {until} and {site}" in answer.text
    assert f"Helo {bad}" in answer.text
    assert "Noise" not in names()


def test_a_ground_is_written_moved_retired_and_brought_back(boss: Client) -> None:
    before = names()
    fields = {"name_en": "Noise", "name_cy": "Sŵn", "letter_en": "Hello {title}", "letter_cy": ""}
    assert boss.send("/staff/rules/grounds/new", fields).status_code == 303
    assert names() == [*before, "Noise"]
    key = grounds.grounds()[-1].id
    assert "Hello {title}" in boss.get(f"/staff/rules/grounds/{key}").text
    filled = boss.send(f"/staff/rules/grounds/{key}", fields | {"preview": "yes"})
    assert filled.status_code == 200
    assert "Hello A bench by the library" in filled.text
    boss.send(f"/staff/rules/grounds/{key}/move", {"where": "up"})
    assert names() == [*before[:-1], "Noise", before[-1]]
    boss.send(f"/staff/rules/grounds/{key}/move", {"where": "down"})
    boss.send(f"/staff/rules/grounds/{key}/move", {"where": "down"})
    assert names() == [*before, "Noise"]
    boss.send(f"/staff/rules/grounds/{key}/retire")
    assert names() == before
    assert "Bring back" in boss.get("/staff/rules").text
    boss.send(f"/staff/rules/grounds/{key}/bring-back")
    assert names() == [*before, "Noise"]
    assert [act for act in acts() if act.startswith("ground")] == [
        "ground written", "ground moved", "ground moved", "ground retired", "ground brought back",
    ]  # fmt: skip


def test_the_last_ground_stays(app: Flask) -> None:
    found = grounds.grounds()
    with write():
        for row in found[1:]:
            grounds.retire(row.id, actor=None)
    with pytest.raises(Refusal, match="one ground at least"), write():
        grounds.retire(found[0].id, actor=None)


def test_the_councils_rules_stand_in_place_of_ours_until_they_are_taken_back(boss: Client) -> None:
    seen = re.search(r'name="seen" value="([^"]*)"', boss.get("/staff/rules/page").text)
    assert seen
    rules = {"body_en": "## Be kind\n\n<script>x</script>", "body_cy": "", "seen": seen[1]}
    shown = boss.send("/staff/rules/page", rules | {"preview": "yes"})
    assert "<h2>Be kind</h2>" in shown.text
    assert "<h2>Be kind</h2>" not in boss.get("/rules").text
    assert boss.send("/staff/rules/page", rules).status_code == 303
    english, welsh = boss.get("/rules").text, boss.get("/cy/rules").text
    assert "<h2>Be kind</h2>" in english
    assert "<script>x" not in english
    assert 'lang="en"><h2>Be kind</h2>' in welsh
    seen = re.search(r'name="seen" value="([^"]*)"', boss.get("/staff/rules/page").text)
    assert seen
    boss.send("/staff/rules/page", rules | {"seen": seen[1], "ours": "yes"})
    assert "<h2>Be kind</h2>" not in boss.get("/rules").text
    assert acts().count("page written") == 2


def test_rules_that_somebody_else_wrote_meanwhile_are_shown_beside_mine(boss: Client) -> None:
    with write():
        site.write_page("rules", "Theirs", "", seen="", actor=None)
    mine = {"body_en": "Mine", "body_cy": "", "seen": ""}
    answer = boss.send("/staff/rules/page", mine)
    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine</textarea>" in answer.text
    with pytest.raises(Conflict), write():
        site.write_page("rules", "Mine", "", seen="", actor=None)


def test_targets_are_ours_until_somebody_says_otherwise(boss: Client) -> None:
    assert setting_up.hours()["intimate"] == 48
    fields = {kind: str(value) for kind, value in setting_up.hours().items()}
    answer = boss.send("/staff/rules/targets", fields | {"spam": "0", "hate": "soon"})
    assert answer.status_code == 422
    assert answer.text.count("Enter hours from 1 to 720.") >= 2
    assert 'value="soon"' in answer.text
    assert boss.send("/staff/rules/targets", fields | {"spam": "12"}).status_code == 303
    db.session.remove()
    assert setting_up.hours()["spam"] == 12
    assert targets.due_within("spam").total_seconds() == 12 * 3600
    assert targets.due_within("hate").total_seconds() == 24 * 3600
    boss.send("/staff/rules/targets", fields | {"spam": "12"})
    assert acts().count("targets changed") == 1


def test_everything_that_waits_has_a_name_and_a_target(app: Flask) -> None:
    assert set(setting_up.hours()) == set(setting_up.NAMES) == {*targets.CATEGORIES, *targets.KINDS}


def test_watched_words_are_kept_a_line_each_and_each_once(boss: Client) -> None:
    typed = {"en": "  cheap   loans \nCheap loans\n\nbitcoin", "cy": "benthyciadau"}
    assert boss.send("/staff/rules/words", typed).status_code == 303
    db.session.remove()
    assert setting_up.watched() == {"en": ["cheap loans", "bitcoin"], "cy": ["benthyciadau"]}
    assert "cheap loans\nbitcoin" in boss.get("/staff/rules/words").text
    answer = boss.send("/staff/rules/words", {"en": "x" * 61, "cy": "gair"})
    assert answer.status_code == 422
    assert "gair" in answer.text
    assert acts().count("watched words changed") == 1


def test_it_is_for_administrators_alone(client: Client) -> None:
    client.sign_in(colleague(MODERATOR), staff=True)
    for address in ("", "/page", "/targets", "/words", "/grounds/1", "/grounds/new"):
        assert client.get(f"/staff/rules{address}").status_code == 403
