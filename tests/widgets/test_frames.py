"""The five kinds of frame: what they say, and what is left of them when their subject goes."""

import re
from html.parser import HTMLParser

import pytest

from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.queries.choices import names
from citizen_voice.pilots.queries import trials
from citizen_voice.replies import services as replies
from citizen_voice.widgets import services
from tests.client import Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.pilots import decided
from tests.habits.markup import Offences
from tests.habits.statements import counted
from tests.widgets.framing import (
    GONE,
    HOST,
    KINDS,
    MOST_STATEMENTS,
    SITE,
    Scene,
    allowed,
    measured,
    support,
    text,
    widget,
)


class Tags(HTMLParser):
    """Every tag of a document with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("prefix", ["", "/cy"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_is_a_small_document_with_links_that_leave_it(
    client: Client, made: Scene, kind: str, prefix: str
) -> None:
    for path in (prefix + made.path(kind), made.own(kind)):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert not Offences(answer.text).found
        tags = Tags(answer.text).found
        names = [name for name, _given in tags]
        assert names.count("h1") == names.count("title") == names.count("main") == 1
        assert not {"form", "input", "iframe", "img", "style"} & set(names)
        links = [given for name, given in tags if name == "a"]
        assert links
        for link in links:
            assert link["target"] == "_top"
            assert str(link["href"]).startswith("http://localhost/"), link
        assert not [given for _name, given in tags if "style" in given]
        language = "cy" if path.startswith("/cy") else "en"
        assert ("html", {"lang": language}) in tags
        if language == "cy":
            assert all("/cy" in str(link["href"]) for link in links)
        assert not answer.headers.getlist("Set-Cookie")


def test_an_idea_says_what_its_card_says(client: Client, made: Scene) -> None:
    said = text(client.get(made.own("idea")).text)
    assert "Trees on Castle Street" in said
    assert "Shade for all of us." in said
    assert "2 supporters" in said
    assert "Open for support" in said
    assert "Council reply: We won’t do this." in said
    link = f"http://localhost/ideas/CV-{made.idea}?widget={made.widgets['idea']}#answer"
    assert f'href="{link}"' in client.get(made.own("idea")).text


def test_without_a_widget_the_link_says_the_site_only_where_it_may_show_us(
    client: Client, made: Scene
) -> None:
    path, link = made.path("idea"), f"http://localhost/ideas/CV-{made.idea}"
    shown_at = {"Referer": f"{SITE}/parks"}
    assert f'href="{link}#answer"' in client.get(path, headers=shown_at).text
    allowed(SITE)
    assert f'href="{link}?site={HOST}#answer"' in client.get(path, headers=shown_at).text
    elsewhere = {"Referer": "https://elsewhere.example/x"}
    assert f'href="{link}#answer"' in client.get(path, headers=elsewhere).text


def test_the_top_ideas_stand_as_their_page_orders_them(client: Client) -> None:
    asked = challenge()
    numbers = [idea(asked, title=f"Bench {n}") for n in range(7)]
    for times, number in enumerate(numbers[:3]):
        support(number, times + 1)
    page = client.get(f"/challenges/{asked.slug}?order=supported").text
    order = re.findall(r"/ideas/(CV-\d+)\"", page)
    order = list(dict.fromkeys(order))
    for kind, most in (("top", 5), ("challenge", 3)):
        frame = client.get(f"/widgets/{kind}/{asked.slug}").text
        assert re.findall(r"/ideas/(CV-\d+)\"", frame) == order[:most]
    with write():
        ideas.hide(numbers[2], actor=None, reason="A phone number.")
    assert "Bench 2" not in client.get(f"/widgets/top/{asked.slug}").text


def test_a_challenge_counts_its_days_and_asks_no_more_once_it_is_closed(
    client: Client, made: Scene
) -> None:
    said = text(client.get(made.own("challenge")).text)
    assert made.challenge.question_en in said
    assert "31 days left" in said
    assert "Have your say" in said
    close(made.challenge)
    said = text(client.get(made.own("challenge")).text)
    assert "Closed" in said
    assert "Have your say" not in said
    assert "Support" not in text(client.get(made.own("idea")).text).replace("supporters", "")


def test_a_trial_says_its_stage_measures_and_latest_update(client: Client, made: Scene) -> None:
    measured(made.pilot)
    measured(made.pilot, 5.0, 6.5, name="Minutes in the shade")
    said = text(client.get(made.own("pilot")).text)
    assert "We are getting this trial ready." in said
    assert "Minutes on the bench No numbers yet." in said
    assert re.search(r"Minutes in the shade Before 4\Wminutes .* 6.5\Wminutes Target 10\W", said)
    assert "5\xa0minutes" not in said
    assert "The first bench is warm." in said


def test_a_trial_that_was_decided_says_what_was_learned(client: Client, made: Scene) -> None:
    decided(made.pilot)
    said = text(client.get(made.own("pilot")).text)
    assert "It worked, so it goes on" in said
    assert "What we learned People sit where it is warm." in said
    assert "The first bench is warm." not in said


def test_what_changed_has_replies_and_decisions_the_newest_first(
    client: Client, made: Scene
) -> None:
    decided(made.pilot)
    said = text(client.get(made.own("changes")).text)
    assert said.index("People sit where it is warm.") < said.index("The pavement is too narrow.")
    elsewhere = widget("changes", challenge_id=challenge().id)
    assert "pavement" not in client.get(f"/widgets/{elsewhere}").text
    here = widget("changes", challenge_id=made.challenge.id)
    page = client.get(f"/widgets/{here}").text
    assert "pavement" in page
    assert "warm" in page
    assert f"/challenges/{made.challenge.slug}/changes" in page
    with write():
        replies.take_back(made.reply, actor=None)
    assert "pavement" not in client.get(f"/widgets/{here}").text


def test_a_hidden_idea_is_gone_with_the_next_request(client: Client, made: Scene) -> None:
    own, path, changes = made.own("idea"), made.path("idea"), made.own("changes")
    tag = client.get(own).headers["ETag"]
    assert "Trees" in client.get(changes).text
    with write():
        ideas.hide(made.idea, actor=None, reason="It gives a phone number.")
    for address, status in ((own, 200), (path, 410)):
        answer = client.get(address, headers={"If-None-Match": tag})
        assert answer.status_code == status
        assert GONE in answer.text
        assert "Trees" not in answer.text
        assert "frame-ancestors" in answer.headers["Content-Security-Policy"]
        assert "'none'" not in answer.headers["Content-Security-Policy"].split("frame-anc")[1]
    assert "Trees" not in client.get(changes).text


def test_what_is_withdrawn_held_or_cancelled_leaves_a_sentence(client: Client, made: Scene) -> None:
    author = resident()
    back = idea(made.challenge, author, title="A slide")
    held = idea(challenge(moderation="before"), title="A swing")
    with write():
        ideas.withdraw(back, author, why="other", words="It stands there now.", language="en")
    for number in (back, held):
        for path in (f"/widgets/idea/CV-{number}", f"/widgets/{widget('idea', idea_id=number)}"):
            answer = client.get(path)
            assert GONE in answer.text
            assert "A s" not in text(answer.text).replace("A sentence", "")
            assert answer.status_code == (404 if "idea" in path else 200)


@pytest.mark.parametrize(
    "path",
    [
        "/widgets/99",
        "/widgets/0",
        "/widgets/idea/CV-99999",
        "/widgets/idea/nonsense",
        "/widgets/top/none",
        "/widgets/challenge/none",
        "/widgets/pilot/CVT-9",
        "/widgets/pilot/x",
        "/cy/widgets/99",
    ],
)
def test_what_nobody_knows_is_friendly_and_may_be_shown(client: Client, path: str) -> None:
    allowed(SITE)
    answer = client.get(path)
    assert answer.status_code == 404
    assert 'class="button"' in answer.text
    assert f"frame-ancestors 'self' {SITE}" in answer.headers["Content-Security-Policy"]


def test_a_widget_that_was_taken_away_says_so_and_comes_back(client: Client, made: Scene) -> None:
    number = made.widgets["top"]
    with write():
        services.end(number, actor=None)
    answer = client.get(f"/widgets/{number}")
    assert (answer.status_code, GONE in answer.text) == (200, True)
    with write():
        services.restore(number, actor=None)
    assert GONE not in client.get(f"/widgets/{number}").text


def test_a_widget_speaks_its_own_language_where_the_site_does(client: Client, made: Scene) -> None:
    number = widget("challenge", challenge_id=made.challenge.id, language="cy")
    for path in (f"/widgets/{number}", f"/cy/widgets/{number}"):
        page = client.get(path).text
        assert '<html lang="cy">' in page
        assert str(made.challenge.question_cy) in page
        assert f"http://localhost/cy/challenges/{made.challenge.slug}" in page
    assert '<html lang="en">' in client.get("/cy" + made.own("idea")).text


@pytest.mark.parametrize("kind", KINDS)
def test_a_frame_costs_three_statements(client: Client, made: Scene, kind: str) -> None:
    names()  # kept until one changes
    trials.everything()
    for path in (made.path(kind), made.own(kind)):
        resident()  # somebody commits something
        with counted() as statements:
            client.get(path)
        assert len(statements) <= MOST_STATEMENTS, f"{path}:\n{statements}"
