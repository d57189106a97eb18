"""The page for people who write programs, and what the document says in Welsh."""

import re

from citizen_voice.api.addresses import ADDRESSES
from citizen_voice.api.problems import PROBLEMS
from tests.api.generic import Api
from tests.client import Client


def test_the_page_says_everything_of_every_address(client: Client) -> None:
    for prefix, language in (("", "en"), ("/cy", "cy")):
        answer = client.get(f"{prefix}/api/v1/docs")
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.text
        for each in ADDRESSES:
            assert f'id="{each.endpoint}"' in answer.text
            assert f"{prefix}/api/v1{each.path}" in answer.text
            for parameter in each.parameters:
                assert f"<code>{parameter.name}</code>" in answer.text
        for status in PROBLEMS:
            assert f'id="problem-{status}"' in answer.text


def test_the_page_needs_no_session_and_nobody_elses_script(client: Client) -> None:
    answer = client.get("/api/v1/docs")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, no-cache"
    for address in re.findall(r'(?:src|href)="([^"]+)"', answer.text):
        assert not address.startswith(("http:", "//")), address
    assert re.findall(r"<script src=\"([^\"]+)", answer.text)[0].startswith("/assets/")


def test_links_within_the_page_lead_somewhere(client: Client) -> None:
    text = client.get("/api/v1/docs").text
    names = set(re.findall(r'id="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= names


def test_the_document_is_whole_in_both_languages(client: Client) -> None:
    english, welsh = Api(client), Api(client, "/cy/api/v1/openapi.json")
    assert english.document["openapi"].startswith("3.1")
    assert english.operations.keys() == welsh.operations.keys()
    assert welsh.server == "/cy/api/v1"
    for _path, operation in welsh.operations.values():
        assert operation["summary"]
