"""From a frame to an idea: opening its page counts nothing, one press does, then the way back."""

import re
from html import unescape

import pytest
from flask import Flask

from citizen_voice.answers import services as answers
from citizen_voice.db import write
from tests.accounts import walk
from tests.client import HTMX, Client, FormFinder
from tests.factories.challenges import challenge, close
from tests.factories.ideas import figures, idea
from tests.factories.merging import joined
from tests.factories.people import resident
from tests.widgets.embedding import BACK, HOST, allow_everywhere, embedded

CAME = f"You came from {HOST}."
PRESS = "Press Support to support this idea."
SUPPORTED = "You support this idea."
WAY_BACK = f"Back to {HOST}"


@pytest.fixture(params=["widget", "site"])
def query(app: Flask, request: pytest.FixtureRequest) -> str:
    """What a frame's link says: of a widget, or of a frame that nobody made."""
    if request.param == "widget":
        return f"widget={embedded()}&site={HOST}"
    allow_everywhere()
    return f"site={HOST}"


def links(html: str) -> list[tuple[str, str]]:
    """The links that lead back: address and words."""
    found = re.findall(r'<a [^>]*href="(https?://[^"]+)"[^>]*>(.*?)</a>', html, re.DOTALL)
    words = [(unescape(at), re.sub(r"<[^>]+>", "", inner).strip()) for at, inner in found]
    return [each for each in words if HOST in each[1]]


def fields(html: str, number: int) -> dict[str, str]:
    """The fields of the form that answers an idea."""
    [form] = [
        form
        for form in FormFinder(html).forms
        if form["action"].endswith(f"/ideas/CV-{number}/answer")
    ]
    found: dict[str, str] = form["fields"]
    return found


def test_opening_the_link_counts_nothing_and_asks_for_one_press(client: Client, query: str) -> None:
    number = idea()
    for path in ("", "/cy"):
        page = client.get(f"{path}/ideas/CV-{number}?{query}")
        assert page.status_code == 200
        assert fields(page.text, number)["from"] == "page"
        client.head(f"{path}/ideas/CV-{number}?{query}")
    page = client.get(f"/ideas/CV-{number}?{query}")
    assert CAME in page.text
    assert PRESS in page.text
    assert len(links(page.text)) == 1
    assert page.text.count("/answer") == 2  # one form: its action, and htmx's
    ids = re.findall(r' id="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))
    assert figures(number) == (0, 0, 0)
    assert "Set-Cookie" not in page.headers


def test_the_address_alone_counts_nothing_for_who_is_signed_in(client: Client, query: str) -> None:
    number = idea()
    client.sign_in(resident())
    page = client.get(f"/ideas/CV-{number}?{query}&value=support&done=answered")
    assert figures(number) == (0, 0, 0)
    assert PRESS in page.text
    assert SUPPORTED not in page.text


@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_a_visitor_signs_in_is_counted_once_and_finds_the_way_back(
    client: Client, query: str, prefix: str
) -> None:
    number = idea()
    page = client.get(f"{prefix}/ideas/CV-{number}?{query}")
    client.post(
        f"{prefix}/ideas/CV-{number}/answer", data=fields(page.text, number) | {"value": "support"}
    )
    assert figures(number) == (0, 0, 0)
    landed = walk.sign_in(client)
    assert landed.location == f"{prefix}/ideas/CV-{number}?done=answered&{query}#answer"
    assert figures(number) == (1, 0, 0)
    shown = client.get(landed.location).text
    assert figures(number) == (1, 0, 0)
    assert len(links(shown)) == 1
    if not prefix:
        assert SUPPORTED in shown
        assert PRESS not in shown


def test_the_way_back_is_the_widget_s_return_address_or_the_site_s_root(client: Client) -> None:
    number = idea()
    told, silent = embedded(return_address=BACK), embedded(return_address="")
    assert links(client.get(f"/ideas/CV-{number}?widget={told}").text) == [(BACK, WAY_BACK)]
    [(address, words)] = links(client.get(f"/ideas/CV-{number}?widget={silent}").text)
    assert (address.rstrip("/"), words) == (f"https://{HOST}", WAY_BACK)


def test_without_scripts_every_answer_keeps_the_way_back(client: Client, query: str) -> None:
    number = idea(challenge(ballot="opinion"))
    client.sign_in(resident())
    for value, done in (("support", "answered"), ("oppose", "answered"), ("none", "taken-back")):
        page = client.get(f"/ideas/CV-{number}?{query}")
        sent = client.post(
            f"/ideas/CV-{number}/answer", data=fields(page.text, number) | {"value": value}
        )
        assert sent.location == f"/ideas/CV-{number}?done={done}&{query}#answer"
        assert len(links(client.get(sent.location).text)) == 1
    assert figures(number) == (0, 0, 0)


def test_the_fragment_that_htmx_gets_keeps_the_way_back(client: Client, query: str) -> None:
    number = idea()
    client.sign_in(resident())
    shown = client.get(f"/ideas/CV-{number}?{query}").text
    for value, words in (("support", SUPPORTED), ("none", PRESS), ("support", SUPPORTED)):
        shown = client.post(
            f"/ideas/CV-{number}/answer",
            data=fields(shown, number) | {"value": value},
            headers=HTMX | {"HX-Target": "section#answer"},
        ).text
        assert shown.lstrip().startswith("<section")
        assert words in shown
        assert len(links(shown)) == 1
    assert figures(number) == (1, 0, 0)


def test_who_answered_before_sees_it_and_the_way_back(client: Client, query: str) -> None:
    number, other, person = idea(), idea(), resident()
    with write():
        answers.cast(person, number, "support")
    client.sign_in(person)
    shown = client.get(f"/ideas/CV-{number}?{query}").text
    assert SUPPORTED in shown
    assert PRESS not in shown
    assert len(links(shown)) == 1
    assert SUPPORTED not in client.get(f"/ideas/CV-{other}?{query}").text


def test_a_closed_idea_asks_for_nothing_and_leads_back(client: Client, query: str) -> None:
    made = challenge()
    number = idea(made)
    close(made)
    shown = client.get(f"/ideas/CV-{number}?{query}").text
    assert CAME in shown
    assert PRESS not in shown
    assert len(links(shown)) == 1


def test_an_idea_that_was_joined_leads_on_with_where_they_came_from(
    client: Client, query: str
) -> None:
    asked = challenge()
    first, second = idea(asked), idea(asked)
    joined(first, second)
    led = client.get(f"/ideas/CV-{first}?{query}&done=answered")
    assert led.location == f"/ideas/CV-{second}?{query}"
    assert len(links(client.get(led.location).text)) == 1


def test_nothing_celebrates_for_who_is_under_18(client: Client, query: str) -> None:
    number = idea()
    client.sign_in(resident(age="teen"))
    page = client.get(f"/ideas/CV-{number}?{query}")
    sent = client.post(
        f"/ideas/CV-{number}/answer", data=fields(page.text, number) | {"value": "support"}
    )
    shown = client.get(sent.location).text
    assert SUPPORTED in shown
    assert len(links(shown)) == 1
    assert "Thank you" not in shown
    assert "Share it" not in shown
