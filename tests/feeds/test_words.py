"""Whatever residents write: a feed can be read, and says it."""

from xml.parsers import expat

import pytest

from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.models import Person
from citizen_voice.db import db, write
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.feeds.reading import IDEAS, feed

HOSTILE = (
    "]]> & <b>bold</b> &amp; &lt;",
    "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]> &a;",
    "</title></entry></feed><?xml version='1.0'?>",
    "\U0001f9d1\u200d\U0001f680 \U0001f3f4\u200d\u2620\ufe0f \U0010ffff",
    "quotes \" and ' and ` and \\",
    "عربى \u05e2\u05d1\u05e8\u05d9\u05ea zalgo z\u0335\u0321",
)
UNHEARD = ("\ufffe", "\uffff", "\x0b", "\x0c", "\x01", "\x1f", "\x1b[31m")


@pytest.mark.parametrize("words", HOSTILE)
def test_words_come_as_they_were_written(client: Client, words: str) -> None:
    idea(challenge(question_en=words), title=words[:80], body="Plain")
    entry = feed(client, IDEAS).entries[0]
    assert entry.title_detail.type == "text/plain"
    assert entry.title == words[:80]
    assert entry.tags[0].term == words


@pytest.mark.parametrize("words", HOSTILE)
def test_bodies_are_what_their_page_shows(client: Client, words: str) -> None:
    number = idea(title="A bench", body=words)
    shown = feed(client, IDEAS).entries[0].content[0].value
    assert "<b>" not in shown
    assert "&lt;b&gt;" in shown or "<b>" not in words
    body = client.get(f"/ideas/CV-{number}").text
    assert shown.strip().removeprefix("<p>").removesuffix("</p>")[:20] in body


@pytest.mark.parametrize("letter", UNHEARD)
def test_what_xml_cannot_hold_is_left_out(client: Client, letter: str) -> None:
    author = resident()
    with write():
        db.session.get_one(Person, author).display_name = f"Meg{letter}an"
    asked = challenge(question_en=f"What{letter} now?")
    number = idea(asked, author, title=f"A be{letter}nch", body=f"It is{letter} steep.")
    found = feed(client, f"{IDEAS}?order=newest")
    entry = found.entries[0]
    assert entry.link.endswith(f"CV-{number}")
    bare = letter[1:] if letter.startswith("\x1b") else ""
    assert entry.title == f"A be{bare}nch"
    assert entry.author == f"Meg{bare}an"
    assert entry.tags[0].term == f"What{bare} now?"
    assert entry.content[0].value.strip() == f"<p>It is{bare} steep.</p>"
    assert feed(client, f"/feeds/challenges/{asked.slug}.atom").feed.title.startswith("What")


@pytest.mark.parametrize("said", ["%EF%BF%BE", "%0B", "%00", "]]%3E", "%22%3E%3Cb", "%F0%9F%98%80"])
def test_what_somebody_looks_for_may_be_anything(client: Client, said: str) -> None:
    idea()
    answer = client.get(f"{IDEAS}?q=bench{said}")
    expat.ParserCreate().Parse(answer.data, True)
    assert feed(client, f"{IDEAS}?q=bench{said}").feed.links


@pytest.mark.parametrize(
    "link", ["http://[", "//example.org/a", "?q=1", "#top", "javascript:alert(1)", "mailto:a@b.org"]
)
def test_links_are_whole_or_none(client: Client, link: str) -> None:
    number = idea(body=f"See [it]({link}).")
    shown = feed(client, IDEAS).entries[0].content[0].value
    page = f"http://localhost/ideas/CV-{number}"
    whole = {
        "//example.org/a": "http://example.org/a",
        "?q=1": f"{page}?q=1",
        "#top": f"{page}#top",
        "mailto:a@b.org": "mailto:a@b.org",
    }.get(link)
    if whole is not None:
        assert f'href="{whole}"' in shown
    assert "javascript:alert" not in shown.partition("href=")[2]


def test_who_has_no_name_is_a_resident(client: Client) -> None:
    author = resident(name=None)
    idea(author=author)
    assert feed(client, IDEAS).entries[0].author == "A resident"
    with write():
        accounts.set_name(author, "Megan")
    assert feed(client, IDEAS).entries[0].author == "Megan"
