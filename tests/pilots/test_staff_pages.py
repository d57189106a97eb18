"""The screens on which pilots are run and decided."""

from datetime import timedelta
from uuid import UUID

import pytest

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.pilots import services
from citizen_voice.pilots.models import PilotCard, PilotDecision, PilotThanks, PilotUpdate
from citizen_voice.site import services as site
from citizen_voice.team import services as team
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR, PILOT_OWNER
from tests.client import Client
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.ideas import stored as stored_idea
from tests.factories.pilots import (
    a_pilot,
    declared,
    evaluated,
    owner_of,
    said,
    shortlisted,
    stored,
)
from tests.factories.replies import working_day
from tests.factories.team import colleague

OWNERS_ACTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("say", {"state": "stuck", "words_en": "Ha", "next_on": "2027-01-04"}),
    ("stage", {"stage": "running"}),
    ("words", {"title_en": "Ha"}),
    ("plan", {"what": "ends_on"}),
    ("dpia", {"special": "yes"}),
    ("thanks", {"words_en": "Ha"}),
    ("decide", {"decision": "stop"}),
    ("name", {"shown": "yes"}),
    ("cancel", {}),
    ("ideas", {"idea": "CV-1"}),
    ("people", {"owner_id": ""}),
)


def test_three_things_say_how_it_is_going(client: Client, owner: UUID) -> None:
    pilot = a_pilot(*shortlisted([idea()]), owner=owner)
    address = f"/staff/pilots/CVT-{pilot}"
    assert "How is it going?" in client.get(address).text
    said_so = {"state": "stuck", "words_en": "The bench is late.", "next_on": "nonsense"}
    wrong = client.send(f"{address}/say", said_so)
    assert wrong.status_code == 422
    assert "The bench is late." in wrong.text
    right = said_so | {"next_on": working_day().isoformat()}
    answer = client.send(f"{address}/say", right)
    assert answer.location == f"{address}?done=trial-said"
    row = db.session.query(PilotUpdate).one()
    assert (row.state, row.author_id) == ("stuck", owner)
    assert client.send(f"{address}/updates/{row.id}/take-back").status_code == 303
    assert client.send(f"{address}/updates/{row.id}/take-back").status_code == 409
    other = a_pilot(*shortlisted([idea()]), owner=owner)
    elsewhere = f"/staff/pilots/CVT-{other}/updates/{row.id}/take-back"
    assert client.send(elsewhere).status_code == 404


def test_cards_plan_people_ideas_and_questions_are_written_on_their_pages(
    client: Client, owner: UUID
) -> None:
    one, two = shortlisted([idea(), idea()])
    pilot = a_pilot(one, owner=owner)
    deputy = colleague(PILOT_OWNER, name="Dai")
    at = f"/staff/pilots/CVT-{pilot}"
    words = {"title_en": "Warm", "place_en": "Square", "team_en": "Parks", "known_en": "Counting"}
    saved = client.send(f"{at}/words", words | {"that_en": "heat helps", "risks_en": "Burns"})
    assert saved.status_code == 303
    assert {row.key for row in db.session.query(PilotCard)} == {"that", "risks"}
    ends = (clock.today() + timedelta(days=30)).isoformat()
    assert client.send(f"{at}/plan", {"what": "ends_on", "ends_on": ends}).status_code == 422
    plan = {"what": "that", "now_en": "shade helps", "why_en": "Sun"}
    assert client.send(f"{at}/plan", plan).status_code == 303
    people = {"owner_id": str(owner), "deputy_id": str(owner)}
    assert "Choose somebody else as the deputy." in client.send(f"{at}/people", people).text
    people["deputy_id"] = str(deputy)
    assert client.send(f"{at}/people", people).status_code == 303
    assert client.send(f"{at}/ideas", {"idea": "nonsense"}).status_code == 422
    long = client.send(f"{at}/ideas", {"idea": f"CV-{two}", "taken_en": "x" * 301})
    assert "Make this 300 letters or shorter." in long.text
    assert client.send(f"{at}/ideas", {"idea": str(two), "taken_en": "Shade"}).status_code == 303
    assert client.send(f"{at}/ideas/CV-{one}/unlink").status_code == 303
    assert client.send(f"{at}/ideas/CV-{two}/unlink").status_code == 403
    assert client.send(f"{at}/dpia", {"special": "no"}).status_code == 422
    six = ("special", "children", "profiling", "new-technology", "monitoring", "sharing")
    assert (
        client.send(f"{at}/dpia", dict.fromkeys(six, "no") | {"special": "yes"}).status_code == 303
    )
    page = client.get(at).text
    for words_ in ("shade helps", "Burns", "Dai", "Shade", "A DPIA is needed before"):
        assert words_ in page
    assert client.send(f"{at}/name", {"shown": "yes"}).status_code == 303
    assert (stored(pilot).owner_shown, stored(pilot).deputy_shown) == (True, False)


def test_a_comment_is_picked_and_thanked_for(client: Client, owner: UUID) -> None:
    (number,) = shortlisted([idea()])
    pilot = a_pilot(number, owner=owner)
    heard = comment(number, body="It is cold in the shade.")
    at = f"/staff/pilots/CVT-{pilot}/thanks"
    assert "It is cold in the shade." in client.get(at).text
    wrong = client.send(at, {"comment": "nonsense", "words_en": "We moved it."})
    assert wrong.status_code == 422
    assert "We moved it." in wrong.text
    assert client.send(at, {"comment": str(heard), "words_en": "We moved it."}).status_code == 303
    assert "No comment to pick" in client.get(at).text
    thanks = db.session.query(PilotThanks).one()
    assert client.send(f"{at}/{thanks.id}/take-back").status_code == 303


def test_a_decision_is_declared_seen_by_a_second_and_confirmed(client: Client, owner: UUID) -> None:
    one, two = shortlisted([idea(), idea()])
    pilot = evaluated(a_pilot(one, two, owner=owner))
    at = f"/staff/pilots/CVT-{pilot}"
    sent = {"decision": "scale", "learned_en": "Warm is good.", "next_en": "Ten more."}
    missing = client.send(f"{at}/decide", sent | {"learned_en": ""})
    assert missing.status_code == 422
    assert "Ten more." in missing.text
    assert client.send(f"{at}/decide", sent).location == f"{at}/decision?done=trial-declared"
    number = str(db.session.query(PilotDecision).one().id)
    assert client.send(f"{at}/decision/confirm", {"decision": number}).status_code == 403
    second = colleague(MODERATOR)
    client.sign_in(second, staff=True)
    assert "A decision waits for you to confirm: Scale" in client.get("/staff").text
    seen = client.get(f"{at}/decision").text
    assert "This tells 2 people" in seen
    assert seen.count("<b>Happening</b>") == 2
    assert client.send(f"{at}/decision/confirm").status_code == 403  # not looked at
    seen_then = seen.split('name="seen" value="')[1].split('"', maxsplit=1)[0]
    confirmed = client.send(f"{at}/decision/confirm", {"decision": number, "seen": seen_then})
    assert confirmed.status_code == 303
    assert [stored_idea(key).stage for key in (one, two)] == ["adopted", "adopted"]
    client.sign_in(colleague(MODERATOR), staff=True)
    twice = client.send(f"{at}/decision/confirm", {"decision": number})
    assert twice.status_code == 409
    assert "Somebody has dealt with this decision already." in twice.text


def test_a_decision_is_sent_back_with_why_and_begun_anew_from_its_words(
    client: Client, owner: UUID
) -> None:
    pilot = evaluated(a_pilot(*shortlisted([idea()]), owner=owner))
    number = str(declared(pilot, "stop"))
    at = f"/staff/pilots/CVT-{pilot}"
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    assert client.send(f"{at}/decision/send-back", {"decision": number}).status_code == 422
    why = {"decision": number, "why": "The figures say otherwise."}
    assert client.send(f"{at}/decision/send-back", why).status_code == 303
    client.sign_in(owner, staff=True)
    assert "The decision was sent back" in client.get("/staff").text
    again = client.get(f"{at}/decide").text
    assert "The figures say otherwise." in again
    assert "People sit where it is warm." in again


def test_what_is_somebody_elses_is_theirs(client: Client) -> None:
    pilot = a_pilot(*shortlisted([idea()]))
    client.sign_in(colleague(PILOT_OWNER), staff=True)
    assert "How is it going?" not in client.get(f"/staff/pilots/CVT-{pilot}").text
    for act, fields in OWNERS_ACTS:
        answer = client.send(f"/staff/pilots/CVT-{pilot}/{act}", dict(fields))
        assert answer.status_code == 403, act
    assert stored(pilot).stage == "preparing"


def test_a_role_that_ended_ends_what_its_owner_may_do(client: Client) -> None:
    owner = colleague(PILOT_OWNER, MODERATOR)
    client.sign_in(owner, staff=True)
    pilot = a_pilot(*shortlisted([idea()]), owner=owner)
    assert client.send(f"/staff/pilots/CVT-{pilot}/stage", {"stage": "running"}).status_code == 303
    with write():
        team.admit(owner, [MODERATOR], actor=None)
    for act in ("say", "stage", "decide", "words"):
        assert client.send(f"/staff/pilots/CVT-{pilot}/{act}").status_code == 403, act
    with write():
        team.admit(owner, ["privacy-officer"], actor=None)
    assert client.get(f"/staff/pilots/CVT-{pilot}").status_code == 403


def test_a_moderator_finds_a_new_owner(client: Client) -> None:
    pilot = a_pilot(*shortlisted([idea()]))
    gone, found = owner_of(pilot), colleague(PILOT_OWNER, name="Nia")
    boss = colleague(ADMINISTRATOR)
    with write():
        team.end(gone, actor=boss)
    assert stored(pilot).owner_id is None
    client.sign_in(colleague(MODERATOR), staff=True)
    assert "It needs a new owner" in client.get("/staff").text
    assert "Finding a new owner" in client.get("/staff/pilots?owner=nobody").text
    sent = {"owner_id": str(found), "deputy_id": ""}
    assert client.send(f"/staff/pilots/CVT-{pilot}/people", sent).status_code == 303
    assert stored(pilot).owner_id == found


def test_the_list_shows_mine_first_late_ones_and_narrows(client: Client, owner: UUID) -> None:
    empty = client.get("/staff/pilots").text
    assert "No trial goes on" in empty
    theirs = a_pilot(*shortlisted([idea()]), title_en="Theirs")
    mine = a_pilot(*shortlisted([idea()]), owner=owner, title_en="Our own")
    said(theirs, next_on=working_day(1))
    said(mine, next_on=working_day(5))
    page = client.get("/staff/pilots").text
    assert page.index("Our own") < page.index("Theirs")
    with clock.at(clock.now() + timedelta(days=20)):
        client.sign_in(owner, staff=True)
        late = client.get("/staff/pilots").text
        assert late.count("Late: ") == 2
        assert '<span class="staff__count">1</span>' in late
        assert "Was due" in client.get("/staff").text
    assert "Theirs" not in client.get(f"/staff/pilots?owner={owner}").text
    assert "None here" in client.get("/staff/pilots?stage=decided").text
    for address in ("stage=nonsense", "owner=nonsense", "page=0", "page=1e400"):
        assert client.get(f"/staff/pilots?{address}").status_code == 400, address


@pytest.mark.parametrize("ref", ["CVT-999999999999", "CVT-0", "CV-1", "x", "CVT-99"])
def test_what_is_no_pilot_is_not_found(client: Client, owner: UUID, ref: str) -> None:
    del owner
    assert client.get(f"/staff/pilots/{ref}").status_code == 404


def test_a_manager_is_chosen_where_the_council_tells_managers(client: Client, owner: UUID) -> None:
    pilot = a_pilot(*shortlisted([idea()]), owner=owner)
    at, mari = f"/staff/pilots/CVT-{pilot}", colleague(MODERATOR, name="Mari Tudur")
    people = {"owner_id": str(owner), "deputy_id": "", "manager_id": str(mari)}
    assert "Manager" not in client.get(f"{at}/people").text
    assert client.send(f"{at}/people", people).status_code == 303
    assert stored(pilot).manager_id is None  # nobody asked for one
    with write():
        site.settle({"managers_told": True}, seen=None, actor=None)
    assert "Mari Tudur" in client.get(f"{at}/people").text
    themselves = client.send(f"{at}/people", people | {"manager_id": str(owner)})
    assert themselves.status_code == 422
    assert "Choose somebody else as the manager." in themselves.text
    assert client.send(f"{at}/people", people).status_code == 303
    assert stored(pilot).manager_id == mari
    assert "Mari Tudur" in client.get(at).text
    assert "Mari Tudur" not in client.get(f"/pilots/CVT-{pilot}").text
    with write():
        site.settle({"managers_told": False}, seen=None, actor=None)
    assert client.send(f"{at}/people", people | {"manager_id": ""}).status_code == 303
    assert stored(pilot).manager_id == mari  # kept, and told of nothing
    assert "Mari Tudur" not in client.get(at).text


def test_the_stages_are_called_the_same_everywhere(client: Client, owner: UUID) -> None:
    pilot = a_pilot(*shortlisted([idea()]), owner=owner)
    for stage in ("preparing", "running", "evaluating"):
        if stage != "preparing":
            assert client.send(f"/staff/pilots/CVT-{pilot}/stage", {"stage": stage}).location
        name = stage.capitalize()  # PRODUCT's words
        assert f'<span class="tag">{name}</span>' in client.get(f"/staff/pilots/CVT-{pilot}").text
        assert f"{name}</span>" in client.get(f"/pilots/CVT-{pilot}").text
        assert f'<h2 id="column-{stage}">{name} ' in client.get("/pilots").text
        assert f">{name}" in client.get("/staff/pilots").text


def test_who_does_not_run_a_trial_reads_what_it_measured_where_everybody_does(
    client: Client, owner: UUID
) -> None:
    pilot = a_pilot(*shortlisted([idea()]), owner=owner)
    at = f"/staff/pilots/CVT-{pilot}"
    with write():
        services.add_measure(
            pilot, better="more", baseline=1.0, target=2.0, name_en="People", actor=owner
        )
    assert f'href="{at}/measures"' in client.get(at).text
    client.sign_in(colleague(MODERATOR), staff=True)
    page = client.get(at).text
    assert f'href="{at}/measures"' not in page  # that is for who runs it
    assert f'href="/pilots/CVT-{pilot}#measured"' in page
    assert 'id="measured"' in client.get(f"/pilots/CVT-{pilot}").text
