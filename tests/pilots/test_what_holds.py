"""PRODUCT's table "What holds when", for pilots: which stage an idea has because of them."""

import pytest

from citizen_voice.accounts import services as accounts
from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db, write
from citizen_voice.errors import NotAllowed, NotHere
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import PILOTING, SHORTLISTED
from citizen_voice.pilots import services
from citizen_voice.team import services as team
from citizen_voice.team.models import MODERATOR, PILOT_OWNER
from tests.client import Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea
from tests.factories.ideas import stored as stored_idea
from tests.factories.people import resident
from tests.factories.pilots import (
    a_pilot,
    decided,
    declared,
    evaluated,
    owner_of,
    said,
    shortlisted,
    stored,
)
from tests.factories.team import colleague

pytestmark = pytest.mark.usefixtures("app")
BECOMES = {"scale": "adopted", "adapt": "shortlisted", "stop": "declined"}


def stages(*numbers: int) -> list[str]:
    """The stages of some ideas."""
    db.session.rollback()
    return [stored_idea(number).stage for number in numbers]


def test_linked_ideas_are_piloting_and_only_shortlisted_ones_are_linked() -> None:
    one, two = shortlisted([idea(), idea()])
    is_open = idea()
    with pytest.raises(NotAllowed, match=f"CV-{is_open}"):
        a_pilot(one, is_open)
    assert stages(one, is_open) == ["shortlisted", "open"]
    a_pilot(one, two)
    assert stages(one, two) == [PILOTING, PILOTING]


@pytest.mark.parametrize("decision", BECOMES)
def test_a_decision_moves_the_ideas_once_it_is_confirmed(decision: str) -> None:
    one, two = shortlisted([idea(), idea()])
    pilot = evaluated(a_pilot(one, two))
    number = declared(pilot, decision)
    assert stages(one, two) == [PILOTING, PILOTING]
    second = colleague()
    with write():
        services.confirm(number, actor=second)
    assert stages(one, two) == [BECOMES[decision]] * 2
    assert stored(pilot).stage == "decided"


@pytest.mark.parametrize(
    ("decisions", "left"),
    [
        (("stop", "scale"), "adopted"),
        (("scale", "stop"), "adopted"),
        (("adapt", "stop"), "shortlisted"),
        (("stop", "stop"), "declined"),
    ],
)
def test_an_idea_of_two_pilots_is_piloting_until_the_last_is_decided_and_the_best_counts(
    decisions: tuple[str, str], left: str
) -> None:
    (number,) = shortlisted([idea()])
    pilots = [a_pilot(number), a_pilot(number)]
    decided(pilots[0], decisions[0])
    assert stages(number) == [PILOTING]
    decided(pilots[1], decisions[1])
    assert stages(number) == [left]


def test_with_its_last_link_an_idea_goes_back_to_the_shortlist() -> None:
    one, two = shortlisted([idea(), idea()])
    pilot, other = a_pilot(one, two), a_pilot(one)
    with write():
        services.unlink(pilot, one, actor=None)
    assert stages(one) == [PILOTING]  # the other one tries it
    with write():
        services.link(other, two, actor=None)
        services.unlink(other, one, actor=None)
    assert stages(one, two) == [SHORTLISTED, PILOTING]
    with pytest.raises(NotAllowed), write():
        services.unlink(pilot, two, actor=None)  # a pilot tries one at least
    with pytest.raises(NotHere), write():
        services.unlink(pilot, one, actor=None)  # twice


def test_an_idea_unlinked_after_another_pilot_was_decided_is_as_that_one_left_it() -> None:
    one, two = shortlisted([idea(), idea()])
    decided(a_pilot(one), "scale")
    assert stages(one) == ["adopted"]
    pilot = a_pilot(two)
    with pytest.raises(NotAllowed), write():
        services.link(pilot, one, actor=None)  # adopted ideas are not tried
    decided(pilot, "adapt")
    again = a_pilot(two, after_id=pilot)
    assert stored(again).after_id == pilot
    assert stages(two) == [PILOTING]


def test_cancelling_gives_everything_back_until_something_was_told() -> None:
    one, two = shortlisted([idea(), idea()])
    pilot = a_pilot(one, two)
    with write():
        services.cancel(pilot, actor=None)
    assert stages(one, two) == [SHORTLISTED, SHORTLISTED]
    with pytest.raises(NotHere), write():
        services.move(pilot, "running", actor=None)
    spoken = a_pilot(one)
    said(spoken)
    with pytest.raises(NotAllowed), write():
        services.cancel(spoken, actor=None)


def test_an_idea_that_is_hidden_while_it_is_tried_leaves_with_the_pilot_all_the_same() -> None:
    one, two = shortlisted([idea(), idea()])
    pilot = a_pilot(one, two)
    with write():
        ideas.hide(one, actor=None, reason="It names somebody")
    assert stages(one) == [PILOTING]
    decided(pilot, "scale")
    assert stages(one, two) == ["adopted", "adopted"]
    assert stored_idea(one).visibility == "hidden"


def test_the_last_idea_may_be_hidden_and_the_pilot_goes_on() -> None:
    (number,) = shortlisted([idea()])
    pilot = a_pilot(number)
    with write():
        ideas.hide(number, actor=None, reason="It names somebody")
    said(pilot)
    decided(pilot, "stop")
    assert stages(number) == ["declined"]


def test_a_pilot_goes_on_when_the_challenge_of_its_ideas_closes() -> None:
    asked: Challenge = challenge()
    (number,) = shortlisted([idea(asked)])
    pilot = a_pilot(number)
    close(asked)
    said(pilot)
    decided(pilot, "scale")
    assert stages(number) == ["adopted"]


def test_the_last_ideas_author_leaves_with_their_words_and_the_trial_goes_on(
    client: Client,
) -> None:
    author, owner = resident(), colleague(PILOT_OWNER)
    (number,) = shortlisted([idea(author=author, title="A tap at the square")])
    pilot = a_pilot(number, owner=owner)
    with write():
        accounts.leave(author, remove_words=True)
    public = client.get(f"/pilots/CVT-{pilot}").text
    assert "An idea that is not shown now" in public
    client.sign_in(owner, staff=True)
    for page in ("", "/ideas"):
        text = client.get(f"/staff/pilots/CVT-{pilot}{page}").text
        assert "A tap at the square" not in text
        assert f">CV-{number}</a>" in text  # a link has words
    decided(pilot, "stop")
    assert stages(number) == ["withdrawn"]


def test_what_was_declared_is_confirmed_though_who_declared_it_left(client: Client) -> None:
    (number,) = shortlisted([idea()])
    pilot = evaluated(a_pilot(number))
    owner, decision = owner_of(pilot), declared(pilot, "scale")
    with write():
        team.leave(owner, remove_words=False)
    second = colleague(MODERATOR)
    client.sign_in(second, staff=True)
    assert client.get(f"/staff/pilots/CVT-{pilot}/decision").status_code == 200
    with write():
        services.confirm(decision, actor=second)
    assert stages(number) == ["adopted"]
    assert client.get(f"/staff/pilots/CVT-{pilot}").status_code == 200
    assert "Finding a new owner" not in client.get(f"/pilots/CVT-{pilot}").text
