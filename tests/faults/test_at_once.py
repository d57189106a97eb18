"""Many at the same moment, and one person twice: everything is counted, and once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from citizen_voice.answers import recount
from citizen_voice.answers import services as answers
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import Idea, IdeaListing, IdeaVersion
from tests.factories.challenges import challenge
from tests.factories.ideas import figures, idea
from tests.factories.people import resident
from tests.faults import storm
from tests.faults.conftest import let_go
from tests.faults.resident import Resident
from tests.faults.trouble import TITLE, Tab, post, token_of
from tests.servers.site import LiveSite


def test_eight_threads_suggest_and_every_idea_has_a_number_of_its_own(app: Flask) -> None:
    asked = challenge()
    persons = [resident() for _ in range(8)]
    start = threading.Barrier(8)

    def suggest(person: UUID) -> list[int]:
        numbers = []
        with app.app_context():
            start.wait()
            for time in range(6):
                with write():
                    made = ideas.propose(
                        person,
                        asked.id,
                        title=TITLE,
                        body=f"{person}, time {time}",
                        language="en",
                        topic_id=None,
                        ward_id=None,
                    )
                    numbers.append(made.id)
        return numbers

    with ThreadPoolExecutor(8) as threads:
        numbers = [number for made in threads.map(suggest, persons) for number in made]
    assert sorted(numbers) == list(range(min(numbers), min(numbers) + 48))
    assert {row.id for row in db.session.execute(select(Idea.id))} == set(numbers)
    for model in (IdeaVersion, IdeaListing):
        found = db.session.execute(select(model.idea_id)).scalars().all()
        assert sorted(found) == sorted(numbers)
    assert recount.differences() == []


def test_a_double_click_counts_once(site: LiveSite, tab: Tab) -> None:
    asked, person = challenge(), resident()
    numbers = [idea(asked) for _ in range(5)]
    let_go()
    site.start()
    first, second = tab(site, person, numbers[0]), tab(site, person, numbers[0])
    second.headers = first.headers  # the same browser
    token = token_of(first, numbers[0])
    values = ("support", "oppose", "none", "skip")
    with ThreadPoolExecutor(2) as fingers:
        for turn in range(20):
            number, value = numbers[turn % 5], values[turn % 4]
            both = threading.Barrier(2)

            def click(
                who: Resident, number: int = number, value: str = value, both: Any = both
            ) -> int:
                both.wait()
                form = {"value": value, "csrf_token": token}
                return post(who, f"/ideas/CV-{number}/answer", form)[0]

            assert list(fingers.map(click, (first, second))) == [303, 303]
            said = storm.rows().get((person, number), "none")
            assert said == value
            expected = tuple(int(value == name) for name in ("support", "oppose", "skip"))
            assert figures(number) == expected
    assert recount.differences() == []


def test_two_who_change_one_answer_at_once_leave_one_of_theirs(app: Flask) -> None:
    """Two tabs of one person: whichever comes last stays, and is counted once."""
    number, person = idea(), resident()
    start = threading.Barrier(4)

    def change(value: str) -> None:
        with app.app_context():
            start.wait()
            for _ in range(10):
                with write():
                    answers.cast(person, number, value)

    with ThreadPoolExecutor(4) as tabs:
        list(tabs.map(change, ("support", "oppose", "skip", "none")))
    assert sum(figures(number)) == len(storm.rows())
    assert recount.differences() == []


def test_threads_that_wake_the_worker_at_once_share_its_queue(app: Flask) -> None:
    """A second queue would be lost, with its connection open."""
    jobs = app.extensions["citizen_voice.jobs"]
    start = threading.Barrier(8)

    def first(_thread: int) -> int:
        start.wait()
        return id(jobs.queue)

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(first, range(8)))) == 1
