"""Everything about somebody is kept by a rule, or says until when it is kept."""

from flask import Flask

from citizen_voice import keeping, register
from citizen_voice.db import db
from citizen_voice.retention.sweeps import SWEEPS
from tests.habits.marks import once

pytestmark = once


def personal() -> set[str]:
    """The tables that hold something about somebody."""
    return {table for table in register.tables() if any(register.columns(table).values())}


def test_every_table_about_people_says_how_long_it_is_kept(app: Flask) -> None:
    silent = {table for table in personal() if not str(keeping.sentence(table))}
    assert not silent, f"Give them a rule in keeping.rules, or a line in keeping.KEPT: {silent}"


def test_no_rule_is_about_a_table_that_is_not_there(app: Flask) -> None:
    named = {table for rule in keeping.RULES.values() for table in rule.tables} | set(keeping.KEPT)
    gone = named - set(register.tables())
    assert not gone, f"Take them out of keeping: {gone}"


def test_every_rule_is_done_and_nothing_is_done_without_one(app: Flask) -> None:
    done = {sweep.rule for sweep in SWEEPS.values()}
    assert done == set(keeping.RULES)
    touched = {column.class_.__tablename__ for each in SWEEPS.values() for column in each.key}
    ruled = {table for rule in keeping.RULES.values() for table in rule.tables}
    assert touched <= ruled


def test_what_comes_from_an_address_is_kept_for_thirty_days_at_most(app: Flask) -> None:
    for key in ("limits", "report-senders"):
        rule = keeping.RULES[key]
        assert rule.longest is not None
        assert rule.longest.days <= 30
        assert rule.period.days <= 30
    names = {column.name for table in db.metadata.sorted_tables for column in table.columns}
    assert not names & {"ip", "ip_address", "user_agent", "remote_addr"}
