"""Online safety: what the council stands on, and a yearly look at each kind of content."""

from datetime import date, timedelta
from html import unescape
from uuid import UUID

import pytest

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.moderation.targets import CATEGORIES
from citizen_voice.records import queries, standing
from citizen_voice.records.services import safety as services
from citizen_voice.records.wording import HARMS
from tests.client import Client

PAGE = "/staff/privacy/online-safety"
SCOPE = {
    "provider": "Llanfair Council",
    "exemption": "public-body",
    "why": "It is a public body.",
    "signed_by": "Jo Rees, monitoring officer",
}
RISK = {"level": "low", "why": "Seldom.", "measures": "Moderators look.", "assessed_by": "Jo Rees"}


def test_nobody_has_signed_until_somebody_does(client: Client, officer: UUID) -> None:
    page = client.get(PAGE).text
    assert "Nobody has signed this yet." in page
    assert page.count("Not assessed yet") == len(HARMS)
    today = clock.today()
    answer = client.send(f"{PAGE}/scope", SCOPE | {"signed_on": today.isoformat()})
    assert answer.status_code == 303
    page = unescape(client.get(PAGE).text)
    assert "Nobody has signed this yet." not in page
    assert "paragraph 9" in page
    assert "Look at it again by" in page


def test_a_signature_counts_for_a_year(officer: UUID) -> None:
    signed_on = clock.today()
    with write():
        services.sign_scope(SCOPE | {"signed_on": signed_on}, actor=officer)
    due = standing.in_a_year(queries.scopes()[0].signed_on)
    assert standing.of_review(due, signed_on).tone == standing.GOOD
    assert standing.of_review(due, due).tone == standing.SOON
    assert standing.of_review(due, due + timedelta(days=1)).tone == standing.LATE
    assert standing.in_a_year(date(2028, 2, 29)) == date(2029, 2, 28)


def test_every_signature_stays_to_be_read(client: Client, officer: UUID) -> None:
    for who in ("Jo Rees", "Ann Bell"):
        with write():
            services.sign_scope(
                SCOPE | {"signed_by": who, "signed_on": clock.today()}, actor=officer
            )
    page = client.get(PAGE).text
    assert page.index("Ann Bell") < page.index("Jo Rees")


def test_each_kind_of_illegal_content_and_children_have_their_assessment(
    client: Client, officer: UUID
) -> None:
    for kind in HARMS:
        answer = client.send(
            f"{PAGE}/risks/{kind}", RISK | {"assessed_on": clock.today().isoformat()}
        )
        assert answer.status_code == 303
    assert "Not assessed yet" not in client.get(PAGE).text
    later = RISK | {"level": "high", "assessed_on": clock.today().isoformat()}
    client.send(f"{PAGE}/risks/fraud", later)
    assert queries.safety_risks()["fraud"].level == "high"
    assert [row.level for row in queries.safety_history("fraud")] == ["high", "low"]
    lines = client.get(f"{PAGE}.csv").data.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(HARMS) + 1


@pytest.mark.parametrize("name", ["level", "why", "measures", "assessed_by", "assessed_on"])
def test_what_is_needed_is_asked_for(client: Client, officer: UUID, name: str) -> None:
    whole = RISK | {"assessed_on": clock.today().isoformat()}
    refused = client.send(f"{PAGE}/risks/fraud", {key: whole[key] for key in whole if key != name})
    assert refused.status_code == 422
    assert f'id="{name}-error"' in refused.text
    assert not queries.safety_risks()


def test_days_to_come_and_kinds_that_are_none_are_refused(officer: UUID) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(Refusal) as refused, write():
        services.sign_scope(SCOPE | {"signed_on": tomorrow}, actor=officer)
    assert refused.value.field == "signed_on"
    with pytest.raises(NotHere), write():
        services.assess("bad-jokes", RISK | {"assessed_on": clock.today()}, actor=officer)


def test_reports_have_categories_with_a_clock_of_48_hours() -> None:
    for key in ("intimate", "defamation"):
        assert CATEGORIES[key].hours == 48
