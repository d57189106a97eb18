"""Challenges as a file, and the page that says what there is to download."""

import re
from datetime import timedelta

from citizen_voice import clock
from citizen_voice.answers import services as answering
from citizen_voice.challenges.services import acts
from citizen_voice.db import write
from tests.client import Client
from tests.exports.reading import column, headings, read
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide
from tests.factories.people import resident

FILE = "/exports/challenges.csv"


def test_a_row_says_what_the_card_says(client: Client) -> None:
    asked = challenge(replies_by=clock.today() + timedelta(days=60))
    number, hidden = idea(asked), idea(asked)
    person = resident()
    with write():
        answering.cast(person, number, "support")
    decide(case(idea_id=hidden), "hide")
    (row,) = read(client, FILE)
    assert row == {
        "Challenge": asked.question_en,
        "Standing": "Open now",
        "Opens": asked.opens_on.isoformat(),
        "Closes": asked.closes_on.isoformat(),
        "Ideas": "1",
        "Answers": "1",
        "Who replies": "Streets team",
        "Replies by": asked.replies_by and asked.replies_by.isoformat(),
        "Address": f"http://localhost/challenges/{asked.slug}",
    }


def test_the_file_has_the_challenges_of_the_page_in_its_order(client: Client) -> None:
    closed, opened, gone = challenge(), challenge(), challenge()
    coming = challenge(opens=clock.today() + timedelta(days=3))
    challenge(published=False)
    close(closed)
    close(gone)
    with write():
        acts.archive(gone.id, actor=None)
    rows = read(client, FILE)
    slugs = [address.rsplit("/", 1)[1] for address in column(rows, "Address")]
    assert slugs == [opened.slug, coming.slug, closed.slug]
    page = client.get("/challenges").text
    assert slugs == re.findall(r'href="/challenges/([^"/]+)"', page[page.index("<main") :])
    assert column(rows, "Standing") == ["Open now", "Opens soon", "Closed"]
    assert rows[1]["Ideas"] == rows[1]["Answers"] == ""


def test_in_welsh(client: Client) -> None:
    asked = challenge()
    (row,) = read(client, f"/cy{FILE}")
    assert next(iter(row.values())) == asked.question_cy
    assert headings(client, f"/cy{FILE}")[0] == "Her"


def test_the_page_of_open_data_leads_to_every_file(client: Client) -> None:
    for start in ("", "/cy"):
        page = client.get(f"{start}/open-data")
        assert page.status_code == 200
        main = page.text[page.text.index("<main") : page.text.index("</main>")]
        files = re.findall(r'href="([^"]+\.csv)"', main)
        assert len(files) == 6
        further = re.findall(r'href="([^"]+(?:\.atom|/docs))"', main)
        for address in (*files, *further):
            assert address.startswith(start)
            assert client.get(address).status_code == 200
    assert '<a href="/open-data">Open data</a>' in client.get("/").text


def test_pages_lead_to_the_files_of_their_lists(client: Client) -> None:
    asked = challenge()
    idea(asked, title="A bench")
    for address, file in (
        ("/ideas?stage=open&order=supported", "/exports/ideas.csv?stage=open"),
        ("/ideas?q=bench", "/exports/ideas.csv?q=bench"),
        (f"/challenges/{asked.slug}", f"/exports/challenges/{asked.slug}/ideas.csv"),
        ("/challenges", FILE),
    ):
        assert f'href="{file}" download' in client.get(address).text
        assert client.get(file).status_code == 200
