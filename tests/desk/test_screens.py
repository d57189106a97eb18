"""The screens of requests: for residents, visitors and the officer."""

import csv
import io
import re
from datetime import date, time
from html import unescape
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.accounts.models import FORMER, Person
from citizen_voice.bank_holidays import FILE
from citizen_voice.db import db, write
from citizen_voice.desk import queries, receipts, services
from citizen_voice.desk.models import COMPLAINT, ERASURE, IN_DOUBT
from citizen_voice.team.confirming import LASTS
from citizen_voice.team.models import MODERATOR
from tests.client import Client
from tests.factories.desk import asked, draft, entered, officer, stored
from tests.factories.people import resident
from tests.factories.team import colleague

HERE = "/staff/privacy/requests"


@pytest.fixture
def me(client: Client) -> UUID:
    """The officer, signed in."""
    key = officer()
    client.sign_in(key, staff=True)
    return key


def test_a_resident_asks_and_follows_it_by_its_number(client: Client, app: Flask) -> None:
    person = resident(email="ann@example.org")
    client.sign_in(person)
    refused = client.send("/my-data/ask", {"kind": "rectification", "words": ""})
    assert refused.status_code == 422
    assert "Say in a few words what it is about." in refused.text
    answer = client.send("/my-data/ask", {"kind": "access", "words": "All of it."})
    assert answer.status_code == 303
    page = unescape(client.get(answer.location).text)
    assert "Thank you. We have it" in page
    assert "We answer by" in page
    assert "All of it." not in page
    assert [own.kind for own in queries.of_person(person)] == ["access"]
    assert queries.of_person(person)[0].ref in answer.location


def test_a_visitor_says_how_to_be_reached_and_nothing_typed_is_lost(client: Client) -> None:
    typed = {"kind": "access", "words": "About me.", "name": "Nell", "email": "", "address": ""}
    refused = client.send("/privacy/ask", typed)
    assert refused.status_code == 422
    assert "how we can answer" in unescape(refused.text)
    assert "About me." in refused.text
    answer = client.send("/privacy/ask", typed | {"email": "nell@example.org"})
    assert answer.status_code == 303
    row = queries.by_receipt(answer.location.split("/")[-1].split("?")[0])
    assert (row.identity, row.channel) == (IN_DOUBT, "form")
    cymraeg = client.get("/cy" + answer.location)
    assert cymraeg.status_code == 200


def test_a_number_is_looked_up_as_it_was_typed_and_an_unknown_one_is_refused(
    client: Client,
) -> None:
    receipt = receipts.of(asked(resident(), COMPLAINT))
    found = client.send("/privacy/asked", {"receipt": receipt.lower().replace("-", " ")})
    assert found.location.endswith(receipt)
    refused = client.send("/privacy/asked", {"receipt": "P-0000"})
    assert refused.status_code == 422
    assert client.get("/my-data/asked/P-0000").status_code == 404


def test_the_list_says_in_words_how_urgent_each_is(client: Client, app: Flask, me: UUID) -> None:
    assert "Nothing is asked" in client.get(HERE).text
    with clock.at(clock.moment(date(2026, 6, 1), time(12))):
        late, soon, still = (entered(actor=me) for _ in range(3))
    with clock.at(clock.moment(date(2026, 6, 2), time(12))):
        closed = entered(actor=me)
        with write():
            services.decide(closed, "granted", "", draft(), actor=me)
            services.ask_clarification(still, actor=me)
    assert stored(soon).due_on == date(2026, 7, 1)
    for day, words in ((3, "2 days late"), (1, "Due today")):
        with clock.at(clock.moment(date(2026, 7, day), time(12))):
            client.sign_in(me, staff=True)
            page = client.get(HERE).text
            assert words in page
            assert "Clock stopped" in page
    with clock.at(clock.moment(date(2026, 6, 28), time(12))):
        client.sign_in(me, staff=True)
        page = client.get(f"{HERE}?when=soon").text
        assert "Due in 3 days" in page
        assert f"DP-{still}<" not in page
        assert client.get(f"{HERE}?when=never").status_code == 400
        assert "Done as asked" in client.get(f"{HERE}?tab=closed").text
    assert late < soon


def test_only_the_officer_opens_the_desk(client: Client, app: Flask) -> None:
    client.sign_in(colleague(MODERATOR), staff=True)
    assert client.get(HERE).status_code == 403


def test_the_address_is_shown_when_asked_for_alone_and_the_journal_notes_it(
    client: Client, me: UUID
) -> None:
    number = entered(actor=me)
    assert "nell@example.org" not in client.get(f"{HERE}/{number}").text
    shown = client.send(f"{HERE}/{number}/address")
    assert "nell@example.org" in shown.text
    assert "nell@example.org" not in client.get(f"{HERE}/{number}").text


def test_a_refused_step_keeps_what_was_typed_and_says_so_at_its_field(
    client: Client, me: UUID
) -> None:
    number = entered(actor=me)
    refused = client.send(f"{HERE}/{number}/steps/note", {"words": "…"})
    assert refused.status_code == 422
    assert "Write a few words." in refused.text
    ahead = client.send(f"{HERE}/{number}/steps/answered", {"day": "2999-01-01"})
    assert ahead.status_code == 422
    assert client.send(f"{HERE}/{number}/steps/dance").status_code == 404


def test_the_officer_decides_reads_the_letter_changes_it_and_closes(
    client: Client, me: UUID
) -> None:
    number = entered(COMPLAINT, actor=me)
    address = f"{HERE}/{number}/decide"
    without = client.send(address, {"reasons": "We looked.", "language": "en"})
    assert (without.status_code, stored(number).closed_at) == (422, None)
    first = {"outcome": "granted", "reasons": "We lost it.", "language": "cy"}
    filled = client.send(address, first)
    assert filled.status_code == 200
    body = unescape(re.findall(r'name="body"[^>]*>(.*?)</textarea>', filled.text, re.DOTALL)[0])
    assert "We lost it." in body
    assert "ico.org.uk" in body
    letter = first | {"subject": "Your complaint", "way": "paper"}
    refused = client.send(address, letter | {"body": "No way to the ICO."})
    assert refused.status_code == 422
    done = client.send(address, letter | {"body": body})
    assert done.status_code == 303
    assert (stored(number).outcome, stored(number).ico_told) == ("granted", True)
    paper = unescape(client.get(done.location).text)
    assert "We lost it." in paper
    assert "Nell Gwyn" in paper


def test_deleting_an_account_asks_for_a_second_look(client: Client, me: UUID) -> None:
    person = resident(email="nell@example.org")
    number = entered(ERASURE, actor=me)
    address = f"{HERE}/{number}/erase"
    letter = {"subject": "Done", "body": "All is deleted.", "way": "mail", "language": "en"}
    once = client.send(address, letter | {"words": "remove"})
    assert "Look once more" in once.text
    assert db.session.get_one(Person, person).kind != FORMER
    with clock.at(clock.now() + 2 * LASTS):
        asks = client.send(address, letter | {"words": "remove", "looked": "y"})
        assert "confirm_password" in asks.text
    done = client.send(address, letter | {"words": "remove", "looked": "y"})
    assert done.status_code == 303
    db.session.rollback()
    assert db.session.get_one(Person, person, populate_existing=True).kind == FORMER


def test_the_file_of_all_requests_names_nobody(client: Client, me: UUID) -> None:
    number = entered(actor=me, address="1 High Street")
    sent = client.get(f"{HERE}/all.csv")
    rows = list(csv.reader(io.StringIO(sent.data.decode("utf-8-sig"))))
    assert rows[1][:3] == [f"DP-{number}", "access", "letter"]
    for words in ("Nell", "nell@", "High Street", "All of it"):
        assert words not in sent.text


def test_a_file_of_another_nation_is_refused_on_the_screen(client: Client, me: UUID) -> None:
    with write():
        services.settle("scotland", actor=me)
    content = b'{"division": "england-and-wales", "events": []}'
    refused = client.send(
        f"{HERE}/settings/holidays", {"file": (io.BytesIO(content), "holidays.json")}
    )
    assert refused.status_code == 422
    assert "This council is in Scotland" in unescape(refused.text)
    read = client.send(
        f"{HERE}/settings/holidays", {"file": (io.BytesIO(FILE.read_bytes()), "all.json")}
    )
    assert read.status_code == 303
    assert "World Cup bank holiday" in str(queries.holidays().days.values())


def test_who_asks_too_often_is_told_to_wait(client: Client) -> None:
    typed = {"words": "You lost my letter.", "email": "nell@example.org"}
    answers = [client.send("/privacy/complain", typed).status_code for _ in range(21)]
    assert answers == [303] * 20 + [429]
