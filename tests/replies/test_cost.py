"""Pages about replies ask the database for little, however many there are."""

from flask import Flask

from citizen_voice.answers import services as answering
from citizen_voice.db import write
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.replies import reply
from tests.factories.team import colleague
from tests.habits.statements import counted


def cost(client: Client, address: str, spare: int) -> int:
    """How many statements a page sends, at the second time."""
    client.get(address)
    reply(spare)  # somebody commits
    with counted() as statements:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(statements)


def test_pages_about_replies_and_news_cost_the_same_with_many(app: Flask, client: Client) -> None:
    asked, reader, moderator = challenge(), resident(), colleague()
    numbers, spare = [idea(asked) for _ in range(20)], idea()
    for number in numbers:
        with write():
            answering.cast(reader, number, "support")
    reply(numbers[0])
    public = (f"/ideas/CV-{numbers[0]}", f"/challenges/{asked.slug}", "/news")
    staff = (
        "/staff/replies?reply=1",
        f"/staff/replies/new?idea=CV-{numbers[0]}&idea=CV-{numbers[1]}",
        "/staff/replies/sent",
        "/staff/replies/1",
        f"/staff/ideas/CV-{numbers[1]}/stage",
    )
    other = app.test_client()
    assert isinstance(other, Client)
    client.sign_in(reader)
    other.sign_in(moderator, staff=True)

    def costs() -> dict[str, int]:
        found = {address: cost(client, address, spare) for address in public}
        return found | {address: cost(other, address, spare) for address in staff}

    few = costs()
    for number in numbers:
        reply(*numbers, reason_en=f"Reason {number}")
    assert costs() == few
    budgets = dict(zip(public, (2, 3, 4), strict=True))
    dear = {
        address: number
        for address, number in few.items()
        if number > budgets.get(address, 4) + (2 if address in public else 3)
    }
    assert not dear
