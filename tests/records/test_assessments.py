"""Impact assessments: written in steps, signed once; what stands on them stays off till then."""

import csv
import io
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.errors import Conflict, NotAllowed, NotHere, Refusal
from citizen_voice.pilots import services as pilots
from citizen_voice.pilots.models import DPIA_QUESTIONS
from citizen_voice.records import asked, queries, standing
from citizen_voice.records.models import GROUPS, Assessment
from citizen_voice.records.services import assessments as services
from citizen_voice.records.services.history import mark
from citizen_voice.site import queries as site
from citizen_voice.site import services as site_services
from citizen_voice.team.models import PILOT_OWNER, PRIVACY_OFFICER
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.pilots import a_pilot, shortlisted
from tests.factories.records import draft, risk, signature, signed
from tests.factories.team import colleague

LIST = "/staff/privacy/assessments"


def test_a_known_feature_is_filled_in_from_the_register(client: Client, officer: UUID) -> None:
    answer = client.send(f"{LIST}/new", {"about": GROUPS})
    assert answer.status_code == 303
    page = unescape(client.get(answer.headers["Location"]).text)
    for words in ("Support across opinion groups", "is profiling", "Nobody under 18", "Draft"):
        assert words in page
    again = client.send(f"{LIST}/new", {"about": GROUPS})
    assert again.headers["Location"] == answer.headers["Location"]  # a draft is gone on with


def test_a_trial_that_needs_one_is_offered_and_shows_who_signed(
    client: Client, officer: UUID
) -> None:
    owner = colleague(PILOT_OWNER, PRIVACY_OFFICER, name="Rhys Morgan")
    number = a_pilot(*shortlisted([idea(challenge())]), owner=owner)
    with write():
        pilots.save_dpia(
            number, dict.fromkeys(DPIA_QUESTIONS, False) | {"children": True}, actor=owner
        )
    about = f"trial:{number}"
    assert f"CVT-{number}" in client.get(LIST).text
    client.sign_in(owner, staff=True)
    desk = f"/staff/pilots/CVT-{number}"
    shown = unescape(client.get(desk).text)
    assert "A DPIA is needed" in shown
    assert f"{LIST}/new?about={about}" in shown
    assert f'value="{about}"' in client.get(f"{LIST}/new?about={about}").text
    key = draft(officer, about, written=False)
    assert "data about children" in queries.one(Assessment, key).need
    assert draft(officer, about) == key
    assert queries.signed(about) is None
    with write():
        services.sign(key, signature(), actor=officer)
    found = queries.signed(about)
    assert found is not None
    assert found.id == key
    assert "The DPIA is signed: Jo Rees, head of digital" in client.get(desk).text
    assert "These trials need an assessment" not in client.get(LIST).text


@pytest.mark.parametrize("about", ["trial:99", "trial:x", "trial:", "other:7", "nonsense", ""])
def test_nothing_begins_about_what_is_not_there(officer: UUID, about: str) -> None:
    with pytest.raises(NotHere), write():
        services.begin(about, actor=officer)


def test_something_else_needs_a_title(client: Client, officer: UUID) -> None:
    refused = client.send(f"{LIST}/new", {"about": "other", "title": " "})
    assert refused.status_code == 422
    assert "Say what it is about." in refused.text
    first, second = (draft(officer, "other", "Sensors on bins") for _each in range(2))
    assert first != second
    assert queries.one(Assessment, first).about == f"other:{first}"


def test_a_step_can_stay_empty_in_a_draft_and_is_asked_for_at_the_signature(
    client: Client, officer: UUID
) -> None:
    key = draft(officer, "other", "Sensors on bins", written=False)
    at = f"{LIST}/{key}"
    step = client.send(f"{at}/steps/processing", {"nature": "Sensors count.", "scope": ""})
    assert step.status_code == 303
    assert step.headers["Location"].endswith("/steps/asking")
    assert "Sensors count." in client.get(f"{at}/steps/processing").text
    assert "Say which data it is." in client.get(at).text
    with pytest.raises(Refusal), write():
        services.sign(key, signature(), actor=officer)
    assert client.send(f"{at}/steps/need", {"title": "", "need": "x"}).status_code == 422


def test_the_risks_are_named_with_how_likely_and_how_bad(client: Client, officer: UUID) -> None:
    key = draft(officer, "other", "Sensors on bins", written=False)
    at = f"{LIST}/{key}/risks"
    told = {"what": "Somebody is followed.", "measure": "No pictures."}
    refused = client.send(at, told | {"likelihood": "9"})
    assert refused.status_code == 422
    assert "Somebody is followed." in refused.text
    whole = told | {"likelihood": "3", "severity": "2", "left": "low"}
    assert client.send(at, whole).status_code == 303
    page = client.get(at).text
    assert "Likely, Some harm" in page
    assert "record-tag--late" in page  # three by two is high
    found = queries.risks_of(key)[0]
    assert client.send(f"{at}/{found.id}/remove").status_code == 303
    assert not queries.risks_of(key)


def test_a_high_risk_that_is_left_is_not_signed(officer: UUID) -> None:
    key = draft(officer)
    risk(key, officer, left="high")
    with pytest.raises(Refusal) as refused, write():
        services.sign(key, signature(), actor=officer)
    assert "ask the ICO" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("advice", ""),
        ("advice_by", ""),
        ("signed_by", ""),
        ("signed_on", clock.today() + timedelta(days=400)),
        ("review_on", clock.today() - timedelta(days=400)),
    ],
    ids=("advice", "advice-by", "signed-by", "signed-on", "review-on"),
)
def test_a_signature_has_advice_a_name_and_days_that_can_be(
    officer: UUID, name: str, value: object
) -> None:
    key = draft(officer)
    with pytest.raises(Refusal) as refused, write():
        services.sign(key, signature(**{name: value}), actor=officer)
    assert refused.value.field == name
    assert not site.settings().groups_dpia


def test_opinion_groups_stand_on_the_signature_and_fall_with_it(
    client: Client, officer: UUID
) -> None:
    key = draft(officer)
    assert site.settings().groups_dpia == ""
    fields = signature() | {
        "signed_on": clock.today().isoformat(),
        "review_on": (clock.today() + timedelta(days=365)).isoformat(),
    }
    assert client.send(f"{LIST}/{key}/sign", fields).status_code == 303
    assert site.settings().groups_dpia == f"{clock.today()} Jo Rees, head of digital"
    with write():
        site_services.change(groups_on=True)
    assert client.send(f"{LIST}/{key}/end").status_code == 303
    assert site.settings().groups_dpia == ""
    assert not site.settings().groups_on
    assert queries.signed(GROUPS) is None


def test_what_is_signed_never_changes_and_the_next_version_begins_with_its_words(
    client: Client, officer: UUID
) -> None:
    key = signed(officer)
    fields = asked.STEPS["asking"][1]
    values = {each.name: "Otherwise" for each in fields}
    with pytest.raises(NotAllowed), write():
        services.write(key, "asking", values, seen=None, actor=officer)
    with pytest.raises(NotAllowed), write():
        services.sign(key, signature(), actor=officer)
    for address in ("steps/asking", "risks", "sign"):
        assert client.get(f"{LIST}/{key}/{address}").status_code == 403
    answer = client.send(f"{LIST}/{key}/next")
    after = int(answer.headers["Location"].rsplit("/", 1)[1])
    assert queries.one(Assessment, after).version == 2
    assert queries.one(Assessment, after).consultation == "Words about consultation"
    assert len(queries.risks_of(after)) == 1
    standing_one = queries.signed(GROUPS)
    assert standing_one is not None
    assert standing_one.id == key  # the draft holds nothing yet
    with write():
        services.sign(after, signature(), actor=officer)
    standing_one = queries.signed(GROUPS)
    assert standing_one is not None
    assert standing_one.id == after
    assert site.settings().groups_dpia
    assert queries.one(Assessment, key).ended_at is not None
    assert "Version 1" in client.get(f"{LIST}/{after}").text


def test_ending_a_version_that_was_replaced_does_not_switch_off_what_stands(
    officer: UUID,
) -> None:
    first = signed(officer)
    second = signed(officer)
    with write():
        services.end(first, actor=officer)
    assert site.settings().groups_dpia
    found = queries.signed(GROUPS)
    assert found is not None
    assert found.id == second


def test_when_to_look_at_it_again_is_said_in_words_and_colours(
    client: Client, officer: UUID
) -> None:
    key = signed(officer)
    row, today = queries.one(Assessment, key), clock.today()
    for days, tone, words in (
        (0, standing.GOOD, "Look at it again by"),
        (340, standing.SOON, "Look at it again by"),
        (366, standing.LATE, "It was to be looked at again by"),
    ):
        found = standing.of_assessment(row, today + timedelta(days=days))
        assert found.tone == tone
        assert found.words.startswith(words)
    assert "Signed by Jo Rees" in client.get(LIST).text


def test_two_who_write_the_same_step_lose_nothing(client: Client, officer: UUID) -> None:
    key = draft(officer)
    seen = mark(queries.one(Assessment, key))
    with write():
        services.write(key, "asking", {"consultation": "Two"}, seen=seen, actor=officer)
    with pytest.raises(Conflict), write():
        services.write(key, "asking", {"consultation": "Mine"}, seen=seen, actor=officer)
    answer = client.send(f"{LIST}/{key}/steps/asking", {"consultation": "Mine", "seen": seen})
    assert answer.status_code == 409
    assert "Mine" in answer.text
    assert "Two" in answer.text


def test_the_register_is_a_table_with_who_changed_what(client: Client, officer: UUID) -> None:
    key = signed(officer)
    text = client.get(f"{LIST}.csv").data.decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(text)))
    assert "Jo Rees, head of digital" in cells[1]
    page = client.get(f"{LIST}/{key}").text
    assert "<b>Signed</b>" in page
    assert "Aisha Khan" in page


def test_nobody_else_opens_it(client: Client) -> None:
    client.sign_in(colleague(PILOT_OWNER), staff=True)
    for address in (LIST, f"{LIST}/new", "/staff/privacy/breaches", "/staff/privacy/looks"):
        assert client.get(address).status_code == 403
