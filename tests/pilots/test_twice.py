"""What is sent twice is said once; what two people change at once is not lost."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask

from citizen_voice import clock
from citizen_voice.db import db, write
from citizen_voice.pilots import services
from citizen_voice.pilots.models import Pilot, PilotDecision, PilotMeasure, PilotUpdate
from citizen_voice.team.models import PILOT_OWNER
from tests.client import Client, FormFinder
from tests.factories.comments import remark
from tests.factories.ideas import idea
from tests.factories.pilots import (
    WORDS,
    declared,
    evaluated,
    shortlisted,
    stored,
)
from tests.factories.team import colleague
from tests.meanwhile import meanwhile
from tests.pilots.desk import at, begun, confirming, measured, started, update


def test_a_start_that_is_sent_twice_begins_one_trial(client: Client, owner: UUID) -> None:
    (number,) = shortlisted([idea()])
    begun(owner, number, title_en="Another one that tries it already")
    sent = started(owner, number)
    seen = FormFinder(client.send("/staff/pilots/new", sent).text).forms
    mark = next(form["fields"]["seen"] for form in seen if "seen" in form["fields"])
    sent |= {"seen": mark, "_start": "1"}
    first, second = (client.send("/staff/pilots/new", sent) for _time in range(2))
    assert first.status_code == 303
    assert second.location == first.location
    assert db.session.query(Pilot).count() == 2


def test_two_starts_at_once_are_one(app: Flask) -> None:
    (number,) = shortlisted([idea()])
    owner = colleague(PILOT_OWNER)
    ends_on = clock.today() + timedelta(days=60)

    given: dict[str, Any] = WORDS | {"owner_id": owner, "ends_on": ends_on, "actor": owner}

    def start() -> None:
        services.start({number: ("", "")}, **given)

    def then() -> None:
        with write():
            start()

    assert meanwhile(app, start, then) == {"other", "AlreadyStarted"}
    assert db.session.query(Pilot).count() == 1


def test_what_has_thanked_somebody_is_not_undone(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    heard = remark(pilot)
    assert "Undo the start" in client.get(at(pilot)).text
    with write():
        services.thank(pilot, heard, words_en="We asked.", actor=owner)
    assert "Undo the start" not in client.get(at(pilot)).text
    assert client.send(at(pilot, "/cancel")).status_code == 403


def test_each_question_that_was_not_answered_is_named(client: Client, owner: UUID) -> None:
    answer = client.send(at(begun(owner), "/dpia"), {"special": "no", "sharing": "x"})
    assert "Answer yes or no: Does it watch a public place" in answer.text
    assert "Answer yes or no: Does it join data sets" in answer.text
    assert "Answer yes or no: Does it use sensitive data" not in answer.text


def test_an_update_that_is_sent_twice_is_posted_once(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    for _time in range(2):
        assert client.send(at(pilot, "/say"), update()).status_code == 303
    assert db.session.query(PilotUpdate).count() == 1
    assert client.send(at(pilot, "/say"), update(words_en="Snow.")).status_code == 303
    assert client.send(at(pilot, "/say"), update()).status_code == 303  # it rains again
    assert db.session.query(PilotUpdate).count() == 3


def test_an_update_that_was_taken_back_can_be_posted_again(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    client.send(at(pilot, "/say"), update())
    number = db.session.query(PilotUpdate).one().id
    client.send(at(pilot, f"/updates/{number}/take-back"))
    client.send(at(pilot, "/say"), update())
    assert db.session.query(PilotUpdate).count() == 2


def test_a_measure_that_is_sent_twice_is_one(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    sent = {"name_en": "People", "better": "more", "target": "9"}
    first = client.send(at(pilot, "/measures/new"), sent)
    assert first.status_code == 303
    second = client.send(at(pilot, "/measures/new"), sent)
    assert second.status_code == 422
    assert "name_en-error" in second.text
    assert db.session.query(PilotMeasure).count() == 1


def test_who_confirms_twice_reads_that_it_is_confirmed(client: Client, owner: UUID) -> None:
    pilot = evaluated(begun(owner))
    number = declared(pilot)
    client.sign_in(colleague(), staff=True)
    form = confirming(client, pilot)
    first = client.send(at(pilot, "/decision/confirm"), form)
    second = client.send(at(pilot, "/decision/confirm"), form)
    assert first.location == second.location == at(pilot, "/decision?done=trial-decided")
    assert db.session.get_one(PilotDecision, number).confirmed_at


def test_who_declares_twice_comes_to_the_decision(client: Client, owner: UUID) -> None:
    pilot = evaluated(begun(owner))
    sent = {"decision": "scale", "learned_en": "Warm is good.", "next_en": "Ten more."}
    locations = {client.send(at(pilot, "/decide"), sent).location for _time in range(2)}
    assert locations == {at(pilot, "/decision?done=trial-declared")}
    other = client.send(at(pilot, "/decide"), sent | {"decision": "stop"})
    assert other.status_code == 422
    assert "Ten more." in other.text


def fields_of(client: Client, address: str, ending: str) -> dict[str, Any]:
    """The fields of a form as it stands in a page."""
    forms = FormFinder(client.get(address).text, f"http://x{address}").forms
    found: dict[str, Any] = next(f["fields"] for f in forms if f["action"].endswith(ending))
    return found


def test_words_that_somebody_else_has_changed_are_not_overwritten(
    client: Client, owner: UUID
) -> None:
    pilot = begun(owner)
    page = client.get(at(pilot, "/words")).text
    mark = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    with write():
        services.describe(pilot, actor=None, title_en="Benches in the sun")
    mine = WORDS | {"place_en": "The park", "seen": mark}
    answer = client.send(at(pilot, "/words"), mine)
    assert answer.status_code == 422
    assert "Somebody else changed this trial meanwhile." in answer.text
    assert stored(pilot).title_en == "Benches in the sun"
    form = FormFinder(answer.text).forms[-1]["fields"]
    assert (form["title_en"], form["place_en"]) == ("Benches in the sun", "The park")
    saved = client.send(at(pilot, "/words"), form | {"known_en": WORDS["known_en"]})
    assert saved.status_code == 303
    assert (stored(pilot).title_en, stored(pilot).place_en) == ("Benches in the sun", "The park")


def test_words_that_two_have_changed_both_stand_there(client: Client, owner: UUID) -> None:
    pilot = begun(owner)
    page = client.get(at(pilot, "/words")).text
    mark = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    with write():
        services.describe(pilot, actor=None, place_en="The library", that_en="Heat helps")
    mine = {"place_en": "The park", "that_en": "Shade helps", "seen": mark}
    answer = client.send(at(pilot, "/words"), WORDS | mine)
    assert answer.status_code == 422
    for words in ("The park", "Somebody else wrote here: The library", "Shade helps", "Heat helps"):
        assert words in answer.text


def test_a_measure_that_somebody_else_has_changed_is_not_overwritten(
    client: Client, owner: UUID
) -> None:
    pilot = begun(owner)
    measure = measured(pilot, owner)
    address = at(pilot, f"/measures/{measure}/change")
    page = client.get(address).text
    mark = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    with write():
        services.change_target(measure, 12.0, why_en="More came.", actor=None)
    sent = {"name_en": "All people", "better": "more", "baseline": "1", "target": "9"}
    answer = client.send(address, sent | {"seen": mark})
    assert answer.status_code == 422
    assert "All people" in answer.text
    assert 'value="12"' in answer.text
