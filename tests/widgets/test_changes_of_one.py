"""The frame of what changed in one challenge."""

import re
from html import unescape

from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.replies import reply
from tests.widgets.framing import GONE, Scene, widget
from tests.widgets.test_oembed import HOME, ask


def test_what_changed_in_one_challenge_is_of_that_alone(client: Client, made: Scene) -> None:
    other = challenge(question_en="What about the river?")
    reply(idea(other, title="A jetty"), reason_en="The river is too fast.")
    frame = f"/widgets/changes/{other.slug}"
    own = f"/widgets/{widget('changes', challenge_id=other.id)}"
    for path in (frame, own):
        page = client.get(path).text
        assert "What about the river?" in page
        assert "A jetty" in page
        assert "Castle Street" not in page
        assert f"http://localhost/challenges/{other.slug}/changes" in page
    assert "Castle Street" in client.get("/widgets/changes").text
    assert client.get("/widgets/changes/never-asked").status_code == 404


def test_what_changed_in_a_challenge_that_nobody_may_see_is_not_told(
    client: Client, made: Scene
) -> None:
    draft = challenge(question_en="A secret question", published=False)
    own = f"/widgets/{widget('changes', challenge_id=draft.id)}"
    assert client.get(f"/widgets/changes/{draft.slug}").status_code == 404
    for path in (own, f"/widgets/changes/{draft.slug}"):
        page = client.get(path).text
        assert GONE in page
        assert "secret" not in page
        assert draft.slug not in page.replace(path, "")


def test_its_page_is_discovered_and_answered(client: Client, made: Scene) -> None:
    path = f"/challenges/{made.challenge.slug}/changes"
    link = re.search(r'json\+oembed" href="http://localhost([^"]+)"', client.get(path).text)
    assert link
    found = ask(client, HOME + path)
    assert client.get(unescape(link[1])).get_json() == found
    assert found["title"] == f"What changed: {made.challenge.question_en}"
    frame = f"/widgets/changes/{made.challenge.slug}"
    assert f'src="{HOME}{frame}"' in str(found["html"])
    assert ask(client, HOME + frame)["html"] == found["html"]
    draft = challenge(published=False)
    answer = client.get(f"/oembed?url={HOME}/challenges/{draft.slug}/changes")
    assert answer.status_code == 404
