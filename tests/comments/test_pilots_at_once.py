"""Many at once comment on a pilot while it is decided: exact figures, and nobody waits for ever."""

import threading
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from citizen_voice.comments import recount
from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.comments.services import CommentsClosed
from citizen_voice.db import db, write
from citizen_voice.pilots import services as pilots
from tests.comments.test_at_once import run
from tests.factories.comments import published_on_pilot, remark
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, declared, evaluated, shortlisted
from tests.factories.team import colleague


def test_who_comments_while_a_pilot_is_decided_is_heard_or_told_that_it_is_closed(
    app: Flask,
) -> None:
    pilot = a_pilot(*shortlisted([idea()]))
    decision, second = declared(evaluated(pilot)), colleague()
    people = [resident() for _each in range(8)]
    failed: list[BaseException] = []
    closed: list[UUID] = []

    def say(person: UUID) -> None:
        try:
            with app.app_context():
                for each in range(3):
                    remark(pilot, person, body=f"At once, {each}.")
        except CommentsClosed:
            closed.append(person)
        except BaseException as error:  # noqa: BLE001  # told by the thread that waits
            failed.append(error)

    def confirm() -> None:
        try:
            with app.app_context(), write():
                pilots.confirm(decision, actor=second)
        except BaseException as error:  # noqa: BLE001  # likewise
            failed.append(error)

    talk = [threading.Thread(target=say, args=(person,)) for person in people]
    run([*talk[:4], threading.Thread(target=confirm), *talk[4:]])
    assert failed == []
    db.session.rollback()
    thread = db.session.scalars(select(CommentThread).filter_by(pilot_id=pilot)).one()
    assert thread.closed_at is not None
    there = db.session.scalars(select(Comment).where(Comment.thread_id == thread.id)).all()
    assert len(there) == published_on_pilot(pilot) <= 24
    assert (len(there) < 24) == bool(closed)
    assert recount.differences() == []
