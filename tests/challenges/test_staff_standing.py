"""Publishing, days, archive, cancelling, deleting: each says what it does, and is journalled."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.answers import services as answering
from citizen_voice.challenges import queries
from citizen_voice.challenges.models import Challenge
from citizen_voice.challenges.services import acts
from citizen_voice.db import db, write
from citizen_voice.errors import Conflict, Refusal
from citizen_voice.ideas import services as ideas
from tests.challenges.setting_up import LIST, administrator, errors, journalled, row
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea
from tests.factories.people import resident


def day(offset: int) -> str:
    return (clock.today() + timedelta(days=offset)).isoformat()


def propose(challenge_id: int) -> None:
    person = resident()
    with write():
        ideas.propose(
            person,
            challenge_id,
            title="A bench by the stop",
            body="",
            language="en",
            topic_id=None,
            ward_id=None,
        )


def test_publishing_asks_first_then_everybody_can_read_it(app: Flask) -> None:
    staff = administrator(app)
    draft = challenge(published=False)
    page = staff.get(f"{LIST}/{draft.id}/publish").text
    assert "This is what will happen:" in page
    assert row(draft.id).published_at is None
    assert staff.send(f"{LIST}/{draft.id}/publish").status_code == 303
    assert app.test_client().get(f"/challenges/{draft.slug}").status_code == 200
    assert journalled()[-1] == ("challenge published", f"challenge {draft.slug}")
    twice = staff.send(f"{LIST}/{draft.id}/publish")
    assert twice.status_code == 409
    assert "published already" in twice.text


def test_what_would_be_over_at_once_is_not_published(app: Flask) -> None:
    staff = administrator(app)
    draft = challenge(published=False, closes=clock.today() - timedelta(days=1))
    refused = staff.send(f"{LIST}/{draft.id}/publish")
    assert refused.status_code == 422
    assert "The closing day is over" in refused.text
    assert row(draft.id).published_at is None


def test_a_draft_is_deleted_with_its_topics_and_what_was_public_never(app: Flask) -> None:
    staff = administrator(app)
    draft, asked = challenge(published=False, topics=("Streets",)), challenge()
    slug = draft.slug
    answer = staff.send(f"{LIST}/{draft.id}/delete")
    assert answer.location == f"{LIST}?done=challenge-deleted"
    assert staff.get(f"{LIST}/{draft.id}").status_code == 404
    assert ("challenge deleted", f"challenge {slug}") in journalled()
    assert staff.send(f"{LIST}/{asked.id}/delete").status_code == 409
    assert app.test_client().get(f"/challenges/{asked.slug}").status_code == 200


def test_a_draft_that_has_ideas_after_all_stays(app: Flask) -> None:
    asked = challenge()
    idea(asked)
    with write():
        db.session.get_one(Challenge, asked.id).published_at = None
    with pytest.raises(Conflict, match="There are ideas"), write():
        acts.delete(asked.id, actor=None)
    assert row(asked.id).slug == asked.slug
    assert journalled() == []


def test_closing_early_and_reopening_say_what_freezes_and_thaws_before_they_do(app: Flask) -> None:
    staff = administrator(app)
    asked = challenge()
    number, person = idea(asked), resident()
    address = f"{LIST}/{asked.id}/days"
    early = {"opens_on": day(-7), "closes_on": day(-1)}
    told = staff.send(address, early)
    assert told.status_code == 200
    assert "It closes at once." in told.text
    assert row(asked.id).closes_on == asked.closes_on
    agreed = f"{day(-7)} {day(-1)}"
    other = staff.send(address, early | {"closes_on": day(-2), "agreed": agreed})
    assert row(asked.id).closes_on == asked.closes_on, other.text
    assert staff.send(address, early | {"agreed": agreed}).status_code == 303
    assert ("challenge rescheduled", f"challenge {asked.slug}") in journalled()
    with pytest.raises(Refusal, match="has closed"), write():
        answering.cast(person, number, "support")
    reopened = {"opens_on": day(-7), "closes_on": day(5)}
    assert "It opens again at once" in staff.send(address, reopened).text
    staff.send(address, reopened | {"agreed": f"{day(-7)} {day(5)}"})
    with write():
        answering.cast(person, number, "support")


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [
        (day(5), day(4), "closes_on"),
        ("", day(4), "opens_on"),
        ("2027-13-01", day(4), "opens_on"),
        (day(1), "9999-12-31", "closes_on"),
        (day(1), "\0", "closes_on"),
        (day(1), "x" * 90_000, "closes_on"),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_field(
    app: Flask, opens: str, closes: str, field: str
) -> None:
    staff = administrator(app)
    asked = challenge()
    sent = {"opens_on": opens, "closes_on": closes, "agreed": f"{opens} {closes}"}
    refused = staff.send(f"{LIST}/{asked.id}/days", sent)
    assert refused.status_code == 422
    assert set(errors(refused)) == {field}
    assert row(asked.id).closes_on == asked.closes_on


def test_an_archived_one_leaves_the_lists_and_stays_readable_at_its_address(app: Flask) -> None:
    staff = administrator(app)
    asked = challenge(question_en="Where should the clock go?")
    idea(asked)
    assert staff.send(f"{LIST}/{asked.id}/archive").status_code == 409  # it is open
    close(asked)
    page = staff.get(f"{LIST}/{asked.id}/archive").text
    assert "It leaves the public lists" in page
    assert staff.send(f"{LIST}/{asked.id}/archive").status_code == 303
    visitor = app.test_client()
    assert "the clock go" not in visitor.get("/challenges").text
    assert "the clock go" not in visitor.get("/").text
    assert visitor.get(f"/challenges/{asked.slug}").status_code == 200
    assert not any(queries.overview())
    assert "the clock go" in staff.get(f"{LIST}?standing=archived").text
    assert "the clock go" not in staff.get(f"{LIST}?standing=closed").text
    days: dict[str, Any] = {"opens_on": day(1), "closes_on": day(2), "agreed": f"{day(1)} {day(2)}"}
    refused = staff.send(f"{LIST}/{asked.id}/days", days)
    assert "is in the archive" in refused.text
    assert staff.send(f"{LIST}/{asked.id}/restore").status_code == 303
    assert "the clock go" in visitor.get("/challenges").text
    done = [act for act, _subject in journalled()]
    assert done == ["challenge archived", "challenge brought back"]


def test_a_cancelled_one_says_why_first_and_takes_nothing_more_until_that_is_taken_back(
    app: Flask,
) -> None:
    staff = administrator(app)
    asked = challenge()
    number, person = idea(asked), resident()
    address = f"{LIST}/{asked.id}/cancel"
    assert set(errors(staff.send(address, {"why_en": " "}))) == {"why_en"}
    why = {"why_en": "The money is gone.", "why_cy": "Mae'r arian wedi mynd."}
    assert staff.send(address, why).status_code == 303
    visitor = app.test_client()
    page = visitor.get(f"/challenges/{asked.slug}").text
    assert page.index("This challenge was cancelled") < page.index("<h1")
    assert "The money is gone." in page
    assert "/suggest" not in page
    assert "Mae&#39;r arian wedi mynd." in visitor.get(f"/cy/challenges/{asked.slug}").text
    assert "The money is gone." in visitor.get(f"/challenges/{asked.slug}/next").text
    assert "Cancelled" in visitor.get("/challenges").text
    with pytest.raises(Refusal), write():
        answering.cast(person, number, "support")
    with pytest.raises(Refusal):
        propose(asked.id)
    again = staff.send(address, why)
    assert "Only a challenge that is open" in again.text
    assert "The money is gone." in again.text
    back: dict[str, Any] = {"opens_on": day(-3), "closes_on": day(9)}
    assert "It opens again at once" in staff.send(f"{LIST}/{asked.id}/resume", back).text
    staff.send(f"{LIST}/{asked.id}/resume", back | {"agreed": f"{day(-3)} {day(9)}"})
    assert "cancelled" not in visitor.get(f"/challenges/{asked.slug}").text
    with write():
        answering.cast(person, number, "support")
    assert [act for act, _subject in journalled()][-2:] == [
        "challenge cancelled",
        "challenge cancellation taken back",
    ]


def test_one_that_was_to_come_can_be_cancelled_too(app: Flask) -> None:
    staff = administrator(app)
    later = challenge(opens=clock.today() + timedelta(days=4))
    staff.send(f"{LIST}/{later.id}/cancel", {"why_en": "Not now.", "why_cy": ""})
    assert row(later.id).cancelled_at is not None
    visitor = app.test_client()
    assert "Not now." in visitor.get(f"/challenges/{later.slug}").text
    welsh = visitor.get(f"/cy/challenges/{later.slug}").text
    assert '<span lang="en">Not now.</span>' in welsh
    assert [found.slug for found in queries.overview().closed] == [later.slug]


def test_the_list_has_every_state_with_its_number_and_an_empty_one_says_so(app: Flask) -> None:
    staff = administrator(app)
    assert "No challenges yet" in staff.get(LIST).text
    challenge(published=False, question_en="A draft?")
    open_one = challenge(question_en="An open one?", question_cy="")
    idea(open_one)
    page = staff.get(LIST).text
    assert "Drafts: 1" in page
    assert "Open: 1" in page
    assert "No Welsh yet" in page
    drafts = staff.get(f"{LIST}?standing=draft").text
    assert "A draft?" in drafts
    assert "An open one?" not in drafts
    assert "None of these" in staff.get(f"{LIST}?standing=cancelled").text
    assert "A draft?" in staff.get(f"{LIST}?standing=%00").text


@pytest.mark.parametrize("key", ["0", "2147483648", "9" * 400, "x", "-1"])
def test_what_is_not_there_is_not_found(app: Flask, key: str) -> None:
    staff = administrator(app)
    for part in ("", "/edit", "/topics", "/days", "/cancel", "/publish", "/preview"):
        assert staff.get(f"{LIST}/{key}{part}").status_code == 404
    assert staff.send(f"{LIST}/{key}/delete").status_code == 404
