"""Topics: added, renamed, ordered and removed by plain buttons; each button saves what is typed."""

from typing import Any

import pytest
from flask import Flask

from citizen_voice.challenges import queries
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, new_key, write
from citizen_voice.ideas import services as ideas
from citizen_voice.site.models import SiteSettings
from tests.challenges.setting_up import (
    LIST,
    administrator,
    errors,
    fields,
    fields_of,
    journalled,
)
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident

FORM = "topics-form"


def names(asked: Challenge) -> list[tuple[str, str]]:
    db.session.rollback()
    return [(row.name_en, row.name_cy) for row in queries.topics_of(asked.id)]


def keys(asked: Challenge) -> list[int]:
    db.session.rollback()
    return [row.id for row in queries.topics_of(asked.id)]


def press(staff: Client, asked: Challenge, act: str, **other: Any) -> Any:
    address = f"{LIST}/{asked.id}/topics"
    return staff.send(address, fields(staff, address, FORM) | other | {"act": act})


def test_topics_are_added_renamed_ordered_and_removed(app: Flask) -> None:
    staff, asked = administrator(app), challenge()
    assert "No topics yet" in staff.get(f"{LIST}/{asked.id}/topics").text
    for english, welsh in (("Buses", "Bysiau"), ("Lamps", ""), ("Trees", "Coed")):
        assert press(staff, asked, "save", en_new=english, cy_new=welsh).status_code == 303
    buses, lamps, trees = keys(asked)
    assert names(asked) == [("Buses", "Bysiau"), ("Lamps", ""), ("Trees", "Coed")]
    press(staff, asked, f"up-{trees}", **{f"cy_{lamps}": "Lampau"})
    assert keys(asked) == [buses, trees, lamps]
    assert names(asked)[2] == ("Lamps", "Lampau")
    press(staff, asked, f"down-{buses}")
    press(staff, asked, f"up-{trees}")  # it is the first already
    assert keys(asked) == [trees, buses, lamps]
    press(staff, asked, f"remove-{buses}", **{f"en_{trees}": "Trees  and\thedges"})
    assert names(asked) == [("Trees and hedges", "Coed"), ("Lamps", "Lampau")]
    acts = [act for act, _subject in journalled()]
    assert acts.count("topic added") == 3
    assert acts.count("topic moved") == 2
    assert acts.count("topic renamed") == 2
    assert acts.count("topic removed") == 1
    page = app.test_client().get(f"/challenges/{asked.slug}?stage=open").text
    assert page.index("Trees and hedges") < page.index("Lamps")


def test_one_that_an_idea_or_a_draft_has_stays(app: Flask) -> None:
    staff, asked, author = administrator(app), challenge(topics=("Buses", "Lamps")), resident()
    buses, lamps = keys(asked)
    idea(asked, topic_id=buses)
    words = ideas.DraftWords("A lamp", "", "en", asked.id, lamps, None)
    with write():
        ideas.save_draft(author, ideas.OpenForm(new_key(), new_key()), words)
    page = staff.get(f"{LIST}/{asked.id}/topics").text
    assert "remove-" not in page
    assert page.count("Ideas and drafts: 1") == 2
    for key in (buses, lamps):
        refused = press(staff, asked, f"remove-{key}", en_new="Trees")
        assert refused.status_code == 422
        assert set(errors(refused)) == {f"en_{key}"}
        assert fields_of(refused.text, FORM)["en_new"] == "Trees"
    assert names(asked) == [("Buses", ""), ("Lamps", "")]


@pytest.mark.parametrize(
    ("name", "value"),
    [("en_{0}", ""), ("en_{0}", "x" * 61), ("cy_{0}", "x" * 61), ("en_{0}", "LAMPS")],
)
def test_a_name_that_cannot_be_is_refused_at_its_field(app: Flask, name: str, value: str) -> None:
    staff, asked = administrator(app), challenge(topics=("Buses", "Lamps"))
    first, second = keys(asked)
    field = name.format(first)
    refused = press(staff, asked, f"up-{second}", **{field: value})
    assert refused.status_code == 422
    at = f"en_{second}" if value == "LAMPS" else field
    assert set(errors(refused)) == {at}
    assert fields_of(refused.text, FORM)[field] == value
    assert keys(asked) == [first, second]


@pytest.mark.parametrize(
    ("english", "welsh", "at"),
    [("", "Coed", "en_new"), ("buses", "", "en_new"), ("x" * 61, "", "en_new")],
)
def test_a_new_one_that_cannot_be_is_refused(app: Flask, english: str, welsh: str, at: str) -> None:
    staff, asked = administrator(app), challenge(topics=("Buses",))
    refused = press(staff, asked, "save", en_new=english, cy_new=welsh)
    assert set(errors(refused)) == {at}
    assert fields_of(refused.text, FORM)["cy_new"] == welsh
    assert names(asked) == [("Buses", "")]


def test_two_at_once_the_second_sees_what_there_is_and_keeps_their_words(app: Flask) -> None:
    first, second = administrator(app), administrator(app)
    asked = challenge(topics=("Buses", "Lamps"))
    address = f"{LIST}/{asked.id}/topics"
    mine = fields(second, address, FORM)
    press(first, asked, "save", en_new="Trees")
    buses, _lamps, trees = keys(asked)
    conflict = second.send(address, mine | {f"en_{buses}": "Bus lanes", "act": f"remove-{buses}"})
    assert conflict.status_code == 422
    assert "Somebody else changed the topics meanwhile" in conflict.text
    given = fields_of(conflict.text, FORM)
    assert given[f"en_{buses}"] == "Bus lanes"
    assert given[f"en_{trees}"] == "Trees"
    assert second.send(address, given | {"act": "save"}).status_code == 303
    assert [english for english, _welsh in names(asked)] == ["Bus lanes", "Lamps", "Trees"]


@pytest.mark.parametrize("act", ["remove-999999", "up-x", "down-", "", "up-\0", "drop", "remove-٣"])
def test_a_button_that_there_is_not_only_saves(app: Flask, act: str) -> None:
    staff, asked = administrator(app), challenge(topics=("Buses",))
    other = challenge(topics=("Elsewhere",))
    assert press(staff, asked, act).status_code == 303
    assert press(staff, asked, f"remove-{keys(other)[0]}").status_code == 303
    assert names(asked) == [("Buses", "")]
    assert names(other) == [("Elsewhere", "")]


def test_the_fortieth_is_the_last(app: Flask) -> None:
    staff, asked = administrator(app), challenge(topics=tuple(f"T{n}" for n in range(40)))
    assert "New topic" not in staff.get(f"{LIST}/{asked.id}/topics").text
    refused = press(staff, asked, "save", en_new="One more")
    assert refused.status_code == 422
    assert len(keys(asked)) == 40


def test_without_welsh_on_the_site_the_welsh_names_stay(app: Flask) -> None:
    staff, asked = administrator(app), challenge(topics=("Buses",))
    (key,) = keys(asked)
    press(staff, asked, "save", **{f"cy_{key}": "Bysiau"})
    with write():
        db.session.get_one(SiteSettings, 1).welsh_on = False
    assert press(staff, asked, "save", **{f"en_{key}": "Coaches"}).status_code == 303
    assert names(asked) == [("Coaches", "Bysiau")]
