"""The log has every decision, and undoes it."""

import re
from uuid import UUID

from citizen_voice import clock
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea, stored
from tests.factories.moderation import case, decide, ground


def test_a_decision_is_in_the_log_and_undone_from_there(client: Client, moderator: UUID) -> None:
    number = idea(title="Ducks & swans")
    about = case(idea_id=number)
    decision = decide(about, "redact", actor=moderator, title="Birds", body="All.")
    later = decide(case(idea_id=number), "hide", actor=moderator)
    log = client.get("/staff/decisions?act=redact&undone=no").text
    assert "Birds" in log
    assert "Private details taken out" in log
    assert "No decisions with these filters" in client.get("/staff/decisions?act=warn").text
    assert client.get(f"/staff/decisions?who={moderator}&ground={ground()}").status_code == 200
    assert client.get("/staff/decisions?who=nobody").status_code == 400
    page = client.get(f"/staff/decisions/{decision}").text
    assert "It breaks a rule." in page
    refused = client.send(f"/staff/decisions/{decision}/undo", {"from": "log"})
    assert refused.status_code == 403
    assert "Undo that first" in refused.text
    for each in (later, decision):
        answer = client.send(f"/staff/decisions/{each}/undo", {"from": "log"})
        assert answer.status_code == 303
    assert stored(number).visibility == "published"
    assert "Undone" in client.get(f"/staff/decisions/{decision}").text


def test_the_log_goes_on_and_has_each_once(client: Client, moderator: UUID) -> None:
    asked = challenge()
    with clock.at(clock.now()):
        for number in range(35):
            decide(case(idea_id=idea(asked, title=f"Number {number}")), "keep", actor=moderator)
    found: list[str] = []
    address: str | None = "/staff/decisions"
    while address:
        page = client.get(address).text
        found += re.findall(r'<th scope="row"><a href="/staff/decisions/([^"]+)"', page)
        further = re.search(r'href="(/staff/decisions\?after=[^"]+)"', page)
        address = further[1] if further else None
    assert len(found) == len(set(found)) == 35
