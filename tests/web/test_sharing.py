"""What pages tell those who pass them on: their lasting address, and a few words of them."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest
import segno
from flask import Flask

from citizen_voice import create_app
from citizen_voice.cli.apps import let_go
from citizen_voice.config import Settings
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.site import services as site
from citizen_voice.web import markdown, qr
from citizen_voice.web.sharing import summary
from tests.client import Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.habits import addresses
from tests.habits.world import READERS, World, browser, small

BASE = "http://localhost"


class Head(HTMLParser):
    """What the head of a page says: canonical, alternates, properties, robots."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.canonical: list[str] = []
        self.alternates: dict[str, str] = {}
        self.said: dict[str, str] = {}
        self.feed(page.partition("</head>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical.append(given["href"])
        if tag == "link" and given.get("rel") == "alternate" and "hreflang" in given:
            self.alternates[given["hreflang"]] = given["href"]
        if tag == "meta" and ("property" in given or "name" in given):
            name = given.get("property") or given["name"]
            assert name not in self.said, f"{name} twice"
            self.said[name] = given["content"]


def head(client: Client, path: str) -> Head:
    return Head(client.get(path).text)


@pytest.fixture
def world(app: Flask) -> World:
    """One of each."""
    return small()


def test_every_public_page_names_its_address_in_both_languages(client: Client) -> None:
    asked = challenge()
    written = idea(asked)
    for path in (
        "/",
        "/ideas",
        "/challenges",
        f"/challenges/{asked.slug}",
        f"/ideas/CV-{written}",
        "/privacy",
        "/rules",
    ):
        for prefix in ("", "/cy"):
            found = head(client, prefix + path)
            assert found.canonical == [BASE + prefix + path]
            assert found.said["og:url"] == BASE + prefix + path
            assert found.said["og:locale"] == ("cy_GB" if prefix else "en_GB")
            assert found.said["og:title"]
            assert found.said["og:description"]
            assert found.said["og:site_name"]
            assert found.alternates == {
                "en": BASE + path,
                "cy": f"{BASE}/cy{path}",
                "x-default": BASE + path,
            }


def test_an_english_council_has_no_alternates(client: Client) -> None:
    with write():
        site.change(welsh_on=False)
    found = head(client, "/ideas")
    assert found.canonical == [f"{BASE}/ideas"]
    assert found.alternates == {}


@pytest.mark.parametrize(
    ("asked", "lasting"),
    [
        ("/ideas/", "/ideas"),
        ("/ideas?order=newest&done=answered", "/ideas"),
        ("/ideas?ward=1&stage=open&order=newest", "/ideas?ward=1&stage=open"),
        ("/ideas?stage=open&ward=1", "/ideas?ward=1&stage=open"),
        ("/?utm_source=x&topic=%22%3E%3Cb%3E", "/"),
        ("/cy", "/cy/"),
    ],
)
def test_one_page_has_one_address(client: Client, asked: str, lasting: str) -> None:
    assert head(client, asked).canonical == [BASE + lasting]


def test_the_address_of_an_idea_is_written_one_way(client: Client) -> None:
    number = idea()
    for path in (f"/ideas/cv-{number}", f"/ideas/Cv-{number}/", f"/ideas/CV-{number}?done=edited"):
        assert head(client, path).canonical == [f"{BASE}/ideas/CV-{number}"]
    assert head(client, f"/cy/ideas/cv-{number}").canonical == [f"{BASE}/cy/ideas/CV-{number}"]


def test_a_councils_server_says_its_own_address_whatever_is_asked(fresh: Settings) -> None:
    home = "https://voice.example.org"
    made = create_app(fresh_for_council(fresh, home))
    with made.app_context():
        answer = made.test_client().get("/ideas", base_url="https://attacker.example")
        found = Head(answer.text)
    assert found.canonical == [f"{home}/ideas"]
    assert "attacker.example" not in answer.text
    let_go(made)


def fresh_for_council(fresh: Settings, home: str) -> Settings:
    return replace(fresh, env="production", base_url=home)


@pytest.mark.parametrize("reader", READERS)
def test_what_is_not_for_everybody_has_no_address_to_share(
    app: Flask, world: World, reader: str
) -> None:
    client = browser(app, world, reader)
    for address in addresses.safe(app, world):
        answer = client.get(address.path)
        if answer.mimetype != "text/html":
            continue
        found = Head(answer.text)
        private = address.endpoint.startswith(("accounts.", "outbox.")) or answer.status_code != 200
        if private:
            assert found.canonical == [], str(address)
            assert "og:title" not in found.said, str(address)
        assert len(found.canonical) <= 1


def test_pages_that_are_not_there_have_no_address(client: Client) -> None:
    for path in ("/nowhere", "/ideas/CV-999999", "/ideas?order=sideways", "/cy/challenges/none"):
        found = head(client, path)
        assert found.canonical == []
        assert found.said["robots"] == "noindex"


def test_an_idea_is_shared_by_its_title_and_first_words(client: Client) -> None:
    number = idea(
        title='A "quiet" street & <b>more</b>',
        body="**Cars** race past.\n\n- Ask [Ann](https://example.org)\n- Tom & Jerry <script>x",
    )
    found = head(client, f"/ideas/CV-{number}")
    assert found.said["og:title"] == 'A "quiet" street & <b>more</b>'
    assert found.said["og:type"] == "article"
    assert found.said["og:description"] == "Cars race past. Ask Ann Tom & Jerry <script>x"
    assert found.said["description"] == found.said["og:description"]
    assert found.said["twitter:card"] == "summary"


def test_hidden_held_and_withdrawn_ideas_share_no_words(client: Client) -> None:
    author = resident()
    hidden, withdrawn = idea(author=author, title="Hidden words"), idea(author=author)
    held = idea(challenge(moderation="before"), author, title="Held words")
    with write():
        ideas.hide(hidden, actor=None, reason="Names somebody")
        ideas.withdraw(withdrawn, author, why="happened", words="", language="en")
    stranger = client
    assert head(stranger, f"/ideas/CV-{hidden}").said["robots"] == "noindex"
    assert "Hidden words" not in stranger.get(f"/ideas/CV-{hidden}").text
    owner = client.application.test_client()
    assert isinstance(owner, Client)
    owner.sign_in(author)
    for number in (hidden, held, withdrawn):
        found = head(owner, f"/ideas/CV-{number}")
        assert found.said["robots"] == "noindex"
        assert not [name for name in found.said if name.startswith("og:")]
        assert "description" not in found.said
        assert found.canonical == []
        page = owner.get(f"/ideas/CV-{number}").text
        assert 'class="poster"' not in page
        assert "share-address" not in page


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<p>Short &amp; <em>sweet</em></p>\n<p>two</p>", "Short & sweet two"),
        ("<p>&amp;lt;b&amp;gt;</p>", "&lt;b&gt;"),
        ("", ""),
        ("<p>" + "word " * 40 + "</p>", "word " * 29 + "word…"),
        ("<p>" + "a" * 200 + "</p>", "a" * 149 + "…"),
        ("<p>" + "&amp;" * 200 + "</p>", "&" * 149 + "…"),
    ],
)
def test_a_summary_is_cut_between_words(html: str, plain: str) -> None:
    assert summary(html) == plain
    assert len(plain) <= 150


@pytest.mark.parametrize("letter", ["e\u0301", "👩🏽", "👩‍👩‍👧‍👦", "❤️", "\U0001f600"])
def test_a_summary_is_never_cut_within_a_letter(letter: str) -> None:
    for before in range(12):
        said = summary(f"<p>{'a' * before}{letter * 160}</p>")
        assert said.endswith("…")
        rest = said[before:-1]
        assert rest == letter * (len(rest) // len(letter))
        said.encode()


def test_residents_markdown_becomes_plain_words() -> None:
    text = "> **Bold** and *slanted*\n\n1. one\n2. two\\*\n\n[link](https://example.org)"
    assert summary(markdown.render(text)) == "Bold and slanted one two* link"


def test_a_page_can_be_sent_by_email_and_copied(client: Client) -> None:
    number = idea(title="50% & more? Ŵyl #1\u2019s “tea”")
    page = client.get(f"/ideas/CV-{number}").text
    address = f"{BASE}/ideas/CV-{number}"
    assert f'value="{address}" readonly' in page
    found = re.search(r'href="(mailto:[^"]+)"', page)
    assert found
    link = found[1].replace("&amp;", "&")
    assert link.isascii()
    assert urlsplit(link).path == ""
    fields = parse_qs(urlsplit(link).query, strict_parsing=True)
    assert fields["subject"] == ["50% & more? Ŵyl #1\u2019s “tea”"]
    assert fields["body"] == [f"50% & more? Ŵyl #1\u2019s “tea”\r\n\r\n{address}\r\n"]
    assert "+" not in unquote(link).replace("mailto:", "")


def test_a_challenge_can_be_shared_open_or_closed(client: Client) -> None:
    asked = challenge(background_en="## Why\n\nBecause **cars** race.")
    found = head(client, f"/challenges/{asked.slug}")
    assert found.said["og:title"] == asked.question_en
    assert found.said["og:description"] == "Why Because cars race."
    close(asked)
    page = client.get(f"/challenges/{asked.slug}").text
    assert f'value="{BASE}/challenges/{asked.slug}" readonly' in page
    assert 'class="poster"' in page


def dark(picture: str) -> set[tuple[int, int]]:
    """The dark modules of a picture of ours, without its quiet margin."""
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", picture)
    return {
        (int(x) + step - qr.QUIET, int(y) - qr.QUIET)
        for x, y, run in runs
        for step in range(int(run))
    }


@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_the_qr_code_says_the_lasting_address(client: Client, prefix: str) -> None:
    asked = challenge()
    number = idea(asked)
    for path in (f"/ideas/CV-{number}", f"/challenges/{asked.slug}"):
        assert f'src="{prefix}{path}/qr.svg"' in client.get(prefix + path).text
        answer = client.get(f"{prefix}{path}/qr.svg")
        assert answer.mimetype == "image/svg+xml"
        assert "max-age" in answer.headers["Cache-Control"]
        made = segno.make_qr(BASE + prefix + path, error="m")
        modules = {(x, y) for y, row in enumerate(made.matrix) for x, on in enumerate(row) if on}
        assert dark(answer.text) == modules
        assert "style" not in answer.text
        assert "<script" not in answer.text


def test_there_is_no_qr_code_of_what_nobody_sees(client: Client) -> None:
    hidden, held = idea(), idea(challenge(moderation="before"))
    with write():
        ideas.hide(hidden, actor=None, reason="Names somebody")
    draft = challenge(published=False)
    paths = (f"/ideas/CV-{hidden}", f"/ideas/CV-{held}", "/ideas/CV-0", f"/challenges/{draft.slug}")
    for path in paths:
        assert client.get(f"{path}/qr.svg").status_code == 404


def test_a_picture_of_any_address_is_wellformed() -> None:
    for address in ("https://a.example/?a=1&b=<2>", "https://voice.example.org/" + "x" * 300):
        ET.fromstring(qr.svg(address))
