"""What staff screens of widgets cost: the same however many widgets, sites and views there are."""

from collections.abc import Iterator

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.team.models import ADMINISTRATOR
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.team import colleague
from tests.factories.widgets import refused, seen, widget
from tests.habits.statements import counted

MOST = 7
"""Settings, session, roles, the menu's counts; then the widget, its views, who was refused."""


@pytest.fixture(autouse=True)
def _at_one_moment(app: Flask) -> Iterator[None]:
    """However slow the machine: a session that is used for a minute is noted, which costs."""
    with clock.at(clock.now()):
        yield


def test_screens_cost_the_same_with_many_widgets_and_many_views(app: Flask) -> None:
    client = app.test_client()
    assert isinstance(client, Client)
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    number = widget("idea", idea_id=idea())
    addresses = (
        "/staff/widgets",
        f"/staff/widgets/{number}",
        f"/staff/widgets/{number}/edit",
        "/staff/widgets/new/top",
        "/staff/widgets/sites",
    )
    few = cost(client, addresses)
    for place in range(6):
        other = widget("idea", idea_id=idea(), sites=(f"https://s{place}.example.org",))
        for key in (other, number, None):
            seen(key, f"s{place}.example.org")
            refused(key, f"r{place}.example.org")
    assert cost(client, addresses) == few
    assert max(few.values()) <= MOST, few


def cost(client: Client, addresses: tuple[str, ...]) -> dict[str, int]:
    """Statements by address, at the second time, after a commit."""
    found = {}
    for address in addresses:
        client.get(address)
        widget()
        with counted() as statements:
            assert client.get(address).status_code == 200
        found[address] = len(statements)
    return found
