"""The council's own place: its pages, its languages, and whether it is well."""

from citizen_voice.db import write
from citizen_voice.site import services, storage
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea

PLAIN = ("/privacy", "/cookies", "/accessibility", "/rules")


def test_the_plain_pages_are_there_in_both_languages(client: Client) -> None:
    for address in PLAIN:
        english, welsh = client.get(address), client.get(f"/cy{address}")
        assert english.status_code == welsh.status_code == 200
        assert '<html lang="en"' in english.text
        assert '<html lang="cy"' in welsh.text
        assert f'href="/cy{address}"' in english.text
        assert f'href="{address}"' in welsh.text


def test_the_cookies_page_names_all_that_is_kept(client: Client) -> None:
    page = client.get("/cookies").text
    for stored in storage.MANIFEST:
        assert stored.name in page
        assert str(stored.purpose) in page
        assert str(stored.how_long) in page


def test_an_english_council_has_no_welsh_pages(client: Client) -> None:
    with write():
        services.change(welsh_on=False)
    assert "Cymraeg" not in client.get("/").text
    for address in ("/cy", "/cy/", "/cy/ideas", "/cy/nowhere"):
        assert client.get(address).status_code in (302, 404)


def test_only_the_prefix_is_welsh(client: Client) -> None:
    assert '<html lang="cy"' in client.get("/cy").text
    for address in ("/cyngor", "/cy2/ideas", "/CY/ideas", "/cy/cy/ideas"):
        assert client.get(address).status_code == 404


def test_home_shows_the_open_question_and_its_figures(client: Client) -> None:
    asked = challenge(question_en="What would make your street safer?")
    idea(asked)
    page = client.get("/").text
    assert "What would make your street safer?" in page
    assert "<b>1</b> idea" in page


def test_a_change_of_colours_is_seen_at_once(client: Client) -> None:
    before = client.get("/").text
    with write():
        services.change(brand_colour="#123456", council_en="Exampleshire <Council>")
    after = client.get("/").text
    assert "#123456" in client.get("/theme.css").text
    assert "Exampleshire &lt;Council&gt;" in after
    first = before.partition("/theme.css?v=")[2][:2]
    assert first != after.partition("/theme.css?v=")[2][:2]


def test_whether_it_is_well_can_be_asked(client: Client) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ready"}
