"""One idea at a time: the fewest answered first, each once, never one's own; and what is left."""

from sqlalchemy import update

from citizen_voice.answers import services as answering
from citizen_voice.db import db, write
from citizen_voice.ideas import services
from citizen_voice.ideas.models import IdeaListing
from tests.accounts.walk import ask, enter, letter
from tests.challenges.one import answered, asked_about, reply, skip_link, three
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import figures, idea
from tests.factories.people import resident


def test_the_fewest_answered_come_first_and_each_comes_once(client: Client) -> None:
    made = challenge()
    numbers = three(made)
    answered(numbers[0], 5)
    answered(numbers[1], 1)
    with write():
        services.reshuffle()
    reader = resident()
    client.sign_in(reader)
    page, seen = client.get(f"/challenges/{made.slug}/next"), []
    for value in ("support", "oppose", "skip"):
        number = asked_about(page.text)
        assert number is not None
        seen.append(number)
        sent = reply(client, number, value)
        assert sent.status_code == 303
        assert sent.location == f"/challenges/{made.slug}/next?last=CV-{number}"
        page = client.get(sent.location)
    assert seen == numbers[::-1]
    assert asked_about(page.text) is None
    assert "You have seen them all. Thank you." in page.text
    assert [figures(number) for number in numbers] == [(5, 0, 1), (1, 1, 0), (1, 0, 0)]


def test_ones_own_ideas_and_those_answered_elsewhere_do_not_come(client: Client) -> None:
    made, reader = challenge(), resident()
    idea(made, reader)
    before = idea(made)
    with write():
        answering.cast(reader, before, "oppose")
    client.sign_in(reader)
    page = client.get(f"/challenges/{made.slug}/next").text
    assert asked_about(page) is None
    assert "You have seen them all" in page
    other = idea(made)
    assert asked_about(client.get(f"/challenges/{made.slug}/next").text) == other


def test_only_what_can_be_answered_comes(client: Client) -> None:
    made = challenge()
    hidden, adopted, withdrawn = three(made, author := resident())
    idea(challenge())
    with write():
        services.hide(hidden, actor=None, reason="x")
        services.withdraw(withdrawn, author, why="happened", words="", language="en")
        decided = update(IdeaListing).where(IdeaListing.idea_id == adopted)
        db.session.execute(decided.values(stage="adopted"))
    client.sign_in(resident())
    assert asked_about(client.get(f"/challenges/{made.slug}/next").text) is None


def test_after_an_answer_it_says_so_and_undo_brings_the_idea_again(client: Client) -> None:
    made = challenge()
    three(made)
    client.sign_in(resident())
    number = asked_about(client.get(f"/challenges/{made.slug}/next").text)
    assert number is not None
    page = client.get(reply(client, number, "support").location).text
    assert "Counted. You support this:" in page
    assert f'action="/ideas/CV-{number}/answer"' in page.partition('class="one__bar"')[0]
    assert asked_about(page) != number
    undone = reply(client, number, "none")
    assert undone.location == f"/challenges/{made.slug}/next?again=CV-{number}"
    page = client.get(undone.location).text
    assert "Taken back." in page
    assert asked_about(page) == number
    assert figures(number) == (0, 0, 0)


def test_what_it_says_of_the_last_answer_is_true(client: Client) -> None:
    """Whatever an address claims: somebody else may have made it."""
    made, other = challenge(), challenge()
    three(made)
    elsewhere, secret = idea(other), idea(challenge(moderation="before"), title="A secret")
    reader = resident()
    with write():
        answering.cast(reader, elsewhere, "support")
    unanswered = idea(made, title="Never answered")
    client.sign_in(reader)
    for name in ("last", "again"):
        for ref in (f"CV-{elsewhere}", f"CV-{secret}", "CV-99999", "x", "CV-1' OR 1=1"):
            shown = client.get(f"/challenges/{made.slug}/next", query_string={name: ref})
            assert shown.status_code == 200
            assert "Counted" not in shown.text
            assert "Taken back" not in shown.text
            assert "A secret" not in shown.text
    page = client.get(f"/challenges/{made.slug}/next?last=CV-{unanswered}").text
    assert "Counted" not in page
    own = idea(made, reader)
    page = client.get(f"/challenges/{made.slug}/next?again=CV-{own}").text
    assert asked_about(page) != own


def test_where_support_is_all_that_counts_skip_only_goes_on(client: Client) -> None:
    made = challenge(ballot="support")
    numbers = three(made)
    client.sign_in(resident())
    page, seen = client.get(f"/challenges/{made.slug}/next").text, []
    for _ in range(3):
        assert 'value="oppose"' not in page
        assert 'value="skip"' not in page
        seen.append(asked_about(page))
        page = client.get(skip_link(page)).text
    assert sorted(number for number in seen if number) == sorted(numbers)
    assert "You have seen them all" in page
    assert "Go through them again" in page
    assert [figures(number) for number in numbers] == [(0, 0, 0)] * 3


def test_with_support_alone_an_answer_goes_on_from_where_one_was(client: Client) -> None:
    made = challenge(ballot="support")
    three(made)
    client.sign_in(resident())
    first = client.get(f"/challenges/{made.slug}/next").text
    second = client.get(skip_link(first)).text
    number = asked_about(second)
    assert number is not None
    third = client.get(reply(client, number, "support").location).text
    assert asked_about(third) not in (None, asked_about(first), number)


def test_a_visitor_reads_them_and_skips_on(client: Client) -> None:
    made = challenge()
    numbers = three(made)
    page, seen = client.get(f"/challenges/{made.slug}/next").text, []
    for _ in range(3):
        seen.append(asked_about(page))
        page = client.get(skip_link(page)).text
    assert sorted(number for number in seen if number) == sorted(numbers)
    assert "You have seen them all" in page


def test_a_visitors_answer_goes_through_sign_in_and_on_to_the_next(client: Client) -> None:
    made = challenge()
    three(made)
    resident(email="ada@example.org")
    first = client.get(f"/challenges/{made.slug}/next").text
    second = client.get(skip_link(first)).text
    number = asked_about(second)
    assert number is not None
    sent = client.post(f"/ideas/CV-{number}/answer", data={"value": "support", "from": "next"})
    assert sent.location == "/sign-in"
    ask(client, "ada@example.org")
    landed = enter(client, letter("ada@example.org").code)
    assert landed.location.endswith(f"/challenges/{made.slug}/next?last=CV-{number}")
    client.csrf = None
    page = client.get(landed.location).text
    assert "Counted. You support this:" in page
    third = asked_about(page)
    assert third not in (None, number, asked_about(first))
    page = client.get(reply(client, third or 0, "support").location).text
    assert asked_about(page) == asked_about(first), "what was passed over comes at the end"
