"""The screens on which pilots are started, and the start is undone."""

from datetime import timedelta
from uuid import UUID

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.pilots import services
from citizen_voice.pilots.models import Pilot
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.ideas import stored as stored_idea
from tests.factories.pilots import (
    a_pilot,
    decided,
    declared,
    evaluated,
    shortlisted,
    stored,
)
from tests.factories.team import colleague


def started(owner: UUID, *refs: int, **further: str) -> dict[str, object]:
    """What the form of the start sends."""
    return {
        "idea": [f"CV-{number}" for number in refs],
        "title_en": "Warm benches",
        "place_en": "Market square",
        "owner_id": str(owner),
        "team_en": "Parks",
        "ends_on": (clock.today() + timedelta(days=60)).isoformat(),
        "known_en": "People stay longer",
        **further,
    }


def seen_in(text: str) -> str:
    """The mark of what a preview showed."""
    return text.split('name="seen" type="hidden" value="')[1].split('"', maxsplit=1)[0]


def test_five_fields_start_a_pilot_once_they_were_looked_at(client: Client, owner: UUID) -> None:
    one, two = shortlisted([idea(), idea()])
    form = client.get(f"/staff/pilots/new?idea=CV-{one}&idea=CV-{two}")
    assert form.status_code == 200
    sent = started(owner, one, two, **{f"taken_{one}_en": "The warmth"})
    looked = client.send("/staff/pilots/new", sent)
    assert looked.status_code == 200
    assert "This is what becomes public" in looked.text
    assert "This tells 2 people" in looked.text
    assert db.session.query(Pilot).count() == 0
    sent |= {"seen": seen_in(looked.text), "_start": "1"}
    answer = client.send("/staff/pilots/new", sent)
    assert answer.status_code == 303
    pilot = db.session.query(Pilot).one()
    assert answer.location == f"/staff/pilots/CVT-{pilot.id}?done=trial-started"
    assert pilot.owner_id == owner
    assert [stored_idea(number).stage for number in (one, two)] == ["piloting", "piloting"]
    screen = client.get(answer.location)
    assert "Undo the start" in screen.text
    assert "The warmth" in screen.text


def test_nothing_typed_is_lost_where_something_is_wrong(client: Client, owner: UUID) -> None:
    (number,) = shortlisted([idea()])
    for wrong, said_so in (
        ({"title_en": " "}, "Say what you try."),
        ({"ends_on": "2020-01-01"}, "Choose a day that is still to come."),
        ({"ends_on": "31/2/2027"}, "Give a day"),
        ({"owner_id": ""}, "Choose who owns it."),
        ({f"taken_{number}_en": "x" * 301}, "Make this 300 letters or shorter."),
        ({f"taken_{number}_cy": "Cynnes"}, "Say it in English, too."),
    ):
        sent = started(owner, number, **({f"taken_{number}_en": "The warmth"} | wrong))
        sent |= {f"taken_{number}_en": ""} if f"taken_{number}_cy" in wrong else {}
        answer = client.send("/staff/pilots/new", sent)
        assert answer.status_code == 422, wrong
        assert said_so in answer.text, wrong
        assert "Market square" in answer.text, wrong
        assert f'value="CV-{number}" checked' in answer.text, wrong


def test_what_changed_after_the_preview_is_looked_at_again(client: Client, owner: UUID) -> None:
    (number,) = shortlisted([idea()])
    sent = started(owner, number)
    mark = seen_in(client.send("/staff/pilots/new", sent).text)
    other = sent | {"title_en": "Cold benches", "seen": mark, "_start": "1"}
    answer = client.send("/staff/pilots/new", other)
    assert "You changed it. This is what becomes public now" in answer.text
    assert db.session.query(Pilot).count() == 0


def test_ideas_that_cannot_be_tried_are_named(client: Client, owner: UUID) -> None:
    number = idea()
    answer = client.send("/staff/pilots/new", started(owner, number))
    assert answer.status_code == 422
    assert f"CV-{number}" in answer.text
    assert "Only shortlisted ideas can be tried" in answer.text


def test_undo_gives_the_ideas_back(client: Client, owner: UUID) -> None:
    (number,) = shortlisted([idea()])
    pilot = a_pilot(number, owner=owner)
    answer = client.send(f"/staff/pilots/CVT-{pilot}/cancel")
    assert answer.location == "/staff/pilots?done=trial-cancelled"
    assert "Its ideas are as before" in client.get(answer.location).text
    assert stored_idea(number).stage == "shortlisted"
    assert client.get(f"/staff/pilots/CVT-{pilot}").status_code == 404


def test_an_adapted_trial_begins_with_the_words_of_the_one_before(
    client: Client, owner: UUID
) -> None:
    (number,) = shortlisted([idea()])
    pilot = evaluated(a_pilot(number, owner=owner))
    decision, second = declared(pilot, "adapt"), colleague()
    with write():
        services.confirm(decision, actor=second)
    form = client.get(f"/staff/pilots/new?after=CVT-{pilot}").text
    assert "Benches that warm up" in form
    assert f'value="CV-{number}" checked' in form
    sent = started(owner, number, after=f"CVT-{pilot}")
    sent |= {"seen": seen_in(client.send("/staff/pilots/new", sent).text), "_start": "1"}
    assert client.send("/staff/pilots/new", sent).status_code == 303
    assert stored(pilot + 1).after_id == pilot


def test_the_board_offers_a_trial_for_what_is_shortlisted(client: Client) -> None:
    (number,) = shortlisted([idea()])
    other = idea()
    client.sign_in(colleague(MODERATOR), staff=True)
    page = client.get("/staff/top?stage=shortlisted").text
    assert "Start a trial with the chosen" in page
    assert f"/staff/pilots/new?idea=CV-{number}" in page
    everything = client.get("/staff/top").text
    assert f"/staff/pilots/new?idea=CV-{other}" not in everything
    assert "/staff/pilots/new" in client.get(f"/staff/ideas/CV-{number}/stage").text


def test_the_adapted_trial_is_offered_to_who_may_start_it(client: Client, owner: UUID) -> None:
    pilot = a_pilot(*shortlisted([idea()]), owner=owner)
    decided(pilot, "adapt")
    link = f'href="/staff/pilots/new?after=CVT-{pilot}"'
    pages = [f"/staff/pilots/CVT-{pilot}", f"/staff/pilots/CVT-{pilot}/decision"]
    assert all(link in client.get(page).text for page in pages)
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    assert not any(link in client.get(page).text for page in pages)
