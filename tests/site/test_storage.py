"""Whose something on a device is: a mark that is theirs alone and says nothing of them."""

import re

from flask import Flask

from citizen_voice.site import storage
from tests.client import Client
from tests.factories.people import resident


def marked(page: str) -> tuple[str | None, bool]:
    """The mark on a page, and whether it says that the computer is shared."""
    found = re.search(r'data-who="(\w+)"', page)
    return found[1] if found else None, "data-shared" in page


def test_a_mark_is_the_same_at_the_next_sign_in_and_nobody_elses(app: Flask) -> None:
    somebody, another = resident(), resident()
    assert storage.mark_of(somebody) == storage.mark_of(somebody) != storage.mark_of(another)
    assert re.fullmatch(r"[0-9a-f]{16}", storage.mark_of(somebody))
    assert storage.mark_of(somebody) not in somebody.hex
    mark, app.config["SECRET_KEY"] = storage.mark_of(somebody), "another site's"
    assert storage.mark_of(somebody) != mark


def test_pages_carry_the_mark_of_who_reads_them(client: Client) -> None:
    assert marked(client.get("/").text) == (None, False)
    somebody = resident()
    client.sign_in(somebody)
    assert marked(client.get("/").text) == (storage.mark_of(somebody), False)
    client.sign_in(somebody, shared=True)
    assert marked(client.get("/").text) == (storage.mark_of(somebody), True)
