"""The feed of what changed: what its page tells, the newest first."""

from datetime import timedelta
from html import unescape
from uuid import UUID

from citizen_voice import clock
from citizen_voice.accounts import erasures
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.pilots import services
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, decided, owner_of, shortlisted
from tests.factories.replies import reply
from tests.feeds.reading import CHANGES, feed, titles

ALL = [
    "Happening: A tap at the square",
    "The council replied: A tap at the square",
    "Stopped, and what we learned: Bins that talk",
    "Changed because of you: Bins that talk",
    "A trial began: Benches that warm up",
    "A trial began: Bins that talk",
]


def world() -> tuple[str, int, int, UUID]:
    """What changed: a challenge's slug, the number of a decided trial, an idea's, who was thanked.

    A trial that goes on has the next number.
    """
    asked, day, thanked = challenge(), clock.now(), resident(name="Megan")
    number = idea(asked)
    with clock.at(day - timedelta(days=5)):
        stopped = a_pilot(*shortlisted([number]), title_en="Bins that talk")
    with clock.at(day - timedelta(days=4)):
        a_pilot(*shortlisted([idea()]))
    with clock.at(day - timedelta(days=3, hours=2)):
        said = comment(number, thanked)
        words = "It stands <by> the shop."
        with write():
            services.thank(stopped, said, words_en=words, actor=owner_of(stopped))
    with clock.at(day - timedelta(days=3)):
        decided(stopped, "stop")
    with clock.at(day - timedelta(days=2)):
        adopted = idea(asked, title="A tap at the square")
        reply(adopted, outcome="already", reason_en="Since May.", adopt=True)
    return asked.slug, stopped, adopted, thanked


def test_it_tells_what_the_page_tells(client: Client) -> None:
    slug, stopped, adopted, _thanked = world()
    found = feed(client, CHANGES)
    assert [each.title for each in found.entries] == ALL
    page = unescape(client.get("/changes").text)
    for entry in found.entries:
        path = entry.link.removeprefix("http://localhost")
        assert f'<a href="{path}">{entry.title.partition(": ")[2]}</a>' in page
    links = [each.link.rpartition("/")[2] for each in found.entries[:3]]
    assert links == [f"CV-{adopted}", f"CV-{adopted}#reply", f"CVT-{stopped}"]
    words = [each.content[0].value if "content" in each else "" for each in found.entries]
    assert words[3] == "<p>It stands &lt;by&gt; the shop.</p>"
    assert words[2] == "<p>People sit where it is warm.</p>"
    assert words[1] == "<p><b>This happens already.</b></p><p>Since May.</p>"
    of_it = f"/feeds/challenges/{slug}/changes.atom"
    assert titles(client, of_it) == [each for each in ALL if "Benches" not in each]
    assert feed(client, of_it).feed.id != found.feed.id


def test_nobody_is_named(client: Client) -> None:
    world()
    answer = client.get(CHANGES).text
    assert "Megan" not in answer


def test_what_is_gone_is_gone_here(client: Client) -> None:
    slug, stopped, adopted, thanked = world()
    addresses = (CHANGES, f"/feeds/challenges/{slug}/changes.atom", f"/cy{CHANGES}")
    for address in addresses:
        assert "A tap at the square" in client.get(address).text
    with write():
        ideas.hide(adopted, actor=None, reason="It names somebody.")
        erasures.erase(thanked, remove_words=True)
    for address in addresses:
        assert "A tap at the square" not in client.get(address).text
    with write():
        services.cancel(stopped + 1, actor=owner_of(stopped + 1))
    for address in addresses:
        assert "Benches that warm up" not in client.get(address).text
        feed(client, address)


def test_each_of_several_thanks_is_told(client: Client) -> None:
    number = idea()
    trial = a_pilot(*shortlisted([number]))
    for words in ("One.", "Another."):
        said = comment(number)
        with write():
            services.thank(trial, said, words_en=words, actor=owner_of(trial))
    found = feed(client, CHANGES)
    assert [each.content[0].value for each in found.entries[:2]] == [
        "<p>Another.</p>",
        "<p>One.</p>",
    ]


def test_where_nothing_changed_it_is_empty(client: Client) -> None:
    asked = challenge()
    for address in (CHANGES, f"/cy{CHANGES}", f"/feeds/challenges/{asked.slug}/changes.atom"):
        assert feed(client, address).entries == []
    assert client.get("/feeds/challenges/none/changes.atom").status_code == 404


def test_it_is_there_in_welsh(client: Client) -> None:
    world()
    found = feed(client, f"/cy{CHANGES}")
    assert len(found.entries) == len(ALL)
    assert found.feed.language == "cy"
    assert all("/cy/" in each.link for each in found.entries)
    assert not {each.id for each in found.entries} & {e.id for e in feed(client, CHANGES).entries}
