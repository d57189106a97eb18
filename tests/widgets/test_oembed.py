"""The oEmbed provider: what is put in place of a link, and what it refuses."""

import re
from html.parser import HTMLParser
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import pytest

from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.site import services as site
from citizen_voice.widgets import services
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.merging import joined
from tests.factories.people import resident
from tests.widgets.framing import KINDS, Scene, widget

HOME = "http://localhost"
WORDPRESS = {
    "a": {"href"},
    "blockquote": set(),
    "iframe": {
        *("src", "width", "height", "frameborder", "marginwidth", "marginheight"),
        *("scrolling", "title"),
    },
}
"""The tags that WordPress keeps of a stranger's answer, and their attributes."""


def ask(client: Client, url: str, **further: str) -> dict[str, object]:
    """The answer to a question that has one."""
    answer = client.get(f"/oembed?{urlencode({'url': url} | further)}")
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.get_json()
    return found


def status(client: Client, query: str) -> int:
    """How a question is answered."""
    return client.get(f"/oembed?{query}").status_code


class Kept(HTMLParser):
    """What WordPress keeps of an answer's HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in WORDPRESS:
            kept = (f' {name}="{value}"' for name, value in attrs if name in WORDPRESS[tag])
            self.html += f"<{tag}{''.join(kept)}>"

    def handle_endtag(self, tag: str) -> None:
        if tag in WORDPRESS:
            self.html += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        self.html += data


def pages(made: Scene) -> dict[str, str]:
    """The page that each kind of frame is of."""
    slug = made.challenge.slug
    return {
        "idea": f"/ideas/CV-{made.idea}",
        "challenge": f"/challenges/{slug}",
        "pilot": f"/pilots/CVT-{made.pilot}",
        "changes": "/changes",
    }


@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_every_embeddable_page_leads_to_its_answer(
    client: Client, made: Scene, prefix: str
) -> None:
    for kind, path in pages(made).items():
        page = client.get(prefix + path).text
        for form in ("application/json", "text/xml"):
            pattern = rf'<link rel="alternate" type="{form}\+oembed" href="([^"]+)" title="[^"]+">'
            [address] = re.findall(pattern, page)
            address = address.replace("&amp;", "&")
            assert address.startswith(f"{HOME}{prefix}/oembed?"), address
            answer = client.get(address.removeprefix(HOME))
            assert answer.status_code == 200
            assert answer.mimetype == ("application/json" if "json" in form else "text/xml")
            assert f"{HOME}{prefix}{made.path(kind)}" in answer.text
            assert f"{HOME}{prefix}{path}" in answer.text


def test_an_answer_has_what_the_specification_asks_for(client: Client, made: Scene) -> None:
    found = ask(client, HOME + pages(made)["idea"])
    assert found["version"] == "1.0"
    assert found["type"] == "rich"
    assert found["title"] == "Trees on Castle Street"
    assert found["provider_name"] == "Citizen Voice"
    assert found["provider_url"] == f"{HOME}/"
    assert isinstance(found["cache_age"], int)
    assert isinstance(found["width"], int)
    assert isinstance(found["height"], int)
    html = str(found["html"])
    assert html.index("<blockquote") < html.index("<a href") < html.index("<iframe")
    assert "<script" not in html


def test_what_wordpress_keeps_has_link_title_frame_and_size(client: Client, made: Scene) -> None:
    found = ask(client, HOME + pages(made)["idea"], maxwidth="400", maxheight="300")
    assert (found["width"], found["height"]) == (400, 300)
    kept = Kept(str(found["html"])).html
    name = f"An idea (CV-{made.idea}) – Citizen Voice"
    assert kept.startswith(f'<blockquote><a href="{HOME}/ideas/CV-{made.idea}">{name}</a>')
    assert f'src="{HOME}/widgets/idea/CV-{made.idea}" width="400" height="300"' in kept
    assert f'title="{name}"' in kept


def test_words_of_residents_do_not_stay_in_others_pages(client: Client, made: Scene) -> None:
    html = str(ask(client, HOME + pages(made)["idea"])["html"])
    assert "Trees on Castle Street" not in html, "it may be hidden, and others keep what we said"
    assert str(made.challenge.question_en) in str(
        ask(client, HOME + pages(made)["challenge"])["html"]
    )


def test_words_are_escaped(client: Client) -> None:
    asked = challenge(question_en='<script>"x"</script> & Ré')
    for form in ("json", "xml"):
        query = urlencode({"url": f"{HOME}/challenges/{asked.slug}", "format": form})
        answer = client.get(f"/oembed?{query}")
        if form == "json":
            html, title = answer.get_json()["html"], answer.get_json()["title"]
        else:
            root = ET.fromstring(answer.data)
            html, title = root.findtext("html") or "", root.findtext("title")
        assert title == '<script>"x"</script> & Ré'
        assert "<script" not in html
        assert "&lt;script&gt;" in html


def test_xml_says_the_same_as_json(client: Client, made: Scene) -> None:
    for path in pages(made).values():
        root = ET.fromstring(
            client.get(f"/oembed?{urlencode({'url': HOME + path, 'format': 'xml'})}").data
        )
        assert root.tag == "oembed"
        said = {child.tag: child.text for child in root}
        assert said == {name: str(value) for name, value in ask(client, HOME + path).items()}


@pytest.mark.parametrize("kind", KINDS)
def test_the_address_of_a_widget_is_answered_with_that_widget(
    client: Client, made: Scene, kind: str
) -> None:
    found = ask(client, HOME + made.own(kind))
    assert f'src="{HOME}{made.own(kind)}"' in str(found["html"])
    assert f'src="{HOME}{made.path(kind)}"' in str(ask(client, HOME + made.path(kind))["html"])
    assert "+oembed" in client.get(made.own(kind)).text
    with write():
        services.end(made.widgets[kind], actor=None)
    assert status(client, f"url={quote(HOME + made.own(kind))}") == 404


def test_what_is_gone_is_not_found_with_the_next_question(client: Client, made: Scene) -> None:
    author = resident()
    back = idea(made.challenge, author, title="A slide")
    held = idea(challenge(moderation="before"), title="A swing")
    begun = challenge(published=False)
    hidden = made.idea
    of_idea = made.own("idea")
    assert status(client, f"url={HOME}/ideas/CV-{hidden}") == 200
    with write():
        ideas.hide(hidden, actor=None, reason="A phone number.")
        ideas.withdraw(back, author, why="other", words="It stands.", language="en")
    gone = [f"/ideas/CV-{number}" for number in (back, held, hidden, 99999)]
    gone += [f"/challenges/{begun.slug}", "/challenges/none", "/pilots/CVT-9", of_idea]
    gone += [f"/widgets/{widget('pilot')}", "/widgets/99", "/rules", "/", "/nowhere", "/ideas"]
    for path in gone:
        answer = client.get(f"/oembed?url={HOME}{path}")
        assert answer.status_code == 404, path
        assert answer.mimetype == "text/plain"
        assert "Trees" not in answer.text


def test_a_joined_idea_is_answered_with_the_one_that_it_is_part_of(
    client: Client, made: Scene
) -> None:
    other = idea(made.challenge, title="More trees")
    joined(made.idea, other)
    found = ask(client, f"{HOME}/ideas/CV-{made.idea}")
    assert found["title"] == "More trees"
    assert f"/widgets/idea/CV-{other}" in str(found["html"])


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", 400),
        ("url=", 400),
        ("url=http://[x", 400),
        ("url=https://elsewhere.example/ideas/CV-1", 404),
        ("url=http://localhost.evil.example/changes", 404),
        ("url=http://localhost:81/changes", 404),
        ("url=http://user@localhost/changes", 404),
        ("url=ftp://localhost/changes", 404),
        ("url=//localhost/changes", 404),
        ("url=/changes", 404),
        ("url=javascript:alert(1)", 404),
        ("url=http://localhost/changes%00", 404),
        ("url=http://localhost/%25ff", 400),
        ("url=http://localhost/me", 401),
        ("url=http://localhost/my-data", 401),
        ("url=http://localhost/staff/people", 401),
        ("url=http://localhost/cy/staff/widgets", 401),
        ("url=http://localhost/changes&format=yaml", 501),
        ("url=http://localhost/changes&format=", 501),
        ("url=http://localhost/changes&format=JSON", 501),
        ("url=http://localhost/changes&maxwidth=-1", 400),
        ("url=http://localhost/changes&maxheight=-1", 400),
        ("url=http://localhost/changes&maxwidth=0", 400),
        ("url=http://localhost/changes&maxwidth=1.5", 400),
        ("url=http://localhost/changes&maxwidth=٣", 400),
        ("url=http://localhost/changes&maxwidth=99999999999999999999", 400),
        ("url=http://localhost/changes&maxwidth=", 400),
        ("url=http://localhost/changes&maxwidth=999999999", 200),
        ("url=https://localhost/changes", 200),
        ("url=http://LOCALHOST/changes?x=1%23y", 200),
    ],
)
def test_questions_that_are_refused(client: Client, query: str, wanted: int) -> None:
    assert status(client, query) == wanted


def test_an_answer_may_be_kept_and_read_by_scripts(client: Client, made: Scene) -> None:
    query = f"url={HOME}/changes"
    first = client.get(f"/oembed?{query}")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get(f"/oembed?{query}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert client.head(f"/oembed?{query}").status_code == 200


def test_a_site_without_welsh_answers_in_english(client: Client, made: Scene) -> None:
    assert "Beth" in str(ask(client, f"{HOME}/cy/challenges/{made.challenge.slug}")["title"])
    with write():
        site.change(welsh_on=False)
    found = ask(client, f"{HOME}/cy/challenges/{made.challenge.slug}")
    assert "/cy/" not in str(found["html"])


def test_the_provider_is_named_in_the_language_of_the_page(client: Client, made: Scene) -> None:
    with write():
        site.change(name_cy="Llais y Dref")
    assert ask(client, f"{HOME}/cy/changes")["provider_name"] == "Llais y Dref"
    assert ask(client, f"{HOME}/changes")["provider_name"] == "Citizen Voice"


def test_a_frame_s_own_address_keeps_its_look(client: Client, made: Scene) -> None:
    frame = f"{HOME}{made.path('idea')}"
    html = str(ask(client, f"{frame}?scheme=dark&accent=%230b5a55&radius=99&x=%22")["html"])
    assert f'src="{frame}?accent=%230b5a55&amp;radius=24&amp;scheme=dark"' in html
    assert f'src="{frame}"' in str(ask(client, f"{frame}?utm=mail")["html"])


def test_the_usual_port_may_be_said(client: Client, made: Scene) -> None:
    assert ask(client, "http://localhost:80/changes") == ask(client, f"{HOME}/changes")
