"""The pages of notices: the one in force, every version at its address, what changed."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.consent import queries
from citizen_voice.consent.routes.notices import compared
from citizen_voice.team.models import MODERATOR, PRIVACY_OFFICER
from tests.accounts.walk import another
from tests.client import Client
from tests.factories import notices
from tests.factories.team import colleague


def test_the_privacy_page_is_the_version_in_force_in_the_language_of_the_page(
    client: Client,
) -> None:
    assert "<h2>You can object</h2>" in client.get("/privacy").text
    assert "<h2>Gallwch wrthwynebu</h2>" in client.get("/cy/privacy").text
    notices.published()
    assert "New words" in client.get("/privacy").text
    assert "New geiriau" in client.get("/cy/privacy").text


def test_an_old_version_keeps_its_address_and_says_that_it_is_old(client: Client) -> None:
    first = queries.text_of("privacy", 1)
    notices.published(changed="We write less.")
    page = client.get("/privacy/notices/privacy/1").text
    assert "This is an old version" in page
    assert "You have the right to object, at any time" in page
    assert first.sha256 in page
    listed = client.get("/privacy/notices").text
    for version in (1, 2):
        assert f"/privacy/notices/privacy/{version}" in listed
    assert "We write less." in listed


def test_what_changed_is_shown_in_words(client: Client) -> None:
    notices.published(words="Newer", changed="Shorter.")
    page = client.get("/privacy/notices/privacy/2/changes").text
    assert "Put in" in page
    assert "Newer words" in page
    assert "Taken out" in page
    assert compared("a\n\nb\nc", "a\nc\n\nd") == [("out", ["b"]), ("in", ["d"])]


def test_a_version_to_come_says_from_when_on(client: Client) -> None:
    notices.drafted(notices.from_day(clock.today() + timedelta(days=2)))
    notices.publish_draft(colleague(PRIVACY_OFFICER))
    assert "This version takes effect on" in client.get("/privacy/notices/privacy/2").text
    assert "Said: dpo" not in client.get("/privacy").text


@pytest.mark.parametrize(
    "address",
    [
        "/privacy/notices/privacy/2",
        "/privacy/notices/privacy/0",
        "/privacy/notices/nothing/1",
        "/privacy/notices/privacy/1/changes",
        "/privacy/notices/privacy/2147483647",
        "/privacy/notices/privacy/99999999999999999999",
    ],
)
def test_a_version_that_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_step_that_takes_an_address_says_the_right_to_object_and_carries_the_version(
    client: Client,
) -> None:
    page = client.get("/sign-in").text
    assert "<strong>You can object to that at any time.</strong>" in page
    assert 'href="/privacy"' in page
    assert 'name="notice" type="hidden" value="1"' in page
    notices.published()
    assert 'name="notice" type="hidden" value="2"' in client.get("/sign-in").text


@pytest.fixture
def officer(client: Client) -> Client:
    """The privacy officer's browser."""
    client.sign_in(colleague(PRIVACY_OFFICER, name="Ann Bell"), staff=True)
    return client


SCREENS = (
    "/staff/privacy/notices",
    "/staff/privacy/notices.csv",
    "/staff/privacy/purposes",
    "/staff/privacy/purposes.csv",
    "/staff/privacy/purposes/news",
    "/staff/privacy/purposes/news/end",
    "/staff/privacy/purposes/news/begin",
)


@pytest.mark.parametrize("address", SCREENS)
def test_the_officers_screens_are_the_officers(app: Flask, officer: Client, address: str) -> None:
    assert officer.get(address).status_code == 200
    assert officer.get(f"/cy{address}").status_code == 200
    moderator = another(app)
    moderator.sign_in(colleague(MODERATOR), staff=True)
    assert moderator.get(address).status_code == 403


def fields(**other: str) -> dict[str, str]:
    """What the editor sends of a complete notice."""
    written = notices.complete()
    sent = {
        f"{key}_{code}": text
        for key, said in written.sections.items()
        for code, text in said.items()
    }
    seen = queries.draft("privacy")
    assert seen is not None
    sent |= {"changed_en": "Better.", "changed_cy": "Gwell.", "seen": seen.saved_at.isoformat()}
    return sent | other


def test_an_officer_writes_looks_and_publishes(officer: Client) -> None:
    answer = officer.send("/staff/privacy/notices/privacy/begin")
    draft = "/staff/privacy/notices/privacy/draft"
    assert answer.location == draft
    page = officer.get(draft).text
    assert "You have the right to object, at any time" in page
    assert "Article 21(4)" in page
    answer = officer.send(draft, fields(preview="yes", material="y"))
    preview = "/staff/privacy/notices/privacy/preview"
    assert answer.location == preview
    page = officer.get(preview).text
    assert "Nothing is missing" in page
    assert "Said: dpo en" in page
    assert "Said: dpo cy" in page
    answer = officer.send("/staff/privacy/notices/privacy/publish")
    assert answer.location == "/staff/privacy/notices?done=notice-published"
    assert "Said: dpo en" in officer.get("/privacy").text
    assert officer.get(draft).status_code == 404


def test_what_is_missing_stands_at_its_field_and_what_was_written_stays(officer: Client) -> None:
    officer.send("/staff/privacy/notices/privacy/begin")
    draft = "/staff/privacy/notices/privacy/draft"
    officer.send(draft, fields(dpo_cy="", ico_en=" "))
    assert "publish" in officer.get("/staff/privacy/notices/privacy/preview").text
    answer = officer.send("/staff/privacy/notices/privacy/publish")
    assert answer.status_code == 422
    for field in ("dpo_cy", "ico_en"):
        assert f'href="#{field}"' in answer.text
    assert "Our data protection officer: missing (Cymraeg)." in answer.text
    assert "Said: ico cy" in answer.text
    assert queries.current_version("privacy") == 1


def test_a_draft_that_somebody_saved_meanwhile_is_not_written_over(officer: Client) -> None:
    officer.send("/staff/privacy/notices/privacy/begin")
    draft = "/staff/privacy/notices/privacy/draft"
    before = fields()
    assert officer.send(draft, before).status_code == 303
    answer = officer.send(draft, before | {"dpo_en": "Mine"})
    assert answer.status_code == 409
    assert "Mine" in answer.text
    assert officer.send(draft, fields(dpo_en="Mine")).status_code == 303


def test_words_that_are_too_long_are_refused_at_their_field(officer: Client) -> None:
    officer.send("/staff/privacy/notices/privacy/begin")
    answer = officer.send("/staff/privacy/notices/privacy/draft", fields(dpo_en="x" * 6_001))
    assert answer.status_code == 422
    assert 'href="#dpo_en"' in answer.text
    bad_day = officer.send(
        "/staff/privacy/notices/privacy/draft", fields(effective_on="31 February")
    )
    assert bad_day.status_code == 422
    assert "31 February" in bad_day.text


def test_a_draft_is_deleted_and_a_notice_that_nobody_declared_has_none(officer: Client) -> None:
    officer.send("/staff/privacy/notices/research/begin")
    answer = officer.send("/staff/privacy/notices/research/discard")
    assert answer.location == "/staff/privacy/notices?done=notice-discarded"
    for act in ("begin", "publish", "discard"):
        assert officer.send(f"/staff/privacy/notices/nothing/{act}").status_code == 404
    assert officer.send("/staff/privacy/notices/privacy/publish").status_code == 404


def test_the_purposes_form_refuses_legitimate_interests_and_keeps_what_was_typed(
    officer: Client,
) -> None:
    data = {"basis": "legitimate interests", "law_en": "My law", "retention_en": "A year"}
    answer = officer.send("/staff/privacy/purposes/news", data)
    assert answer.status_code == 422
    assert "the last sentence of Article 6(1)" in answer.text
    assert "My law" in answer.text
    for basis in ("x", "legal obligation"):
        answer = officer.send("/staff/privacy/purposes/news", data | {"basis": basis})
        assert answer.status_code == 422
        assert "stays on its basis" in answer.text
    page = officer.get("/staff/privacy/purposes/news").text
    assert 'type="radio"' not in page
    assert "Public task" in page
    answer = officer.send("/staff/privacy/purposes/news", data | {"basis": "public task"})
    assert answer.location == "/staff/privacy/purposes?done=purpose-saved"
    assert "My law" in officer.get("/staff/privacy/purposes").text


def test_a_purpose_is_made_inactive_on_its_page_and_the_page_says_what_stops(
    officer: Client,
) -> None:
    page = officer.get("/staff/privacy/purposes/news/end").text
    assert "News of what you took part in or follow" in page
    assert "Nobody could sign in" in officer.get("/staff/privacy/purposes/account/end").text
    answer = officer.send("/staff/privacy/purposes/account/end", {"day": "2090-01-01"})
    assert answer.status_code == 422
    answer = officer.send("/staff/privacy/purposes/news/end", {"day": "yesterday"})
    assert answer.status_code == 422
    today = clock.today().isoformat()
    assert officer.send("/staff/privacy/purposes/news/end", {"day": today}).status_code == 303
    assert "Not active" in officer.get("/staff/privacy/purposes").text
    assert officer.send("/staff/privacy/purposes/news/begin", {"day": today}).status_code == 303


def test_the_registers_are_files_as_well(officer: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(text_of(officer, "purposes"))))
    assert [row["basis"] for row in rows].count("consent") == 2
    assert all(row["retention_cy"] for row in rows)
    rows = list(csv.DictReader(io.StringIO(text_of(officer, "notices"))))
    assert {row["language"] for row in rows} == {"en", "cy"}
    assert {row["name"] for row in rows} == {"privacy", "young-people", "newsletter", "research"}


def text_of(officer: Client, register: str) -> str:
    """What a register's file says."""
    return officer.get(f"/staff/privacy/{register}.csv").get_data().decode("utf-8-sig")
