"""Who reported something follows what becomes of it by its receipt, which tells nothing else."""

from datetime import timedelta
from uuid import UUID

import pytest

from citizen_voice import clock, housekeeping
from citizen_voice.db import db, write
from citizen_voice.limits import network_of
from citizen_voice.moderation import receipts, services
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.moderation import decide
from tests.factories.reports import report
from tests.factories.team import colleague
from tests.moderation.reporting import ADDRESS, FORM, letters, reports, the_case

pytestmark = pytest.mark.usefixtures("app")
NOBODYS = "R-0000-0000-0000-0000"


def test_a_receipts_page_is_kept_by_nobody_and_found_by_no_search(client: Client) -> None:
    page = client.get(f"/reports/{report(idea_id=idea())}")
    assert page.headers["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in page.text


@pytest.mark.parametrize("typed", [NOBODYS, "nonsense", "R-1", "R-" + "U" * 16, "x" * 10_000])
def test_a_guessed_receipt_is_unknown_whatever_it_looks_like(client: Client, typed: str) -> None:
    sent = client.post("/reports", data={"receipt": typed})
    assert sent.status_code == 422
    opened = client.get(f"/reports/{typed[:200]}")
    assert opened.status_code == 404
    assert "We have no report with that number." in opened.text


def test_a_receipt_is_found_as_somebody_may_type_it(client: Client) -> None:
    receipt = report(idea_id=idea())
    spoken = receipt.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    for typed in (receipt, spoken, receipt.removeprefix("R-"), receipt.replace("-", "")):
        sent = client.post("/reports", data={"receipt": typed})
        assert sent.location == f"/reports/{receipt}", typed


def test_receipts_cannot_be_tried_all_day(client: Client) -> None:
    answers = [client.post("/reports", data={"receipt": NOBODYS}) for _each in range(61)]
    assert answers[-1].status_code == 429


def test_no_two_reports_have_one_receipt_and_none_tells_anything() -> None:
    found = {receipts.of(UUID(int=number)) for number in range(2_000)}
    assert len(found) == 2_000
    assert all(receipts.read(each) == each for each in found)
    assert {letter for each in found for letter in each[2:]} == set(receipts.ALPHABET) | {"-"}


def test_a_decision_that_is_undone_lets_the_report_wait_again(client: Client) -> None:
    receipt = report(idea_id=idea(), email=ADDRESS)
    decision = decide(the_case().id, "hide")
    assert "hidden" in client.get(f"/reports/{receipt}").text
    moderator = colleague()
    with write():
        services.undo(decision, actor=moderator)
    assert "Waiting for a moderator" in client.get(f"/reports/{receipt}").text
    assert [bool(each.subject) for each in letters()] == [True] * 3
    decide(the_case().id, "keep")
    assert "does not break the rules" in client.get(f"/reports/{receipt}").text


@pytest.mark.parametrize("act", ["keep", "hide", "ask", "warn", "pause"])
def test_every_outcome_is_said_in_words(client: Client, act: str) -> None:
    receipt = report(idea_id=idea())
    until = clock.end_of(clock.today())
    decide(the_case().id, act, until=until if act == "pause" else None)
    page = client.get(f"/reports/{receipt}").text
    assert "Where it stands" in page
    assert ("The reason:" in page) == (act != "keep")


def test_an_address_goes_thirty_days_after_the_case_closed_and_the_sender_after_a_day() -> None:
    report(idea_id=idea(), email=ADDRESS)
    report(idea_id=idea(), email="other@example.org")
    first = reports()[0]
    decide(first.case_id, "keep")
    for days, addresses, senders in ((0, 2, 2), (2, 2, 0), (29, 2, 0), (31, 1, 0)):
        with clock.at(clock.now() + timedelta(days=days)):
            housekeeping.tidy()
        db.session.expire_all()
        assert sum(each.email is not None for each in reports()) == addresses, days
        assert sum(each.sender_hash is not None for each in reports()) == senders, days


def test_the_network_of_a_visitor_is_stored_nowhere(client: Client) -> None:
    client.post(f"/report?idea=CV-{idea()}", data=FORM)
    assert network_of("127.0.0.1") not in str(vars(reports()[0]))
