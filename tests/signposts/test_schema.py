"""What pages tell programs of what they are about (schema.org)."""

from datetime import datetime
from typing import Any

from citizen_voice.answers import services as answers
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.models import Idea
from citizen_voice.site import services as site
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.signposts.reading import BASE, Item, items

SCHEMA = "https://schema.org/"


def only(client: Client, path: str) -> Item:
    answer = client.get(path)
    assert answer.status_code == 200
    (found,) = items(answer.text)
    return found


def test_an_idea_tells_what_the_page_shows(client: Client) -> None:
    asked = challenge()
    number = idea(asked, title='A "bench" & <more>', body="**Rest** here.", language="en")
    supporters = [resident() for _ in range(3)]
    with write():
        for person in supporters:
            answers.cast(person, number, "support")
    comment(number)
    found = only(client, f"/ideas/CV-{number}")
    assert found.kind == SCHEMA + "DiscussionForumPosting"
    assert found["headline"] == 'A "bench" & <more>'
    assert found["text"].strip() == "Rest here."
    assert found["url"] == f"{BASE}/ideas/CV-{number}"
    assert found["inLanguage"] == "en"
    assert found["author"].kind == SCHEMA + "Person"
    assert found["author"]["name"]
    published = db.session.get_one(Idea, number).published_at
    assert datetime.fromisoformat(found["datePublished"]) == published
    assert "dateModified" not in found.facts
    assert found["commentCount"] == "1"
    likes = found["interactionStatistic"]
    assert likes.kind == SCHEMA + "InteractionCounter"
    assert likes["interactionType"] == SCHEMA + "LikeAction"
    support = likes["userInteractionCount"]
    assert f'support--large"><b>{support}</b>' in client.get(f"/ideas/CV-{number}").text
    about = found["isPartOf"]
    assert (about.kind, about["name"]) == (SCHEMA + "Question", asked.question_en)
    assert about["url"] == f"{BASE}/challenges/{asked.slug}"


def test_in_welsh_its_addresses_and_its_question_are_welsh(client: Client) -> None:
    asked = challenge()
    number = idea(asked, language="cy")
    found = only(client, f"/cy/ideas/CV-{number}")
    assert found["url"] == f"{BASE}/cy/ideas/CV-{number}"
    assert found["inLanguage"] == "cy"
    assert found["isPartOf"]["name"] == asked.question_cy
    assert found["isPartOf"]["url"] == f"{BASE}/cy/challenges/{asked.slug}"


def test_an_edit_is_told_of(client: Client) -> None:
    author = resident()
    number = idea(author=author)
    with write():
        ideas.edit(number, author, **edited())
    found = only(client, f"/ideas/CV-{number}")
    assert datetime.fromisoformat(found["dateModified"])
    assert found["headline"] == "Two benches"


def edited() -> dict[str, Any]:
    return {
        "title": "Two benches",
        "body": "One each.",
        "language": "en",
        "topic_id": None,
        "ward_id": None,
    }


def test_ideas_that_are_not_for_everybody_tell_nothing(client: Client) -> None:
    author = resident()
    hidden, withdrawn = idea(author=author), idea(author=author)
    held = idea(challenge(moderation="before"), author)
    with write():
        ideas.hide(hidden, actor=None, reason="Names somebody")
        ideas.withdraw(withdrawn, author, why="happened", words="", language="en")
    client.sign_in(author)
    for number in (hidden, withdrawn, held):
        assert items(client.get(f"/ideas/CV-{number}").text) == []


def test_a_challenge_is_a_question_of_the_councils(client: Client) -> None:
    asked = challenge()
    idea(asked), idea(asked)
    for prefix, question in (("", asked.question_en), ("/cy", asked.question_cy)):
        found = only(client, f"{prefix}/challenges/{asked.slug}")
        assert (found.kind, found["name"]) == (SCHEMA + "Question", question)
        assert found["url"] == f"{BASE}{prefix}/challenges/{asked.slug}"
        assert found["answerCount"] == "2"
        assert found["author"].kind == SCHEMA + "GovernmentOrganization"


def test_home_tells_whose_site_it_is(client: Client) -> None:
    with write():
        site.change(
            name_en="Our Voice",
            council_en="Example Council",
            contact_email="voice@example.org",
            contact_phone="01632 960100",
            contact_address_en="Town Hall\nHigh Street",
        )
    found = only(client, "/")
    assert (found.kind, found["name"]) == (SCHEMA + "WebSite", "Our Voice")
    assert found["url"] == BASE + "/"
    council = found["publisher"]
    assert council.kind == SCHEMA + "GovernmentOrganization"
    assert council["name"] == "Example Council"
    assert council["email"] == "voice@example.org"
    assert council["telephone"] == "01632 960100"
    assert council["address"] == "Town Hall High Street"
    assert "logo" not in council.facts


def test_a_council_without_contacts_tells_none(client: Client) -> None:
    council = only(client, "/cy/")["publisher"]
    assert set(council.facts) == {"name"}


def test_lists_carry_none_of_it(client: Client) -> None:
    idea()
    for path in ("/ideas", "/challenges", "/pilots"):
        assert items(client.get(path).text) == []
