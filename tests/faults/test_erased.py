"""``kill -9`` in the middle of an erasure; an erasure while a copy is made; a full disk."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from citizen_voice import clock, create_app
from citizen_voice.accounts import erasures
from citizen_voice.accounts.erasure_journal import DONE, CannotErase
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.config import Settings
from citizen_voice.db import db, write
from citizen_voice.privacy import making, services
from citizen_voice.privacy.writing import write_copy
from tests.factories.people import resident


def kind(person: UUID) -> str:
    """Of what kind somebody is."""
    db.session.rollback()
    return str(db.session.scalar(select(Person.kind).where(Person.id == person)))


def killed_once_begun(settings: Settings, person: UUID) -> None:
    """Erase somebody, and be killed when the line is on the disk and nothing is committed."""

    def killed(*_arguments: object, **_named: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    vars(erasures)["_apply"] = killed
    with create_app(settings).app_context(), write():
        erasures.erase(person, remove_words=True)


def killed_once_committed(settings: Settings, person: UUID) -> None:
    """Erase somebody, and be killed when it is committed and nothing says so."""

    def killed(*_arguments: object, **_named: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    vars(erasures)["_end"] = killed
    with create_app(settings).app_context(), write():
        erasures.erase(person, remove_words=True)


@pytest.mark.parametrize("act", [killed_once_begun, killed_once_committed])
@pytest.mark.usefixtures("app")
def test_an_erasure_that_was_killed_is_finished(
    fresh: Settings, act: Callable[[Settings, UUID], None]
) -> None:
    person = resident()
    process = multiprocessing.get_context("spawn").Process(target=act, args=(fresh, person))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert [line.what for line in erasures.file().read()] == ["begun"]
    with clock.at(clock.now() + timedelta(minutes=6)):
        erasures.finish()
    assert kind(person) == FORMER
    assert [line.what for line in erasures.file().read()] == ["begun", DONE]
    assert erasures.refuse_unapplied() == 0


@pytest.mark.usefixtures("app")
def test_on_a_full_disk_nobody_is_erased_and_the_journal_stays_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, two = resident(), resident()
    with write():
        erasures.erase(one, remove_words=False)
    before = erasures.file().path.read_bytes()
    real, written = os.write, []

    def full(handle: int, content: bytes) -> int:
        """A part of a line goes in, and then nothing."""
        written.append(content)
        if len(written) == 1:
            return real(handle, content[:40])
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("os.write", full)
    with pytest.raises(CannotErase, match="Nothing was deleted"), write():
        erasures.erase(two, remove_words=False)
    monkeypatch.undo()
    assert erasures.file().path.read_bytes() == before
    assert kind(two) != FORMER
    with write():
        erasures.erase(two, remove_words=False)
    assert erasures.verify() == (4, 0)


def test_an_erasure_while_a_copy_is_made_leaves_no_copy(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = resident()
    with write():
        key = services.ask(person, language="en")
    real: Any = write_copy

    def slowly(path: Path, *arguments: Any, **named: Any) -> Any:
        with write():
            erasures.erase(person, remove_words=True)
        return real(path, *arguments, **named)

    monkeypatch.setattr(making, "write_copy", slowly)
    making.work()
    folder = Path(app.config["INSTANCE"])
    assert not [path for path in folder.rglob("*") if str(key) in path.name or key.hex in path.name]
