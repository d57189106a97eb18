"""Notices and purposes: every version kept, nothing changed once it is published."""

import hashlib

import pytest
from sqlalchemy import func, select

from citizen_voice import register
from citizen_voice.consent import queries, services
from citizen_voice.consent.models import ActivePurpose, NoticeServed
from citizen_voice.db import db, write
from tests.factories.people import resident

pytestmark = pytest.mark.usefixtures("app")

TEXTS = {"en": "What we do", "cy": "Beth wnawn ni"}


def publish(**texts: str) -> int:
    """Publish a notice."""
    with write():
        return services.publish_notice("privacy", texts)


def test_new_words_are_a_new_version_and_the_same_words_are_not() -> None:
    begun = queries.current_version("privacy")
    assert begun == 1
    assert publish(**TEXTS) == 2
    assert publish(**TEXTS) == 2
    assert publish(**(TEXTS | {"cy": "Beth a wnawn"})) == 3
    rows = queries.current_notices("privacy")
    assert [(row.language, row.version) for row in rows] == [("cy", 3), ("en", 3)]
    assert rows[1].sha256 == hashlib.sha256(b"What we do").hexdigest()
    assert queries.notice_id("privacy", 1, "en") is not None


def test_every_declared_purpose_is_active_once() -> None:
    for _time in range(2):
        with write():
            services.activate_purposes()
    keys = db.session.scalars(select(ActivePurpose.key)).all()
    assert sorted(keys) == sorted(register.PURPOSES)


def test_being_shown_a_notice_twice_is_recorded_once() -> None:
    person = resident()
    for version in (1, 1, 99):
        with write():
            services.record_served(
                person, name="privacy", version=version, language="en", place="sign-in"
            )
    count = select(func.count()).select_from(NoticeServed)
    assert db.session.execute(count).scalar_one() == 1


def test_what_was_never_published_has_no_version() -> None:
    assert queries.current_version("nothing") == 0
    assert queries.current_notices("nothing") == []
