"""What the API answers: as its document says, what everybody sees, and no more."""

from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator

from citizen_voice.api.addresses import ADDRESSES
from tests.api.conftest import Site
from tests.api.generic import Api
from tests.client import Client
from tests.factories.ideas import idea
from tests.factories.people import resident

ONE = {"ref", "slug", "pilot_ref"}


def values(site: Site, operation: str) -> dict[str, Any]:
    """What is asked for of one thing."""
    found: dict[str, dict[str, Any]] = {
        "idea": {"ref": f"CV-{site.ideas[2]}"},
        "comments": {"ref": f"CV-{site.ideas[1]}"},
        "replies": {"comment_id": site.comments[0]},
        "challenge": {"slug": site.first.slug},
        "pilot": {"pilot_ref": f"CVT-{site.pilot}"},
        "readings": {"pilot_ref": f"CVT-{site.pilot}"},
    }
    return found.get(operation, {})


@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_each_address_answers_as_the_document_says(client: Client, site: Site, prefix: str) -> None:
    api = Api(client, f"{prefix}/api/v1/openapi.json")
    assert api.server == f"{prefix}/api/v1"
    for each in ADDRESSES:
        answer = api.ask(each.endpoint, **values(site, each.endpoint))
        assert answer.status_code == 200, answer.text
        assert answer.mimetype == "application/json"


def test_every_address_is_in_the_document(app: Flask, client: Client) -> None:
    there = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
    }
    described = {f"/api/v1{path}" for path in Api(client).document["paths"]}
    assert there - described == {"/api/v1/openapi.json", "/api/v1/docs"}
    assert described <= there


def test_the_examples_of_the_document_are_of_its_schemas(client: Client) -> None:
    api = Api(client)
    Draft202012Validator.check_schema(api.document["components"]["schemas"]["Idea"])
    for _path, operation in api.operations.values():
        for response in operation["responses"].values():
            for content in response.get("content", {}).values():
                api.validate(content["example"], content["schema"])


def test_an_idea_is_as_on_its_page(client: Client, site: Site) -> None:
    author = resident(name="Sam of the hill")
    body = "So that **people** can <b>rest</b>.\n\n[There](javascript:alert(1))"
    number = idea(site.first, author, title="A bench & a tree", body=body)
    found = Api(client).ask("idea", ref=f"CV-{number}").get_json()
    assert (found["title"], found["author"]) == ("A bench & a tree", "Sam of the hill")
    assert "<strong>people</strong>" in found["html"]
    assert "<b>" not in found["html"]
    assert "javascript" not in str(found["html"]).partition("href")[2]
    assert found["summary"].startswith("So that people can <b>rest</b>.")
    assert found["page"].endswith(f"/ideas/CV-{number}")
    assert found["challenge"]["question"]["cy"] == site.first.question_cy
    assert client.get(f"/ideas/CV-{number}").status_code == 200


def test_a_reply_stands_with_its_idea(client: Client, site: Site) -> None:
    found = Api(client).ask("idea", ref=f"CV-{site.ideas[2]}").get_json()
    assert found["reply"]["outcome"] == "no"
    assert found["reply"]["reason"] == {"en": "It would cost too much.", "cy": None}
    assert found["reply_due"] is None


def test_opposition_is_told_where_pages_show_it_alone(client: Client, site: Site) -> None:
    api = Api(client)
    shown = [
        api.ask("idea", ref=f"CV-{number}").get_json() for number in (site.ideas[3], site.ideas[9])
    ]
    assert [each["oppose"] for each in shown] == [0, None]
    assert not any("skip" in each for each in shown)


def test_stages_are_said_in_the_language_of_the_address(client: Client, site: Site) -> None:
    ref = f"CV-{site.ideas[5]}"
    english = Api(client).ask("idea", ref=ref).get_json()
    welsh = Api(client, "/cy/api/v1/openapi.json").ask("idea", ref=ref).get_json()
    assert english["stage_words"] == "Open for support"
    assert welsh["stage_words"] != english["stage_words"]
    assert "/cy/" in welsh["page"]


def test_a_pilot_has_its_measures_and_updates(client: Client, site: Site) -> None:
    api = Api(client)
    found = api.ask("pilot", pilot_ref=f"CVT-{site.pilot}").get_json()
    assert [each["name"]["en"] for each in found["measures"]] == ["People sitting"]
    assert [each["state"] for each in found["updates"]] == ["on-track"]
    assert [each["ref"] for each in found["ideas"]] == [f"CV-{site.ideas[0]}"]
    over = api.ask("pilot", pilot_ref=f"CVT-{site.decided}").get_json()
    assert over["decision"] == "scale"
    assert over["learned"]["en"] == "People sit where it is warm."
    listed = api.ask("pilots").get_json()["pilots"]
    assert [each["ref"] for each in listed] == [f"CVT-{site.decided}", f"CVT-{site.pilot}"]


def test_what_changed_is_told_of_all_and_of_one_challenge(client: Client, site: Site) -> None:
    api = Api(client)
    kinds = {each["kind"] for each in api.ask("changes").get_json()["changes"]}
    assert {"started", "decided"} <= kinds
    other = api.ask("changes", challenge=site.second.slug).get_json()
    assert (other["replies"], other["changes"]) == (0, [])
    assert api.ask("changes").get_json()["on_time_percent"] is None


def test_challenges_have_their_promise_and_figures(client: Client, site: Site) -> None:
    api = Api(client)
    listed = api.ask("challenges").get_json()["challenges"]
    assert {each["slug"]: each["ideas"] for each in listed} == {
        site.first.slug: 9,
        site.second.slug: 3,
    }
    found = api.ask("challenge", slug=site.first.slug).get_json()
    assert [each["name"]["en"] for each in found["topics"]] == ["Streets", "Parks"]
    assert found["decides"]["en"] == "The streets team"
