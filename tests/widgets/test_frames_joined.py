"""Frames of ideas that were joined with others: they lead to what these are part of now."""

from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.merging import joined
from tests.factories.people import resident
from tests.habits.statements import counted
from tests.widgets.framing import MOST_STATEMENTS, Scene


def test_a_joined_idea_leads_to_the_one_that_it_is_part_of(client: Client, made: Scene) -> None:
    other = idea(made.challenge, title="More trees")
    joined(made.idea, other)
    assert "More trees" in client.get(made.own("idea")).text
    answer = client.get(made.path("idea") + "?scheme=dark")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/widgets/idea/CV-{other}?scheme=dark"


def test_a_hidden_idea_that_was_joined_leads_nowhere(client: Client, made: Scene) -> None:
    joined(made.idea, idea(made.challenge, title="More trees"))
    with write():
        ideas.hide(made.idea, actor=None, reason="It gives a phone number.")
    assert client.get(made.path("idea")).status_code == 410
    assert "More trees" not in client.get(made.own("idea")).text


def test_a_chain_of_joined_ideas_costs_what_one_does(client: Client, made: Scene) -> None:
    number = made.idea
    for title in ("More trees", "Many trees", "A wood"):
        further = idea(made.challenge, title=title)
        joined(number, further)
        number = further
    assert "A wood" in client.get(made.own("idea")).text
    resident()  # somebody commits something
    with counted() as statements:
        assert "A wood" in client.get(made.own("idea")).text
    assert len(statements) <= MOST_STATEMENTS, str(statements)
