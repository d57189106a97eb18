"""Anybody may report something that they can see, once, and nothing typed is lost."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.accounts.models import Person
from citizen_voice.comments import services as comments
from citizen_voice.db import db, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import services as ideas
from citizen_voice.moderation import services
from citizen_voice.moderation.models import GRAVE, Case
from citizen_voice.moderation.services import HiddenAlready
from tests.client import Client, FormFinder
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea, stored
from tests.factories.moderation import decide
from tests.factories.people import resident
from tests.factories.reports import report
from tests.meanwhile import meanwhile
from tests.moderation.reporting import ADDRESS, FORM, WORDS, letters, reports, the_case

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_a_visitor_reports_an_idea_and_follows_it_to_its_end(client: Client, prefix: str) -> None:
    number = idea()
    page = client.get(f"{prefix}/ideas/CV-{number}").text
    assert f'href="{prefix}/report?idea=CV-{number}"' in page
    sent = client.post(f"{prefix}/report?idea=CV-{number}", data=FORM | {"email": ADDRESS})
    assert sent.status_code == 303
    assert sent.location.startswith(f"{prefix}/reports/R-")
    shown = client.get(sent.location)
    receipt = sent.location.split("/")[-1].split("?")[0]
    assert receipt in shown.text
    assert f"CV-{number}" in shown.text
    assert WORDS not in shown.text
    made = reports()[0]
    assert (made.category, made.words, made.language) == (
        "personal",
        WORDS,
        "cy" if prefix else "en",
    )
    assert stored(number).visibility == "published"
    decide(the_case().id, "hide")
    assert "hidden" in client.get(f"/reports/{receipt}").text
    received, decided = letters()
    assert {received.to_address, decided.to_address} == {ADDRESS}
    for letter in (received, decided):
        assert f"{prefix}/reports/{receipt}" in (letter.body or "")
        assert WORDS not in (letter.body or "")
        assert letter.purpose == "safety"


def test_a_comment_and_both_names_are_reported(client: Client) -> None:
    author, writer = resident(name="Heron"), resident(name="Kestrel")
    number = idea(author=author)
    key = comment(number, writer)
    page = client.get(f"/comments/{key}").text
    assert f'href="/report?comment={key}"' in page
    named = client.get(f"/report?comment={key}").text
    assert f'href="/report?name-of-comment={key}"' in named
    for query in (f"comment={key}", f"name-of=CV-{number}", f"name-of-comment={key}"):
        assert client.post(f"/report?{query}", data=FORM).status_code == 303
    cases = set(db.session.execute(select(Case.idea_id, Case.comment_id, Case.person_id)))
    assert cases == {(None, key, None), (None, None, author), (None, None, writer)}


def test_ones_own_words_have_no_link_to_report_them(client: Client) -> None:
    author = resident()
    number = idea(author=author)
    comment(number, author)
    client.sign_in(author)
    assert "/report?" not in client.get(f"/ideas/CV-{number}").text


@pytest.mark.parametrize(
    "query", ["", "?idea=CV-9", "?idea=nonsense", "?comment=9", "?name-of=CV-9", "?idea="]
)
def test_what_is_not_there_cannot_be_reported(client: Client, query: str) -> None:
    assert client.get(f"/report{query}").status_code == 404
    assert client.post(f"/report{query}", data=FORM).status_code == 404
    assert not reports()


def test_what_one_cannot_see_cannot_be_reported(client: Client) -> None:
    held = idea(challenge(moderation="before"))
    gone = comment(idea(), writer := resident())
    with write():
        comments.remove(gone, writer)
    assert client.post(f"/report?idea=CV-{held}", data=FORM).status_code == 404
    assert client.get(f"/report?name-of=CV-{held}").status_code == 404
    assert client.post(f"/report?comment={gone}", data=FORM).status_code in (404, 410)
    assert not reports()


def test_of_a_hidden_thing_one_is_told_that_it_is_hidden_and_gets_ones_words_back(
    client: Client,
) -> None:
    number = idea()
    key = comment(idea())
    assert client.get(f"/report?idea=CV-{number}").status_code == 200
    with write():  # while somebody writes the report
        ideas.hide(number, actor=None, reason="Names somebody")
        comments.hide(key, actor=None, reason="Names somebody")
    for query in (f"idea=CV-{number}", f"comment={key}"):
        sent = client.post(f"/report?{query}", data=FORM)
        assert sent.status_code == 410
        assert "hidden this already" in sent.text
        assert WORDS in sent.text
    with pytest.raises(HiddenAlready):
        report(idea_id=number)
    with pytest.raises(HiddenAlready):
        report(comment_id=key)


def test_a_name_that_nobody_has_any_more_cannot_be_reported() -> None:
    person = resident(name="Old Heron")
    with write():
        db.session.get_one(Person, person).display_name = None
    with pytest.raises(NotHere):
        report(person_id=person)


@pytest.mark.parametrize("category", ["defamation", "other"])
def test_words_are_owed_where_the_category_alone_says_nothing(
    client: Client, category: str
) -> None:
    path = f"/report?idea=CV-{idea()}"
    sent = client.post(path, data=FORM | {"category": category, "words": " ", "email": ADDRESS})
    assert sent.status_code == 422
    assert "Say in a few words what is wrong." in sent.text
    assert f'value="{ADDRESS}"' in sent.text
    assert client.post(path, data=FORM | {"category": "spam", "words": ""}).status_code == 303


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"category": ""}, "Choose what is wrong."),
        ({"category": "rain"}, "Choose what is wrong."),
        ({"words": "x" * 10_000}, "Make this 1,500 letters or shorter."),
        ({"email": "nobody at home"}, "Enter an e-mail address, like name@example.org."),
        ({"email": "a" * 250 + "@example.org"}, "That address is too long."),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_typed_is_lost(
    client: Client, values: dict[str, str], said: str
) -> None:
    data = FORM | {"email": ADDRESS} | values
    sent = client.post(f"/report?idea=CV-{idea()}", data=data)
    assert sent.status_code == 422
    assert said in sent.text
    assert data["words"] in sent.text
    assert data["email"] in sent.text
    assert not reports()


def test_the_same_form_sent_twice_is_one_report(client: Client) -> None:
    path = f"/report?idea=CV-{idea()}"
    first, second = (client.post(path, data=FORM).location for _each in range(2))
    assert first == second
    assert len(reports()) == 1


def test_the_same_persons_second_thought_adds_to_their_report() -> None:
    number, person = idea(), resident()
    first = report(idea_id=number, reporter_id=person, words="Rude.")
    second = report(idea_id=number, reporter_id=person, words="And a threat.", category="threat")
    assert first == second
    made = reports()[0]
    assert (made.words, made.category) == ("Rude.\n\nAnd a threat.", "threat")
    assert the_case().urgency == GRAVE
    with clock.at(clock.now() + timedelta(hours=2)):
        report(idea_id=number, reporter_id=person)
    assert len(reports()) == 2


def test_two_people_of_one_network_make_two_reports_of_one_case() -> None:
    number = idea()
    first = report(idea_id=number, words="Rude.")
    second = report(idea_id=number, words="Very rude.")
    assert first != second
    assert len(reports()) == 2
    assert db.session.scalar(select(func.count()).select_from(Case)) == 1


def test_two_reports_at_once_make_one_case(app: Flask) -> None:
    number = idea()

    def first() -> None:
        said = services.Complaint("abuse", "Rude.", "en", "4:1")
        mail = services.Mail("", lambda receipt: receipt)
        services.report(services.Subject(idea_id=number), said, mail=mail)

    ended = meanwhile(app, first, lambda: report(idea_id=number, words="Very rude.") and None)
    assert ended == {"other", "done"}
    assert len(reports()) == 2
    assert the_case().closed_at is None


def test_who_reports_all_day_is_asked_to_wait_and_keeps_their_words(client: Client) -> None:
    for number in [idea() for _each in range(3)] * 20:
        client.post(f"/report?idea=CV-{number}", data=FORM)
    sent = client.post(f"/report?idea=CV-{idea()}", data=FORM)
    assert sent.status_code == 429
    assert sent.headers["Retry-After"]
    assert WORDS in sent.text


def test_an_account_reports_so_often_and_no_more(client: Client) -> None:
    client.sign_in(resident())
    number = idea()
    answers = [client.send(f"/report?idea=CV-{number}", data=FORM) for _each in range(21)]
    assert [answer.status_code for answer in answers[-2:]] == [303, 429]
    assert reports()[0].reporter_id is not None


def test_a_report_needs_no_script_and_its_form_has_its_fields(client: Client) -> None:
    found = FormFinder(client.get(f"/report?idea=CV-{idea()}").text).forms[-1]
    assert found["method"] == "post"
    assert {"words", "email"} <= set(found["fields"])


def test_a_report_of_nothing_known_is_refused() -> None:
    with pytest.raises(NotHere):
        report(idea_id=2**31 - 1)
    with pytest.raises(Refusal, match="Choose what is wrong"):
        report(idea_id=idea(), category="rain")
