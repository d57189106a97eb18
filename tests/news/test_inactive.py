"""While the council sends no news nothing is stored for it: no wish, nor who is to be told."""

from uuid import UUID

import pytest
from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.consent.services import purposes
from citizen_voice.consent.services.purposes import InactivePurpose
from citizen_voice.db import db, write
from citizen_voice.following.models import Follow
from citizen_voice.news.models import NEVER, STRAIGHT_AWAY, NewsChoice
from tests.client import HTMX, Client
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.replies import reply
from tests.news.post import back, choose, due, mails, work

OFFICER = UUID(int=7)

pytestmark = pytest.mark.usefixtures("app")


def end_news() -> None:
    """The council sends no news from now on."""
    with write():
        purposes.switch_off("news", clock.today(), actor=OFFICER)


def begin_news() -> None:
    """The council sends news again."""
    with write():
        purposes.switch_on("news", clock.today(), actor=OFFICER)


def test_a_wish_to_hear_is_refused_in_words_and_one_to_hear_no_more_is_kept(
    client: Client,
) -> None:
    person, number = resident(), idea()
    end_news()
    client.sign_in(person)
    for headers in ({}, HTMX):
        refused = client.send(f"/ideas/CV-{number}/follow", {"on": "yes"}, headers=headers)
        assert refused.status_code == 403
        assert "We do not use personal data for this at present." in refused.text
    assert db.session.scalar(select(func.count()).select_from(Follow)) == 0
    client.send(f"/ideas/CV-{number}/follow", {"on": "no"})
    assert db.session.scalars(select(Follow.on)).all() == [False]


def test_how_to_hear_is_not_stored_unless_it_is_never() -> None:
    person = resident()
    end_news()
    with pytest.raises(InactivePurpose):
        choose(person, STRAIGHT_AWAY)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(NewsChoice)) == 0
    choose(person, NEVER)
    assert db.session.scalars(select(NewsChoice.mail)).all() == [NEVER]


def test_nobody_is_noted_meanwhile_and_what_happens_afterwards_is_told() -> None:
    person, number = resident(), idea()
    back(person, number)
    end_news()
    reply(number)
    work()
    assert due() == 0
    begin_news()
    work()
    assert mails(person) == [], "what happened while there was none is not sent afterwards"
    later = idea()
    back(person, later)
    reply(later)
    work()
    assert len(mails(person)) == 1
