"""What other sites and machines read: a 304 has the headers of the answer that it stands for."""

from flask import Flask
from werkzeug.test import TestResponse

from citizen_voice.web.access import mark_of
from citizen_voice.web.openly import OPENLY
from tests.client import Client
from tests.habits import addresses
from tests.habits.world import small

OF_BODIES = {"Content-Type", "Content-Length", "Content-Disposition", "X-Request-Id"}


def test_who_has_it_already_gets_the_same_headers(app: Flask, client: Client) -> None:
    world = small()
    asked, differ = 0, []
    for each in addresses.safe(app, world):
        if mark_of(app.view_functions[each.endpoint]) != OPENLY:
            continue
        first = client.get(each.path)
        tag = first.headers.get("ETag")
        if first.status_code != 200 or tag is None:
            continue
        asked += 1
        for _ in range(2):  # by the view, and by what stands in front of it
            again = client.get(each.path, headers={"If-None-Match": tag})
            assert (again.status_code, again.data) == (304, b""), each
            if headers(again) != headers(first):
                differ.append(f"{each}: {headers(first)} {headers(again)}")
    assert asked > 30
    assert not differ, "\n".join(differ)


def headers(answer: TestResponse) -> dict[str, str]:
    """Those that say how an answer may be used."""
    return {name: value for name, value in answer.headers if name not in OF_BODIES}
