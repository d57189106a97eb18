"""What the privacy notice said to somebody is recorded."""

import pytest
from flask import Flask

from citizen_voice.consent import services as consent
from citizen_voice.db import write
from tests.accounts import walk
from tests.accounts.walk import ADDRESS, ask, enter, is_signed_in, letter, notices_of
from tests.client import Client


@pytest.mark.usefixtures("client")
def test_the_notice_that_was_shown_is_recorded_with_its_version(client: Client) -> None:
    walk.sign_in(client)
    assert notices_of(ADDRESS) == [("privacy", 1, "en", "sign-in")]


def test_a_notice_version_that_does_not_exist_is_not_recorded(app: Flask) -> None:
    tampered = ("", "0", "-1", "2", "99999999999999999999", "9" * 5_000, "१", "1; DROP", "²", "\0")
    for number, version in enumerate(tampered):
        browser, address = walk.another(app), f"reader{number}@example.org"
        assert ask(browser, address, notice=version).location == "/sign-in/code"
        enter(browser, letter(address).code)
        browser.post("/sign-in/age", data={"age": "adult"})
        assert is_signed_in(browser)
        assert notices_of(address) == []


def test_a_new_version_of_the_notice_is_recorded_beside_the_old(client: Client) -> None:
    walk.sign_in(client)
    client.send("/sign-out")
    with write():
        consent.publish_notice("privacy", {"en": "New words", "cy": "Geiriau newydd"})
    walk.sign_in(client)
    assert [version for _name, version, _language, _place in notices_of(ADDRESS)] == [1, 2]
