"""A run does what the dry run lists, once, also when there are two, or when it was cut off."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from citizen_voice import clock
from citizen_voice.accounts import erasures
from citizen_voice.accounts.models import RESIDENT, Person
from citizen_voice.db import db, new_key, write
from citizen_voice.keeping import in_force
from citizen_voice.retention import queries, services
from citizen_voice.retention.models import RUNNING, RetentionRun
from citizen_voice.retention.sweeping import Due, Keys, Sweep
from citizen_voice.retention.sweeps import SWEEPS
from tests.factories.desk import entered
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.reports import report
from tests.factories.retention import LONG_AGO, NOW, closed_report, decided_idea, done, idle

DAY = timedelta(days=1)


def a_dry_run(now: object = NOW) -> dict[str, list[tuple[object, ...]]]:
    """What would be done: each sweep and its keys; and the same as counts."""
    settings = in_force()
    with clock.at(now):  # type: ignore[arg-type]  # a moment
        found = {
            name: list(queries.every(sweep, Due(clock.now(), settings[sweep.rule])))
            for name, sweep in SWEEPS.items()
            if settings[sweep.rule].active
        }
        counts = {each.sweep.name: each.count for each in queries.planned()}
    assert counts == {name: len(keys) for name, keys in found.items()}
    return {name: keys for name, keys in found.items() if keys}


@pytest.mark.parametrize("seed", range(4))
def test_a_run_does_exactly_what_the_dry_run_listed(app: Flask, seed: int) -> None:
    chance = random.Random(seed)
    people = [idle(seen=NOW - chance.randrange(600, 900) * DAY) for _ in range(6)]
    asking = idle(seen=NOW - 900 * DAY, email="asks@example.org")
    numbers = [
        decided_idea(chance.choice(people), at=NOW - chance.randrange(600, 900) * DAY)
        for _ in range(4)
    ]
    for number in numbers[:3]:
        closed_report(number, at=NOW - chance.randrange(1, 500) * DAY, by=chance.choice(people))
    with clock.at(NOW - 9 * DAY):
        report(idea_id=idea(author=people[0]), email="open@example.org")
        entered(email="asks@example.org", received_on=clock.today())
    with write():
        services.hold(reason="A claim", actor=None, person_id=people[0])
        services.hold(reason="A claim", actor=None, idea_id=numbers[0])
        theirs = update(Person).where(Person.id == people[1])
        db.session.execute(theirs.values(mail_refused_at=NOW - 400 * DAY))
    moment = NOW
    for _ in range(4):
        planned = a_dry_run(moment)
        assert done(now=moment) == planned
        assert a_dry_run(moment) == {}
        moment += chance.randrange(1, 70) * DAY
    assert db.session.get_one(Person, asking, populate_existing=True).kind == RESIDENT


def test_two_at_once_do_it_once(app: Flask) -> None:
    for _ in range(12):
        decided_idea(resident())
    seen: list[int] = []

    def told(_sweep: Sweep, keys: Keys) -> None:
        seen.extend(key[0] for key in keys)

    def work(_number: int) -> None:
        with app.app_context(), clock.at(NOW):
            services.run(hourly=False, told=told)

    with ThreadPoolExecutor(4) as several:
        list(several.map(work, range(4)))
    assert len(seen) == len(set(seen)) == 12
    db.session.rollback()
    rows = db.session.scalars(select(RetentionRun).where(RetentionRun.rule == "names-off-ideas"))
    assert [(row.done, row.state) for row in rows] == [(12, "done")]


def under_way(moment: object) -> UUID:
    """Somebody is at the names, or was."""
    token = new_key()
    with write():
        row = {"rule": "names-off-ideas", "day": NOW.date(), "state": RUNNING, "done": 7}
        row |= {"began_at": moment, "beat_at": moment, "token": token}
        db.session.add(RetentionRun(**row))
    return token


def test_what_somebody_is_at_is_left_to_them(app: Flask) -> None:
    decided_idea(resident())
    under_way(NOW - timedelta(minutes=5))
    assert "names" not in done()


@pytest.mark.parametrize("ago", [timedelta(minutes=11), -timedelta(hours=5)])
def test_what_was_cut_off_goes_on_also_where_the_clock_was_put_back(
    app: Flask, ago: timedelta
) -> None:
    decided_idea(resident())
    under_way(NOW - ago)
    assert len(done()["names"]) == 1
    db.session.rollback()
    row = db.session.scalars(
        select(RetentionRun).where(RetentionRun.rule == "names-off-ideas")
    ).one()
    assert (row.done, row.state) == (8, "done")


def test_a_rule_that_is_switched_off_on_the_way_stops(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("citizen_voice.retention.services.running.BATCH", 2)
    for _ in range(6):
        decided_idea(resident())
    seen: list[int] = []

    def told(sweep: Sweep, keys: Keys) -> None:
        if sweep.name != "names":
            return
        seen.extend(key[0] for key in keys)
        with write():
            services.settle(
                "names-off-ideas", number=24, warn=0, active=False, reason="A claim", actor=None
            )

    with clock.at(NOW):
        services.run(hourly=False, told=told)
    assert len(seen) == 2
    db.session.rollback()
    row = db.session.scalars(
        select(RetentionRun).where(RetentionRun.rule == "names-off-ideas")
    ).one()
    assert (row.done, row.state) == (2, "stopped")
    assert "names" not in done(now=NOW + DAY)
    assert "names" not in a_dry_run()


def test_a_hold_that_is_added_on_the_way_is_kept_to(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("citizen_voice.retention.services.running.BATCH", 1)
    numbers = [decided_idea(resident()) for _ in range(3)]
    seen: list[int] = []

    def told(sweep: Sweep, keys: Keys) -> None:
        if sweep.name == "names" and not seen:
            with write():
                services.hold(reason="A claim", actor=None, idea_id=numbers[2])
        seen.extend(key[0] for key in keys if sweep.name == "names")

    with clock.at(NOW):
        services.run(hourly=False, told=told)
    assert seen == numbers[:2]


def test_one_account_that_cannot_be_erased_stops_no_other(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [idle(seen=LONG_AGO) for _ in range(3)]
    done()
    real = erasures.erase

    def erase(person_id: UUID, *, remove_words: bool) -> bool:
        if person_id == people[1]:
            raise RuntimeError("something is wrong with this one")
        return real(person_id, remove_words=remove_words)

    monkeypatch.setattr(erasures, "erase", erase)
    assert done(now=NOW + 30 * DAY)["accounts"] == [(people[0],), (people[2],)]
    db.session.rollback()
    newest = select(RetentionRun).where(RetentionRun.rule == "idle-accounts")
    row = db.session.scalars(newest.order_by(RetentionRun.id.desc())).first()
    assert row is not None
    assert (row.done, row.failed, row.state) == (2, 1, "done")
    monkeypatch.undo()
    assert done(now=NOW + 31 * DAY)["accounts"] == [(people[1],)]
