"""Ideas as a file: what the list shows, each once, and nothing of what it does not show."""

import re

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answering
from citizen_voice.challenges.models import Challenge
from citizen_voice.challenges.services import slugs
from citizen_voice.db import db, write
from citizen_voice.exports import queries
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import LISTED_STAGES
from citizen_voice.ideas.queries import Filters
from tests.client import Client
from tests.exports.reading import column, headings, read
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide
from tests.factories.people import resident
from tests.factories.places import ward
from tests.factories.replies import reply, working_day

FILE = "/exports/ideas.csv"


@pytest.fixture
def asked(app: Flask) -> Challenge:
    return challenge(ballot="opinion", topics=("Parks",))


def answered(number: int, value: str) -> None:
    """Somebody answers."""
    person = resident()
    with write():
        answering.cast(person, number, value)


def on_pages(client: Client, address: str) -> list[str]:
    """The references of all cards of a list."""
    found: list[str] = []
    following: str | None = address
    while following:
        text = client.get(following).text
        listing = text[text.index('id="listing"') :]
        found += dict.fromkeys(re.findall(r'href="/ideas/(CV-\d+)"', listing))
        more = re.search(r'<a class="button button--quiet" href="([^"]+)"[^>]*data-more', text)
        following = more and more[1].replace("&amp;", "&")
    return found


def test_a_row_says_what_the_page_says(client: Client, asked: Challenge) -> None:
    place, person = ward("Castle"), resident(name="Sam Price")
    number = idea(asked, person, title="A bench", body="To **rest**.", ward_id=place)
    for value in ("support", "support", "oppose", "skip"):
        answered(number, value)
    again = working_day(40)
    reply(number, outcome="will-do", reason_en="In spring.", team_en="Parks team", next_on=again)
    (row,) = read(client, FILE)
    today = clock.today().isoformat()
    assert row == {
        "Reference": f"CV-{number}",
        "Title": "A bench",
        "Words": "To **rest**.",
        "Language": "en",
        "Challenge": asked.question_en,
        "Topic": "",
        "Ward": "Castle",
        "Stage": "Open for support",
        "Published": today,
        "Edited": "",
        "Supporters": "2",
        "Not for me": "1",
        "Reply": "We’ll do it.",
        "Why": "In spring.",
        "Who replied": "Parks team",
        "Replied": today,
        "More by": again.isoformat(),
        "Address": f"http://localhost/ideas/CV-{number}",
    }
    assert "Sam Price" not in client.get(FILE).text


def test_where_only_support_is_asked_nothing_is_said_against(client: Client) -> None:
    idea(challenge(ballot="support"))
    (row,) = read(client, FILE)
    assert row["Not for me"] == ""


def test_an_edit_says_its_day(client: Client, asked: Challenge) -> None:
    person = resident()
    number = idea(asked, person)
    with write():
        ideas.edit(
            number,
            person,
            title="Two benches",
            body="",
            language="en",
            topic_id=None,
            ward_id=None,
        )
    (row,) = read(client, FILE)
    assert (row["Title"], row["Edited"]) == ("Two benches", clock.today().isoformat())


def test_after_the_end_the_stage_is_the_page_s(client: Client, asked: Challenge) -> None:
    waits, replied = idea(asked), idea(asked)
    reply(replied)
    close(asked)
    found = {row["Reference"]: row["Stage"] for row in read(client, FILE)}
    for number in (waits, replied):
        stage = found[f"CV-{number}"]
        assert (
            f'<span class="tag tag--open">{stage}</span>' in client.get(f"/ideas/CV-{number}").text
        )
    assert len(set(found.values())) == 2


@pytest.mark.parametrize("order", ["newest", "supported"])
def test_the_file_has_the_rows_of_the_page(client: Client, asked: Challenge, order: str) -> None:
    for _ in range(23):
        idea(asked)
    other = idea()
    shown = on_pages(client, f"/ideas?order={order}")
    newest = column(read(client, f"{FILE}?order=newest"), "Reference")
    assert len(shown) == 24
    assert sorted(newest) == sorted(shown)
    if order == "newest":
        assert newest == shown
    by_number = column(read(client, FILE), "Reference")
    assert by_number == sorted(shown)
    of_it = column(read(client, f"/exports/challenges/{asked.slug}/ideas.csv"), "Reference")
    assert sorted(of_it) == sorted(set(shown) - {f"CV-{other}"})


def test_filters_narrow_as_on_the_page(client: Client, asked: Challenge) -> None:
    place = ward("Castle")
    topic = db.session.execute(db.text("SELECT id FROM topics")).scalar_one()
    here, there = idea(asked, ward_id=place), idea(asked, topic_id=topic)
    with write():
        ideas.shortlist(there, actor=None, reason="It can be tried.")
    of_challenge = f"/exports/challenges/{asked.slug}/ideas.csv"
    for query, number in (
        (f"ward={place}", here),
        ("stage=shortlisted", there),
        (f"stage=open&ward={place}&topic=&order=newest", here),
    ):
        for address in (FILE, of_challenge):
            rows = read(client, f"{address}?{query}")
            assert column(rows, "Reference") == [f"CV-{number}"], query
    assert column(read(client, f"{of_challenge}?topic={topic}"), "Reference") == [f"CV-{there}"]
    assert read(client, f"{FILE}?ward=999999999") == []


@pytest.mark.parametrize("query", ["q=bench", "q=bench&order=newest", "q=bench+tree", "q=nothing"])
def test_a_search_finds_what_the_page_finds(client: Client, asked: Challenge, query: str) -> None:
    for number in range(22):
        idea(asked, title=f"A bench at {number} High Street")
    idea(asked, title="A tree")
    shown = on_pages(client, f"/ideas?{query}")
    assert column(read(client, f"{FILE}?{query}"), "Reference") == shown


def test_a_reference_is_found(client: Client, asked: Challenge) -> None:
    numbers = [idea(asked) for _ in range(3)]
    found = read(client, f"{FILE}?q=cv-{numbers[1]}")
    assert column(found, "Reference") == [f"CV-{numbers[1]}"]


@pytest.mark.parametrize(
    "query",
    [
        "stage=merged",
        "stage=nonsense",
        "ward=x",
        "ward=9999999999",
        "topic=1.5",
        "topic=%C2%B2",
        "order=supported",
        "order=best",
        "q=bench&order=number",
        "order=number%00",
    ],
)
def test_a_list_that_cannot_be_is_refused_on_a_page(client: Client, query: str) -> None:
    answer = client.get(f"{FILE}?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "text/html"
    assert "That list is not there." in answer.text


def test_what_is_no_list_of_a_challenge(client: Client, asked: Challenge) -> None:
    assert client.get("/exports/challenges/nothing/ideas.csv").status_code == 404
    draft = challenge(published=False)
    assert client.get(f"/exports/challenges/{draft.slug}/ideas.csv").status_code == 404


def test_what_is_hidden_or_taken_back_is_gone_at_once(client: Client, asked: Challenge) -> None:
    person = resident()
    stays, hidden, back = idea(asked), idea(asked), idea(asked, person)
    assert len(read(client, FILE)) == 3
    decide(case(idea_id=hidden), "hide")
    assert column(read(client, FILE), "Reference") == [f"CV-{stays}", f"CV-{back}"]
    with write():
        ideas.withdraw(back, person, why="happened", words="", language="en")
    assert column(read(client, FILE), "Reference") == [f"CV-{stays}"]
    assert column(read(client, f"{FILE}?q=bench"), "Reference") == [f"CV-{stays}"]


def test_words_that_were_erased_are_gone_at_once(client: Client, asked: Challenge) -> None:
    person = resident()
    idea(asked, person, title="My secret garden")
    with write():
        accounts.leave(person, remove_words=True)
    assert "secret" not in client.get(FILE).text


@pytest.mark.parametrize(
    "words",
    ['=HYPERLINK("http://evil.example")', "+1 for this", "@SUM(A1)", '"; DROP, "quoted"', "-2+3"],
)
def test_hostile_words_calculate_nothing(client: Client, asked: Challenge, words: str) -> None:
    idea(asked, title=words, body=f"{words}\n{words}, and\nmore")
    (row,) = read(client, FILE)
    for cell in (row["Title"], row["Words"]):
        assert cell.removeprefix("'").startswith(words)
        assert not cell.startswith(("=", "+", "-", "@"))


def test_in_welsh(client: Client, asked: Challenge) -> None:
    number = idea(asked, language="cy", title="Mainc wrth yr afon")
    (row,) = read(client, f"/cy{FILE}")
    values = list(row.values())
    assert values[2:5] == ["So that people can rest.", "cy", asked.question_cy]
    assert values[-1] == f"http://localhost/cy/ideas/CV-{number}"
    assert headings(client, f"/cy{FILE}")[0] == "Cyfeirnod"
    assert headings(client, f"/cy{FILE}") != headings(client, FILE)


def test_everybody_gets_the_same(client: Client, asked: Challenge) -> None:
    person = resident()
    idea(asked, person)
    visitor = client.get(FILE)
    client.sign_in(person)
    answer = client.get(FILE)
    assert answer.data == visitor.data
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "Vary" not in answer.headers
    assert "ETag" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert re.fullmatch(
        r'attachment; filename="ideas-\d{4}-\d\d-\d\d\.csv"', answer.headers["Content-Disposition"]
    )


def test_head_has_no_body(client: Client, asked: Challenge) -> None:
    idea(asked)
    answer = client.head(FILE)
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.mimetype == "text/csv"
    assert client.head(f"{FILE}?stage=x").status_code == 400


@pytest.mark.parametrize("order", queries.ORDERS)
def test_each_is_there_once_while_others_write(
    app: Flask, asked: Challenge, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setattr(queries, "CHUNK", 4)
    queries._ideas.cache_clear()  # statements have their length written in
    numbers = [idea(asked) for _ in range(10)]
    found = []
    for at, row in enumerate(queries.ideas(order, Filters())):
        found.append(row.id)
        if at == 1:
            decide(case(idea_id=numbers[5]), "hide")
            idea(asked)
            answered(numbers[7], "support")
    queries._ideas.cache_clear()
    assert len(found) == len(set(found))
    assert set(numbers) - {numbers[5]} <= set(found)
    assert numbers[5] not in found


def test_every_stage_of_the_list_can_be_asked_for(client: Client, asked: Challenge) -> None:
    idea(asked)
    for stage in LISTED_STAGES:
        assert len(read(client, f"{FILE}?stage={stage}")) == (stage == "open")


def test_a_former_address_of_a_challenge_leads_on(client: Client) -> None:
    made = challenge(slug="before")
    with write():
        slugs.change(db.session.get_one(Challenge, made.id), "after")
    answer = client.get("/exports/challenges/before/ideas.csv?stage=open")
    assert answer.location == "/exports/challenges/after/ideas.csv?stage=open"
