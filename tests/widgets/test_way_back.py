"""The way back: to the site that showed the widget, else the first that was typed, else none."""

from flask import Flask

from citizen_voice.db import write
from citizen_voice.widgets import queries, services
from citizen_voice.widgets.queries import WayBack
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.merging import joined
from tests.factories.people import resident
from tests.factories.widgets import stored, widget
from tests.habits.statements import counted

A, B, C = (f"https://{letter}.example.gov.uk" for letter in "abc")
HOST_A, HOST_B = "a.example.gov.uk", "b.example.gov.uk"
PRESS = "Press Support to support this idea."
YOUNG = "You can answer it here."


def framed(client: Client, number: int, site: str, **further: str) -> str:
    """A frame as a page of a site shows it."""
    headers = {"Referer": f"{site}/", "Sec-Fetch-Dest": "iframe", **further}
    return client.get(f"/widgets/{number}", headers=headers).text


def test_the_link_says_the_site_that_shows_the_widget_where_it_is_on_its_list(
    client: Client, app: Flask
) -> None:
    made = idea()
    number = widget("idea", idea_id=made, sites=(B, A))
    link = f"/ideas/CV-{made}?widget={number}"
    for site, host in ((A, HOST_A), (B, HOST_B)):
        page = framed(client, number, site)
        assert f'href="http://localhost{link}&amp;site={host}#answer"' in page
        shown = client.get(f"{link}&site={host}").text
        assert f"You came from {host}." in shown
        assert f'href="{site}/"' in shown
    assert f'href="http://localhost{link}#answer"' in framed(client, number, C)
    assert "site=" not in framed(client, number, C)
    assert "site=" not in client.get(f"/widgets/{number}").text


def test_two_sites_get_their_own_links_also_by_way_of_a_304(client: Client, app: Flask) -> None:
    number = widget("idea", idea_id=idea(), sites=(B, A))
    tags = {}
    for site, host in ((A, HOST_A), (B, HOST_B), (A, HOST_A), (B, HOST_B)):
        answer = client.get(f"/widgets/{number}", headers={"Referer": f"{site}/"})
        assert f"site={host}#" in answer.text
        tags[site] = answer.headers["ETag"]
    assert tags[A] != tags[B]
    for site, host, other in ((A, HOST_A, B), (B, HOST_B, A)):
        known = {"Referer": f"{site}/", "If-None-Match": tags[site]}
        assert client.get(f"/widgets/{number}", headers=known).status_code == 304
        strange = known | {"If-None-Match": tags[other]}
        answer = client.get(f"/widgets/{number}", headers=strange)
        assert answer.status_code == 200
        assert f"site={host}#" in answer.text


def test_without_a_known_site_it_leads_to_the_first_that_was_typed(
    client: Client, app: Flask
) -> None:
    made = idea()
    number = widget("idea", idea_id=made, sites=(B, A))
    for host in (None, "evil.example.org"):
        back = WayBack(f"{B}/", HOST_B, came=False)
        assert queries.way_back(number, host, made) == back
    shown = client.get(f"/ideas/CV-{made}?widget={number}").text
    assert "You came from" not in shown
    assert f"Back to {HOST_B}" in shown
    assert PRESS in shown


def test_the_order_in_which_sites_are_typed_again_counts(app: Flask) -> None:
    number = widget(sites=(B, A, C))
    for wanted in ((A, B, C), (C, A), (B, C, A), (B, "https://0.example.gov.uk", C)):
        with write():
            seen = services.mark(stored(number))
            again = services.Wanted(name="Parks", kind="changes")
            services.change(number, again, wanted, seen=seen, actor=None)
        assert queries.widget(number).origins == wanted


def test_a_return_address_comes_first_and_is_named_by_its_own_host(
    client: Client, app: Flask
) -> None:
    made = idea()
    there = f"{A}/parks"
    number = widget("idea", idea_id=made, sites=(B, A), return_address=there)
    assert queries.way_back(number, HOST_A, made) == WayBack(there, HOST_A, came=True)
    for host in (HOST_B, None):
        assert queries.way_back(number, host, made) == WayBack(there, HOST_A, came=False)
    shown = client.get(f"/ideas/CV-{made}?widget={number}&site={HOST_B}").text
    assert "You came from" not in shown
    assert f"Back to {HOST_A}" in shown


def test_a_widget_of_one_idea_leads_back_from_that_idea_alone(client: Client, app: Flask) -> None:
    asked = challenge()
    made, other, into = (idea(asked) for _time in range(3))
    of_one, of_many = widget("idea", idea_id=made, sites=(A,)), widget(sites=(A,))
    assert "Back to a." not in client.get(f"/ideas/CV-{other}?widget={of_one}").text
    assert "Back to a." in client.get(f"/ideas/CV-{other}?widget={of_many}").text
    joined(made, into)
    assert "Back to a." in client.get(f"/ideas/CV-{into}?widget={of_one}").text
    assert "Back to a." not in client.get(f"/ideas/CV-{other}?widget={of_one}").text
    with write():
        stored(of_one).idea_id = None
    assert "Back to a." not in client.get(f"/ideas/CV-{other}?widget={of_one}").text


def test_a_widget_that_was_taken_away_leads_back_nowhere(client: Client, app: Flask) -> None:
    made = idea()
    number = widget("idea", idea_id=made, sites=(A,))
    assert "Back to a." in client.get(f"/ideas/CV-{made}?widget={number}").text
    with write():
        services.end(number, actor=None)
    assert "Back to a." not in client.get(f"/ideas/CV-{made}?widget={number}").text
    with write():
        services.restore(number, actor=None)
    assert "Back to a." in client.get(f"/ideas/CV-{made}?widget={number}").text


def test_an_answer_keeps_the_widget_and_the_site(client: Client, app: Flask) -> None:
    made = idea()
    number = widget("idea", idea_id=made, sites=(B, A))
    client.sign_in(resident())
    query = f"widget={number}&site={HOST_A}"
    page = client.get(f"/ideas/CV-{made}?{query}").text
    for name, value in (("widget", number), ("site", HOST_A)):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    said = {"value": "support", "from": "page", "widget": str(number), "site": HOST_A}
    sent = client.send(f"/ideas/CV-{made}/answer", said)
    assert sent.location == f"/ideas/CV-{made}?done=answered&{query}#answer"


def test_nobody_under_18_is_asked_to_press(client: Client, app: Flask) -> None:
    made = idea()
    query = f"widget={widget(sites=(A,))}&site={HOST_A}"
    for age, words, never in (("teen", YOUNG, PRESS), ("adult", PRESS, YOUNG)):
        client.sign_in(resident(age=age))
        page = client.get(f"/ideas/CV-{made}?{query}").text
        assert words in page
        assert never not in page
        assert f"You came from {HOST_A}." in page


def test_the_frame_costs_the_same_with_many_sites(client: Client, app: Flask) -> None:
    made = idea()
    few = widget("idea", idea_id=made, sites=(B, A))
    many = widget("idea", idea_id=made, sites=tuple(f"{A}:{port}" for port in range(1, 41)))
    costs = []
    for number in (few, many):
        with write():
            stored(number).name = "Other"
        with counted() as statements:
            framed(client, number, A)
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 3
