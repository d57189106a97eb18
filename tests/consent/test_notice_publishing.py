"""A notice is published whole or not at all, and never changes afterwards."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from citizen_voice import clock
from citizen_voice.consent import elements, queries
from citizen_voice.consent.models import ActivePurpose, Notice
from citizen_voice.consent.services import drafting
from citizen_voice.consent.services.drafting import Incomplete
from citizen_voice.db import db, write
from citizen_voice.errors import Conflict, NotHere, Refusal
from citizen_voice.journal.models import JournalEntry
from citizen_voice.site.models import SiteSettings
from citizen_voice.team.models import PRIVACY_OFFICER
from tests.factories import notices
from tests.factories.team import colleague

pytestmark = pytest.mark.usefixtures("app")

WRITTEN = [each.key for each in elements.ELEMENTS if each.needed and not each.made]


def test_the_elements_are_those_that_the_law_asks_for() -> None:
    articles = {each.article for each in elements.ELEMENTS if each.needed}
    wanted = {"13(1)(a)", "13(1)(b)", "13(1)(c)", "13(1)(e)", "13(1)(f)", "13(2)(a)", "21(4)"}
    assert wanted <= articles
    assert {"13(2)(b)–(c)", "13(2)(d)", "13(2)(e)", "13(2)(f)"} <= articles
    assert elements.ELEMENTS[0].key == "object", "apart, and first (Art 21(4))"


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("key", WRITTEN)
def test_a_notice_without_an_element_is_refused_and_the_element_named(
    key: str, language: str
) -> None:
    notices.drafted(notices.without(key, language))
    with pytest.raises(Incomplete) as refused:
        notices.publish_draft(colleague(PRIVACY_OFFICER))
    assert [missing.field for missing in refused.value.missing] == [f"{key}_{language}"]
    heading = next(str(each.heading) for each in elements.ELEMENTS if each.key == key)
    assert heading in str(refused.value.missing[0].words)
    assert queries.current_version(queries.PRIVACY) == 1


@pytest.mark.parametrize(
    ("field", "column"),
    [("purposes_en", "law_en"), ("purposes_en", "law_cy"), ("retention_en", "retention_cy")],
)
def test_what_the_register_of_purposes_does_not_say_is_missing_as_well(
    field: str, column: str
) -> None:
    with write():
        account = update(ActivePurpose).where(ActivePurpose.key == "account")
        db.session.execute(account.values({column: ""}))
    notices.drafted()
    with pytest.raises(Incomplete) as refused:
        notices.publish_draft(colleague(PRIVACY_OFFICER))
    assert [missing.field for missing in refused.value.missing] == [field]


def test_without_welsh_on_the_site_english_is_enough() -> None:
    notices.drafted(notices.without("dpo", "cy"))
    with write():
        db.session.execute(update(SiteSettings).values(welsh_on=False))
    assert notices.publish_draft(colleague(PRIVACY_OFFICER)) == 2
    assert [row.language for row in queries.current_notices(queries.PRIVACY)] == ["en"]


def test_everything_that_is_missing_is_named_at_once() -> None:
    empty = replace(notices.complete(), sections={}, changed_en="", changed_cy="")
    notices.drafted(empty)
    with pytest.raises(Incomplete) as refused:
        notices.publish_draft(colleague(PRIVACY_OFFICER))
    fields = [missing.field for missing in refused.value.missing]
    assert fields[:2] == ["object_en", "object_cy"]
    assert fields[-2:] == ["changed_en", "changed_cy"]
    assert len(fields) == 2 * len(WRITTEN) + 2


def test_a_complete_notice_is_published_with_its_hash_and_what_changed() -> None:
    officer = colleague(PRIVACY_OFFICER)
    notices.drafted(replace(notices.complete(), material=True))
    assert notices.publish_draft(officer) == 2
    welsh, english = queries.current_notices(queries.PRIVACY)
    assert english.text.startswith("## You can object\n\nSaid: object en")
    assert english.sha256 == hashlib.sha256(english.text.encode()).hexdigest()
    assert (english.changed, english.material) == ("We say it better.", True)
    assert (english.audience, english.layer) == ("everyone", "full")
    assert "Said: ico cy" in welsh.text
    for words in ("Section 39", "Until you leave", "Said: purposes en", "Said: more en"):
        assert words in english.text
    assert "Adran 39" in welsh.text
    acts = db.session.execute(select(JournalEntry.act, JournalEntry.subject, JournalEntry.actor))
    assert ("notice.published", "notice privacy 2", officer) in [tuple(row) for row in acts]
    with pytest.raises(NotHere):
        drafting.the_draft(queries.PRIVACY)


def test_the_rights_are_listed_by_basis_and_portability_is_let_under_a_public_task() -> None:
    notices.drafted()
    notices.publish_draft(colleague(PRIVACY_OFFICER))
    english = queries.text_of(queries.PRIVACY, 2).text
    rights = english.partition("## Your rights")[2].partition("\n## ")[0]
    task, consent, duty = rights.split("For what rests on ")[1:]
    assert task.startswith("our public task")
    assert "**object**" in task
    assert "does not oblige us here, but we let you all the same" in task
    assert consent.startswith("your consent")
    assert "**take your consent back at any time" in consent
    assert "object" not in consent
    assert "- take it with you in a form that a computer can read" in consent
    assert duty.startswith("a duty by law")
    assert "do not apply while the duty lasts" in duty


def test_a_version_that_takes_effect_later_is_not_in_force_before() -> None:
    day = clock.today() + timedelta(days=3)
    notices.drafted(notices.from_day(day))
    notices.publish_draft(colleague(PRIVACY_OFFICER))
    assert queries.current_version(queries.PRIVACY) == 1
    with clock.at(clock.start_of(day)):
        assert queries.current_version(queries.PRIVACY) == 2


def test_a_day_that_is_over_when_it_is_published_is_refused() -> None:
    notices.drafted(notices.from_day(clock.today() - timedelta(days=1)))
    with pytest.raises(Incomplete) as refused:
        notices.publish_draft(colleague(PRIVACY_OFFICER))
    assert [missing.field for missing in refused.value.missing] == ["effective_on"]


def test_the_same_words_again_are_refused() -> None:
    officer = colleague(PRIVACY_OFFICER)
    for version in (2, 3):
        notices.drafted()
        if version == 2:
            assert notices.publish_draft(officer) == 2
        else:
            with pytest.raises(Refusal, match="the same as"):
                notices.publish_draft(officer)


def test_two_officers_do_not_write_over_each_other() -> None:
    notices.drafted()
    with pytest.raises(Conflict), write():
        drafting.save(queries.PRIVACY, notices.complete(words="Other"), seen="before")
    assert drafting.the_draft(queries.PRIVACY).sections["dpo"]["en"] == "Said: dpo en"


def test_a_draft_begins_with_the_words_of_the_version_before() -> None:
    with write():
        drafting.begin(queries.PRIVACY)
    sections = drafting.the_draft(queries.PRIVACY).sections
    assert sections["object"]["en"].startswith("**You have the right to object, at any time")
    assert sections["ico"]["cy"]
    assert set(WRITTEN) <= set(sections)
    assert not {"purposes", "retention", "rights"} & set(sections)


CHANGES = [
    "UPDATE notices SET text = 'something else'",
    "UPDATE notices SET material = (1 = 1)",
    "DELETE FROM notices",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_the_database_refuses_to_change_a_published_notice(statement: str) -> None:
    count = db.session.execute(select(func.count()).select_from(Notice)).scalar_one()
    with pytest.raises(DBAPIError, match="does not change"), write():
        db.session.execute(text(statement))
    assert db.session.execute(select(func.count()).select_from(Notice)).scalar_one() == count


def test_postgresql_does_not_empty_the_table_either(database: str) -> None:
    if database == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DBAPIError, match="does not change"), write():
        db.session.execute(text("TRUNCATE notices CASCADE"))
