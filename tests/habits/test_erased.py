"""Erasing a person leaves nothing behind, in no row and in no byte of what is kept."""

from flask import Flask

from citizen_voice import register
from citizen_voice.accounts import erasures, wiping
from citizen_voice.db import db, write
from tests.factories.ideas import idea
from tests.habits import erasing
from tests.habits.marking import marked

FOR_NOBODY = {
    "idea_search": "made from listed ideas; a life through the screens fills it",
    "idea_search_terms": "the same",
}
"""Tables of which no row is made for somebody, and why."""


def test_every_column_that_goes_is_gone_from_rows_and_files(app: Flask) -> None:
    number = idea()
    somebody, other = marked(app)
    for each in (somebody, other):
        erasing.make_plausible(each, number)
    missing = [
        f"{table}.{name}"
        for table, name, _how in erasing.to_go()
        if table not in somebody.rows and table not in FOR_NOBODY
    ]
    assert not missing, f"tests/habits/marking.py makes no row for: {missing}"
    looked_for = erasing.needles(somebody)
    before = erasing.standing(looked_for, erasing.kept_bytes(app))
    assert sorted(before) == sorted(looked_for), "what is not there before shows nothing"
    with write():
        erasures.erase(somebody.key, remove_words=True)
    wiping.wipe()
    left = erasing.left_in_rows(somebody)
    assert not left, f"still in rows: {', '.join(left)}"
    stands = erasing.standing(looked_for, erasing.kept_bytes(app))
    assert not stands, f"still in files: {stands}"
    theirs = erasing.needles(other)
    assert sorted(erasing.standing(theirs, erasing.kept_bytes(app))) == sorted(theirs)


def test_the_list_of_tables_for_nobody_is_true(app: Flask) -> None:
    assert not set(FOR_NOBODY) & set(db.metadata.tables)
    assert set(FOR_NOBODY) <= set(register.tables())
