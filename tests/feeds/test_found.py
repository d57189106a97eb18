"""Every page that has a feed names it, to programs and to people."""

from datetime import timedelta
from html import escape

import pytest

from citizen_voice import clock
from citizen_voice.team.models import ADMINISTRATOR
from tests.client import HTMX, Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea
from tests.factories.pilots import a_pilot, shortlisted
from tests.factories.team import colleague
from tests.feeds.reading import feed, named_by, refs


@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_each_page_names_its_feed(client: Client, prefix: str) -> None:
    asked, coming = challenge(), challenge(opens=clock.today() + timedelta(days=3))
    trial = a_pilot(*shortlisted([idea(asked)]))
    pages = {
        "/ideas": "/feeds/ideas.atom",
        "/changes": "/feeds/changes.atom",
        f"/challenges/{asked.slug}": f"/feeds/challenges/{asked.slug}.atom",
        f"/challenges/{asked.slug}/changes": f"/feeds/challenges/{asked.slug}/changes.atom",
        f"/pilots/CVT-{trial}": f"/feeds/pilots/CVT-{trial}.atom",
    }
    for page, address in pages.items():
        assert named_by(client, prefix + page) == prefix + address
        found = feed(client, prefix + address)
        assert found.feed.link.partition("?")[0] == f"http://localhost{prefix}{page}"
        assert found.entries
    assert feed(client, named_by(client, f"{prefix}/challenges/{coming.slug}")).entries == []
    close(asked)
    assert feed(client, named_by(client, f"{prefix}/challenges/{asked.slug}")).entries


def test_a_list_that_is_narrowed_names_its_own(client: Client) -> None:
    number = idea(title="A tap")
    idea()
    for query, found in (("q=tap", [f"CV-{number}"]), ("stage=adopted&order=supported", [])):
        address = named_by(client, f"/ideas?{query}")
        assert "order" not in address
        assert refs(client, address) == found


def test_so_does_a_list_that_changes_in_place(client: Client) -> None:
    asked = challenge()
    number = idea(asked)
    for page, address in (
        ("/ideas", "/feeds/ideas.atom"),
        (f"/challenges/{asked.slug}", f"/feeds/challenges/{asked.slug}.atom"),
    ):
        part = HTMX | {"HX-Target": "section#listing"}
        html = client.get(f"{page}?stage=open&q=bench", headers=part).text
        assert "<main" not in html
        named = f"{address}?q=bench&stage=open"
        assert f'<a href="{escape(named)}"' in html
        assert refs(client, named) == [f"CV-{number}"]


def test_a_preview_has_none(client: Client) -> None:
    draft = challenge(published=False)
    client.sign_in(colleague(ADMINISTRATOR), staff=True)
    page = client.get(f"/staff/challenges/{draft.id}/preview")
    assert page.status_code == 200
    assert "atom+xml" not in page.text
