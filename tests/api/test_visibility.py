"""Who sees what: the same as on the pages, and gone with the next request."""

from datetime import timedelta

from citizen_voice import clock
from citizen_voice.accounts import erasures
from citizen_voice.challenges.models import BEFORE
from citizen_voice.comments import services as comments
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from tests.api.conftest import Site
from tests.api.generic import Api
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment, reply
from tests.factories.ideas import idea
from tests.factories.merging import joined
from tests.factories.people import resident

LISTS = ("newest", "supported", "number")


def refs(client: Client, order: str = "number") -> set[str]:
    """The ideas of the whole list."""
    pages = Api(client).pages("ideas", limit=100, order=order)
    return {each["ref"] for page in pages for each in page["ideas"]}


def test_a_hidden_idea_is_gone_with_the_next_request(client: Client, site: Site) -> None:
    number = idea(site.first, title="Ask Ada of Mill Lane")
    api, ref = Api(client), f"CV-{number}"
    tags = {
        path: client.get(f"/api/v1{path}").headers["ETag"]
        for path in (f"/ideas/{ref}", f"/ideas/{ref}/comments", "/ideas", "/ideas?order=supported")
    }
    with write():
        ideas.hide(number, actor=None, reason="Names somebody")
    for path, tag in tags.items():
        answer = client.get(f"/api/v1{path}", headers={"If-None-Match": tag})
        assert answer.status_code == (410 if ref in path else 200), path
        assert "Mill Lane" not in answer.text
        assert "Names somebody" not in answer.text
    gone = api.ask("idea", ref=ref)
    assert gone.mimetype == "application/problem+json"
    assert gone.get_json(force=True)["status"] == 410
    assert all(ref not in refs(client, order) for order in LISTS)


def test_an_idea_that_is_held_is_not_there(client: Client) -> None:
    held = idea(challenge(moderation=BEFORE))
    api = Api(client)
    for operation in ("idea", "comments"):
        assert api.ask(operation, ref=f"CV-{held}").status_code == 404
    assert refs(client) == set()


def test_who_is_signed_in_sees_no_more(client: Client) -> None:
    author = resident()
    held = idea(challenge(moderation=BEFORE), author)
    client.sign_in(author)
    assert client.get(f"/ideas/CV-{held}").status_code == 200
    answer = client.get(f"/api/v1/ideas/CV-{held}")
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_an_idea_taken_back_is_off_the_lists(client: Client, site: Site) -> None:
    author = resident()
    number = idea(site.first, author)
    with write():
        ideas.withdraw(number, author, why="happened", words="", language="en")
    api, ref = Api(client), f"CV-{number}"
    found = api.ask("idea", ref=ref).get_json()
    assert (found["stage"], found["comments"], found["reply"]) == ("withdrawn", None, None)
    assert api.ask("comments", ref=ref).status_code == 404
    assert ref not in refs(client)


def test_a_joined_idea_leads_to_the_one_that_stays(client: Client, site: Site) -> None:
    number, stays = idea(site.first), site.ideas[3]
    joined(number, stays)
    api = Api(client)
    for operation, rest in (("idea", ""), ("comments", "/comments")):
        answer = api.ask(operation, ref=f"CV-{number}")
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith(f"/api/v1/ideas/CV-{stays}{rest}")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert f"CV-{number}" not in refs(client)


def test_what_an_erased_person_wrote_is_gone(client: Client, site: Site) -> None:
    author = resident(name="Megan")
    number = idea(site.first, author, title="By the house of my aunt", body="At number 4.")
    comment(site.ideas[3], author, body="I live at number 6.")
    api = Api(client)
    assert "Megan" in api.ask("idea", ref=f"CV-{number}").text
    assert "number 6" in api.ask("comments", ref=f"CV-{site.ideas[3]}").text
    with write():
        erasures.erase(author, remove_words=True)
    said = [
        api.ask("idea", ref=f"CV-{number}").text,
        api.ask("comments", ref=f"CV-{site.ideas[3]}").text,
        *(str(page) for page in api.pages("ideas", limit=100)),
    ]
    for word in ("Megan", "my aunt", "number 4", "number 6"):
        assert not any(word in each for each in said), word


def test_comments_taken_away_and_hidden_leave_no_words(client: Client, site: Site) -> None:
    author, number = resident(name="Megan"), site.ideas[3]
    first, second = (comment(number, author, body=f"Word {at}.") for at in (1, 2))
    reply(first, body="Indeed.")
    with write():
        comments.remove(first, author)
    with write():
        comments.hide(second, actor=None, reason="Names somebody")
    answer = Api(client).ask("comments", ref=f"CV-{number}")
    shown = {each["id"]: each for each in answer.get_json()["comments"]}
    assert "Word" not in answer.text
    assert "Megan" not in answer.text
    assert (shown[str(first)]["state"], shown[str(first)]["author"]) == ("removed", None)
    assert str(second) not in shown


def test_a_challenge_that_is_no_more_than_a_draft_is_not_there(client: Client, site: Site) -> None:
    draft = challenge(published=False)
    api = Api(client)
    assert api.ask("challenge", slug=draft.slug).status_code == 404
    for operation in ("ideas", "changes"):
        assert api.ask(operation, challenge=draft.slug).status_code == 404
    assert draft.slug not in api.ask("challenges").text
    assert site.first.slug in api.ask("challenges").text


def test_a_challenge_to_come_is_told(client: Client) -> None:
    made = challenge(opens=clock.today() + timedelta(days=3))
    assert Api(client).ask("challenge", slug=made.slug).get_json()["state"] == "upcoming"
