"""Every row of PRODUCT's table about pilots, and which trial an idea names for it."""

import pytest

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.errors import NotAllowed
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import PILOTING, SHORTLISTED
from citizen_voice.ideas.queries import lists
from citizen_voice.pilots import services
from citizen_voice.pilots.queries import parts
from citizen_voice.web.filters import long_date
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.ideas import stored as stored_idea
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, decided, declared, evaluated, shortlisted
from tests.factories.replies import working_day
from tests.factories.team import colleague

pytestmark = pytest.mark.usefixtures("app")
BECOMES = {"scale": "adopted", "adapt": "shortlisted", "stop": "declined"}


def stages(*numbers: int) -> list[str]:
    """The stages of some ideas."""
    db.session.rollback()
    return [stored_idea(number).stage for number in numbers]


LINKED = {
    "open": NotAllowed,
    "shortlisted": None,
    "piloting": None,
    "adopted": NotAllowed,
    "declined": NotAllowed,
    "withdrawn": NotAllowed,
    "held": NotAllowed,
    "hidden": NotAllowed,
}


@pytest.mark.parametrize("before", LINKED)
def test_the_table_pilot_linked(before: str) -> None:
    number = _at(before)
    if LINKED[before] is None:
        a_pilot(number)
        assert stages(number) == [PILOTING]
        return
    was = stages(number)
    with pytest.raises(NotAllowed):
        a_pilot(number)
    pilot = a_pilot(*shortlisted([idea()]))
    with pytest.raises(NotAllowed), write():
        services.link(pilot, number, actor=None)
    assert stages(number) == was


LEFT = {
    ("scale",): "adopted",
    ("adapt",): "shortlisted",
    ("stop",): "declined",
    ("scale", "scale"): "adopted",
    ("scale", "adapt"): "adopted",
    ("scale", "stop"): "adopted",
    ("adapt", "scale"): "adopted",
    ("adapt", "adapt"): "shortlisted",
    ("adapt", "stop"): "shortlisted",
    ("stop", "scale"): "adopted",
    ("stop", "adapt"): "shortlisted",
    ("stop", "stop"): "declined",
}
"""What the decisions of an idea's pilots make of it, in the order in which they come."""


@pytest.mark.parametrize("decisions", LEFT)
def test_the_table_pilot_decided(decisions: tuple[str, ...]) -> None:
    (number,) = shortlisted([idea()])
    pilots = [a_pilot(number) for _ in decisions]
    for pilot, decision in zip(pilots, decisions, strict=True):
        assert stages(number) == [PILOTING]
        waits = declared(evaluated(pilot), decision)
        foretold = [stage for _row, stage in parts.after_decision(pilot, decision)]
        second = colleague()
        with write():
            services.confirm(waits, actor=second)
        assert stages(number) == foretold
    assert stages(number) == [LEFT[decisions]]


@pytest.mark.parametrize(("decision", "left"), BECOMES.items())
def test_the_table_the_others_pilot_is_unlinked_after_one_was_decided(
    decision: str, left: str
) -> None:
    one, two = shortlisted([idea(), idea()])
    first, second = a_pilot(one), a_pilot(one, two)
    decided(first, decision)
    with write():
        services.unlink(second, one, actor=None)
    assert stages(one, two) == [left, PILOTING]


@pytest.mark.parametrize(("decision", "left"), BECOMES.items())
def test_the_table_what_was_adapted_is_as_the_trial_after_it_leaves_it(
    decision: str, left: str
) -> None:
    (number,) = shortlisted([idea()])
    before = a_pilot(number)
    decided(before, "adapt")
    again = a_pilot(number, after_id=before)
    decided(again, decision)
    assert stages(number) == [left]


def test_the_table_start_undone_gives_the_shortlist_back_with_its_reason() -> None:
    number, other = idea(), idea()
    day = working_day(15)
    with write():
        ideas.shortlist(number, actor=None, reason="It can be tried.", next_on=day)
        ideas.shortlist(other, actor=None, reason="This one, too.")
    was = stored_idea(number).staged_at
    goes_on, pilot = a_pilot(other), a_pilot(number, other)
    with write():
        services.cancel(pilot, actor=None)
    assert stages(number, other) == [SHORTLISTED, PILOTING]  # another one tries it
    assert stored_idea(number).staged_at == was
    row = lists.shown(f"CV-{number}", lists.Mine((), {}))
    assert (row.change_reason_en, row.change_next_on) == ("It can be tried.", day)
    assert row.change_pilot_id is None
    with write():
        services.cancel(goes_on, actor=None)
    assert stages(other) == [SHORTLISTED]


def test_an_idea_names_the_trial_that_moved_it(client: Client) -> None:
    (number,) = shortlisted([idea()])
    page = f"/ideas/CV-{number}"
    assert "The trial behind it:" not in client.get(page).text
    pilot = a_pilot(number, title_cy="Meinciau cynnes")
    today = long_date(clock.today())
    since = f"Being tried since {today}. The trial behind it:"
    link = f'<a href="/pilots/CVT-{pilot}">Benches that warm up</a>'
    assert f"{since} {link}" in client.get(page).text
    assert f'<a href="/cy/pilots/CVT-{pilot}">Meinciau cynnes</a>' in client.get(f"/cy{page}").text
    decided(pilot, "scale")
    assert f"Happening since {today}. The trial behind it:" in client.get(page).text
    with write():
        ideas.reopen(number, actor=None, reason="There is more to it.")
    assert "The trial behind it:" not in client.get(page).text


def test_a_trial_that_was_cancelled_is_not_named(client: Client) -> None:
    (number,) = shortlisted([idea()])
    pilot = a_pilot(number)
    with write():
        services.cancel(pilot, actor=None)
    assert "Benches that warm up" not in client.get(f"/ideas/CV-{number}").text


def _at(stage: str) -> int:
    """An idea at a stage, or out of sight while it is shortlisted."""
    author = resident()
    number = idea(author=author)
    if stage == "withdrawn":
        with write():
            ideas.withdraw(number, author, why="happened", words="", language="en")
    elif stage in ("adopted", "declined"):
        with write():
            {"adopted": ideas.adopt, "declined": ideas.decline}[stage](
                number, actor=None, reason="It is clear."
            )
    elif stage != "open":
        shortlisted([number])
    if stage == "piloting":
        a_pilot(number)
    if stage in ("held", "hidden"):
        with write():
            {"held": ideas.hold, "hidden": ideas.hide}[stage](
                number, actor=None, reason="Look at it."
            )
    return number
