"""The accessibility statement and the cookies page are made from data, in both languages."""

from html import unescape

import pytest

from citizen_voice import clock
from citizen_voice.site import accessible, storage
from citizen_voice.team.models import PRIVACY_OFFICER
from citizen_voice.words import force_locale
from tests.client import Client
from tests.factories.team import colleague


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/cy", "cy")])
def test_the_cookies_page_has_the_whole_manifest(
    client: Client, prefix: str, language: str
) -> None:
    page = unescape(client.get(f"{prefix}/cookies").text)
    with force_locale(language):
        for stored in storage.MANIFEST:
            assert stored.name in page
            assert str(stored.purpose) in page
            assert str(stored.how_long) in page


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/cy", "cy")])
def test_the_accessibility_statement_has_what_was_tested_and_every_gap(
    client: Client, prefix: str, language: str
) -> None:
    page = unescape(client.get(f"{prefix}/accessibility").text)
    with force_locale(language):
        for each in accessible.TESTS:
            assert str(each.what) in page
            assert str(each.how) in page
        for gap in accessible.GAPS:
            assert gap.criterion in page
            assert str(gap.what) in page
    assert str(accessible.PREPARED.year) in page
    assert clock.today() >= accessible.PREPARED
    assert "Equality and Human Rights Commission" in client.get("/accessibility").text


def test_the_council_adds_its_own_part_and_two_do_not_write_over_each_other(
    client: Client,
) -> None:
    client.sign_in(colleague(PRIVACY_OFFICER), staff=True)
    address = "/staff/privacy/accessibility"
    data = {"body_en": "The **hall** has a loop.", "body_cy": "Mae dolen yn y neuadd.", "seen": ""}
    assert client.send(address, data).status_code == 303
    assert "The <strong>hall</strong> has a loop." in client.get("/accessibility").text
    assert "Mae dolen yn y neuadd." in client.get("/cy/accessibility").text
    answer = client.send(address, data | {"body_en": "Mine"})
    assert answer.status_code == 409
    assert "Mine" in answer.text
    answer = client.send(address, data | {"body_en": "x" * 20_001})
    assert answer.status_code == 422
