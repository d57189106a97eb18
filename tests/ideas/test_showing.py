"""An idea's page: who sees it, and that its words are words and nothing else."""

import re
from urllib.parse import quote_from_bytes
from uuid import UUID

import pytest

from citizen_voice.db import write
from citizen_voice.errors import NotHere
from citizen_voice.ideas import queries, services
from citizen_voice.ideas.text import clean_words
from citizen_voice.web import markdown
from tests.client import Client, token_in
from tests.factories.challenges import challenge
from tests.factories.ideas import idea, stored
from tests.factories.people import resident
from tests.growth import STEADY, growth

HOSTILE_REFERENCES = (
    "CV-0042",
    "CV-",
    "CV-0",
    "CV--1",
    "-1",
    "None",
    "null",
    "1001",
    "CV-99999999999999",
    "CV-2147483648",
    "CV-1001.0",
    "CV-1001%20",
    "CV-1001%00",
    "CV-%D9%A1%D9%A0%D9%A0%D9%A1",  # 1001 in Arabic-Indic digits
    "CV-１００１",  # noqa: RUF001  # full width
    "CV-1e3",
    "CV-0x3e9",
    "' OR 1=1 --",
    "..%2f..",
    "CV-" + "1" * 5_000,
)


def test_a_reference_names_one_idea_in_either_case(client: Client) -> None:
    number = idea(title="The one")
    for ref in (f"CV-{number}", f"cv-{number}", f"Cv-{number}"):
        assert "The one" in client.get(f"/ideas/{ref}").text


def test_what_is_no_reference_is_not_found(client: Client) -> None:
    assert idea() >= 1001
    client.sign_in(resident())
    for ref in HOSTILE_REFERENCES:
        assert client.get(f"/ideas/{ref}").status_code == 404, ref
        assert client.get(f"/ideas/{ref}/edit").status_code == 404, ref
        assert client.send(f"/ideas/{ref}/answer", {"value": "support"}).status_code == 404, ref


@pytest.mark.parametrize("ref", ["CV-0042", "CV-１０", "CV-2147483648", " CV-1"])  # noqa: RUF001
def test_a_number_is_read_from_a_reference_alone(ref: str) -> None:
    with pytest.raises(NotHere):
        queries.number(ref)
    assert queries.number("cv-2147483647") == 2_147_483_647


def seen_by(client: Client, person: UUID | None, number: int) -> tuple[int, str]:
    """The status and the page of an idea for somebody."""
    client.delete_cookie("session")
    if person is not None:
        client.sign_in(person)
    answer = client.get(f"/ideas/CV-{number}")
    return answer.status_code, answer.text


def test_a_held_idea_waits_and_only_its_author_knows(client: Client) -> None:
    author = resident()
    number = idea(challenge(moderation="before"), author, title="Something to check")
    assert seen_by(client, None, number)[0] == 404
    assert seen_by(client, resident(), number)[0] == 404
    status, page = seen_by(client, author, number)
    assert status == 200
    assert "Waiting for a check" in page
    assert "Something to check" in page
    assert "Something to check" not in client.get("/ideas").text
    with write():
        services.publish(number, actor=None)
    assert seen_by(client, None, number)[0] == 200
    assert "Something to check" in client.get("/ideas").text


def test_a_held_idea_says_so_after_it_was_sent(client: Client) -> None:
    client.sign_in(resident())
    asked = challenge(moderation="before")
    sent = client.send(
        f"/challenges/{asked.slug}/suggest",
        {"title": "Something to check", "body": "", "lang": "en", "place": ""},
    )
    assert sent.location.endswith("?done=waiting")
    assert "A moderator reads it before others see it" in client.get(sent.location).text


def test_newcomers_wait_and_who_has_published_does_not(client: Client) -> None:
    author, asked = resident(), challenge(moderation="newcomers")
    first = idea(asked, author)
    assert stored(first).visibility == "held"
    assert stored(idea(asked, author)).visibility == "held"
    with write():
        services.publish(first, actor=None)
    assert stored(idea(asked, author)).visibility == "published"
    assert stored(idea(asked)).visibility == "held"


def test_a_hidden_idea_is_gone_and_its_author_reads_the_reason(client: Client) -> None:
    author = resident()
    number = idea(author=author, title="Names somebody", body="By name.")
    with write():
        services.hide(number, actor=None, reason="It names <b>somebody</b>")
    for person in (None, resident()):
        status, page = seen_by(client, person, number)
        assert status == 410
        assert "Names somebody" not in page
        assert "By name." not in page
        assert "It names" not in page
    status, page = seen_by(client, author, number)
    assert status == 200
    assert "We’ve hidden your idea" in page
    assert "By name." in page
    assert "It names &lt;b&gt;somebody&lt;/b&gt;" in page


HOSTILE_WORDS = (
    "![x](https://evil.example/x.png)",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<div hx-get='/sign-out' hx-trigger='load'>x</div>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#x73;cript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](//evil.example)",
    "<a href='javascript:alert(1)'>x</a>",
    "[x]: javascript:alert(1)\n[x]",
    "<https://evil.example> <style>*{display:none}</style>",
    "# Heading\n\n---\n\n```\ncode\n```\n\n| a | b |\n|---|---|",
    '[x](https://example.org "onmouseover=alert(1)")',
    "<svg/onload=alert(1)>",
    "&lt;script&gt;",
    "{{ 7 * 7 }} {% raw %}",
    "\u202eevil\u202c \u2066x\u2069",
    "Z̷̢̛͓͔̈́͝a̶l̴g̵o̶" * 20,
    "\0\x01\x1b[31m\x7f",
    "\ud800",
    "\ufffe\uffff",
    ">" * 1_000 + "x",
    "- " * 700 + "x",
    "[" * 1_400,
    "*" * 1_400,
    "[a](" * 300,
    "_*" * 700,
    "\\" * 1_400,
)
ALLOWED = ("p", "br", "em", "strong", "ul", "ol", "li", "a", "blockquote")


@pytest.mark.parametrize("text", HOSTILE_WORDS, ids=range(len(HOSTILE_WORDS)))
def test_hostile_words_become_harmless_html(text: str) -> None:
    html = markdown.render(clean_words(text))
    for tag in re.findall(r"<\s*/?\s*([\w-]+)", html):
        assert tag in ALLOWED, html
    for attributes in re.findall(r"<[\w-]+([^>]*)>", html):
        for name in re.findall(r"([\w-]+)=", re.sub(r'"[^"]*"', '""', attributes)):
            assert name in ("href", "rel"), html
    for href in re.findall(r'href="([^"]*)"', html):
        assert href.startswith(("http://", "https://", "mailto:", "//", "/")), html
    assert not any(character in html for character in "\0\x1b\u202e\u2066")


@pytest.mark.parametrize("piece", [">", "- ", "[", "*", "[a](", "_*", "\\"])
def test_what_is_piled_up_takes_time_as_it_is_long(piece: str) -> None:
    assert (
        growth(lambda size: markdown.render(clean_words(piece * size)), 400 // len(piece)) < STEADY
    )


def test_a_link_says_whose_it_is() -> None:
    html = markdown.render("[a map](https://example.org/map)")
    assert 'rel="nofollow ugc noopener"' in html
    assert 'href="https://example.org/map"' in html


def test_marks_piled_on_a_letter_take_no_time_to_put_in_order() -> None:
    marks = "\u0323\u0307"
    assert len(clean_words("a" + marks * 65_000)) <= 31
    assert growth(lambda size: clean_words("a" + marks * size), 8_000) < STEADY
    assert clean_words("e\u0301") == "\u00e9"


def test_ten_kilobytes_are_the_most_that_is_read() -> None:
    assert len(markdown.render("x" * 50_000)) < 11_000


def test_hostile_words_are_published_as_words(client: Client) -> None:
    client.sign_in(resident())
    asked = challenge()
    for text in HOSTILE_WORDS:
        sent = client.post(
            f"/challenges/{asked.slug}/suggest",
            data=(
                _form(title=f"Words {text}"[:60].encode("utf-8", "surrogatepass"))
                + b"&"
                + _form(body=text[:1_400].encode("utf-8", "surrogatepass"))
                + b"&lang=en&place=&confirm=y&csrf_token="
                + _token(client)
            ),
            content_type="application/x-www-form-urlencoded",
        )
        assert sent.status_code == 303, (text, sent.status_code)
        page = client.get(sent.location)
        assert page.status_code == 200
        words = re.sub(r'<img src="[^"]+/qr.svg"', "", page.text)  # the site's own
        for raw in ("<script>alert", "<img", "<svg/", "<div hx-", 'href="javascript'):
            assert raw not in words
    listed = client.get("/ideas").text
    assert "<script>alert" not in listed
    assert "<img" not in listed


def _form(**fields: bytes) -> bytes:
    return b"&".join(
        f"{name}={quote_from_bytes(value, safe='')}".encode() for name, value in fields.items()
    )


def _token(client: Client) -> bytes:
    if client.csrf is None:
        client.csrf = token_in(client.get("/").text)
    return client.csrf.encode()


def test_the_words_stand_where_htmx_looks_for_nothing(client: Client) -> None:
    number = idea(body="Some words.")
    page = client.get(f"/ideas/CV-{number}").text
    assert 'class="idea__words" hx-ignore' in page


def test_thanks_come_from_a_closed_list(client: Client) -> None:
    number = idea()
    for done in ("answered", "<script>alert(1)</script>", "x", ""):
        page = client.get(f"/ideas/CV-{number}", query_string={"done": done})
        assert page.status_code == 200
        assert "<script>alert" not in page.text
