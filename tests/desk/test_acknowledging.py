"""Who complains hears within 30 days that we have it, and the desk says until when."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from html import unescape
from uuid import UUID

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.desk import letters, queries, services
from citizen_voice.desk.clock import acknowledge_by
from citizen_voice.desk.models import ASKED, CALL, COMPLAINT, EMAIL, FORM, LETTER, MAIL, PAPER
from citizen_voice.errors import Conflict, NotHere
from citizen_voice.web.filters import long_date
from tests.client import Client
from tests.factories.desk import SITE, draft, entered, officer, stored

HERE = "/staff/privacy/requests"
CAME = date(2026, 6, 1)
BY = acknowledge_by(CAME)
DAY = timedelta(days=1)


@pytest.fixture
def me(app: Flask) -> UUID:
    """The officer."""
    return officer()


@contextmanager
def on(day: date, client: Client, key: UUID) -> Iterator[None]:
    """A day on which the officer is signed in."""
    with clock.at(clock.moment(day, time(12))):
        client.sign_in(key, staff=True)
        yield


def complained(actor: UUID, **given: object) -> int:
    """A complaint of the first of June, from a letter; gives its number."""
    with clock.at(clock.moment(CAME, time(12))):
        return entered(COMPLAINT, actor=actor, **given)


def waiting_for_who(actor: UUID) -> int:
    """A complaint without a day for its answer, since it is asked who complains."""
    number = complained(actor, identity=ASKED)
    assert stored(number).due_on is None
    return number


def page(client: Client, address: str) -> str:
    """A page as it reads, its spaces one each."""
    return re.sub(r"\s+", " ", unescape(client.get(address).text))


def listed(client: Client, address: str) -> list[int]:
    """The requests of a list, in its order."""
    return [int(number) for number in re.findall(r"· DP-(\d+)<", client.get(address).text)]


@pytest.mark.parametrize("channel", [LETTER, CALL, EMAIL])
def test_an_entered_complaint_is_owed_an_acknowledgement_thirty_days_after_it_came(
    client: Client, me: UUID, channel: str
) -> None:
    number = complained(me, channel=channel)
    assert date(2026, 7, 1) == BY
    by = f"Acknowledge by {long_date(BY)}"
    for day, tone, words in (
        (CAME, "calm", "Acknowledgement due in 30 days"),
        (BY - 7 * DAY, "soon", "Acknowledgement due in 7 days"),
        (BY - DAY, "soon", "Acknowledgement due in 1 day<"),
        (BY, "late", "Acknowledgement due today"),
        (BY + DAY, "late", "Acknowledgement 1 day late"),
        (BY + 2 * DAY, "late", "Acknowledgement 2 days late"),
    ):
        with on(day, client, me):
            for address in (HERE, f"{HERE}/{number}"):
                said = page(client, address)
                assert by in said
                assert f'rights-due--{tone}">{words}' in said


def test_nothing_else_is_owed_one(client: Client, me: UUID) -> None:
    with clock.at(clock.moment(CAME, time(12))):
        number = entered(actor=me)
    with on(BY + 40 * DAY, client, me):
        for address in (HERE, f"{HERE}/{number}", "/staff"):
            assert "Acknowledge" not in page(client, address)


def test_a_complaint_by_form_is_acknowledged_at_once_where_there_is_an_address_to_write_to(
    client: Client, me: UUID
) -> None:
    found = []
    for email, address in (("nell@example.org", ""), (None, "1 High Street")):
        asking = services.Asking(
            kind=COMPLAINT, language="en", words="You lost it.", email=email, address=address
        )
        with clock.at(clock.moment(CAME, time(12))), write():
            receipt = services.ask(asking, channel=FORM, site=SITE)
        found.append(queries.by_receipt(receipt).id)
    with on(BY + DAY, client, me):
        by_mail, by_post = (page(client, f"{HERE}/{number}") for number in found)
    assert [stored(number).acknowledged_on for number in found] == [CAME, None]
    assert "Acknowledge by" not in by_mail
    assert "Acknowledge by" in by_post


def test_the_nearest_of_both_days_counts_in_the_list_its_filters_and_its_figures(
    client: Client, me: UUID
) -> None:
    still = waiting_for_who(me)  # its acknowledgement alone has a day: the first of July
    with clock.at(clock.moment(CAME - 3 * DAY, time(12))):
        before = entered(actor=me)  # due on the twenty-ninth of June
    with clock.at(clock.moment(CAME + 4 * DAY, time(12))):
        after = entered(actor=me)  # on the sixth of July, the fifth is a Sunday
        stands = entered(actor=me, identity=ASKED)
        told = entered(COMPLAINT, actor=me, identity=ASKED)
        with write():
            services.acknowledged(told, actor=me)
    assert stored(before).due_on == date(2026, 6, 29)
    with on(date(2026, 6, 26), client, me):
        assert listed(client, HERE) == [before, still, after, stands, told]
        assert listed(client, f"{HERE}?when=soon") == [before, still]
        assert listed(client, f"{HERE}?when=late") == []
        assert listed(client, f"{HERE}?when=stopped") == [still, stands, told]
        counts = queries.counts(clock.today(), clock.now())
        assert (counts.open, counts.late, counts.soon, counts.stopped) == (5, 0, 2, 3)
    with on(BY, client, me):
        assert listed(client, f"{HERE}?when=late") == [before]
        assert listed(client, f"{HERE}?when=soon") == [still, after]
    with on(BY + DAY, client, me):
        assert listed(client, f"{HERE}?when=late") == [before, still]
        counts = queries.counts(clock.today(), clock.now())
        assert (counts.late, counts.soon) == (2, 1)


def test_an_answer_that_is_due_earlier_than_the_acknowledgement_comes_first(
    client: Client, me: UUID
) -> None:
    first = date(2027, 2, 1)  # a month from here is 28 days
    with clock.at(clock.moment(first, time(12))):
        number = entered(COMPLAINT, actor=me)
    due = stored(number).due_on
    assert due is not None
    assert due < acknowledge_by(first)
    with on(due + DAY, client, me):
        assert listed(client, f"{HERE}?when=late") == [number]
        said = page(client, "/staff")
        assert said.index("1 day late") < said.index("Acknowledgement due in 1 day")


def test_today_shows_one_that_is_late_or_due_within_a_week(client: Client, me: UUID) -> None:
    number = waiting_for_who(me)
    by = f"Acknowledge by {long_date(BY)}"
    with on(BY - 8 * DAY, client, me):
        assert listed(client, "/staff") == []
    with on(BY - 7 * DAY, client, me):
        assert listed(client, "/staff") == [number]
        assert f"<span>Acknowledgement due in 7 days<br>{by}</span>" in page(client, "/staff")
    with on(BY + 3 * DAY, client, me):
        said = page(client, "/staff")
        assert f'<span class="staff-late">Acknowledgement 3 days late<br>{by}</span>' in said
        with write():
            services.acknowledged(number, actor=me)
        assert listed(client, "/staff") == []


def test_today_says_of_one_that_was_acknowledged_when_it_is_answered_alone(
    client: Client, me: UUID
) -> None:
    number = complained(me)
    with on(BY, client, me):
        assert page(client, "/staff").count(long_date(BY)) == 2
        with write():
            services.acknowledged(number, actor=me)
        said = page(client, "/staff")
        assert said.count(long_date(BY)) == 1
        assert "Due today" in said
        assert "Acknowledge" not in said


@pytest.mark.parametrize("way", [MAIL, PAPER])
def test_the_letter_that_says_so_ends_it_by_mail_and_on_paper(
    client: Client, me: UUID, way: str
) -> None:
    number = complained(me)
    with on(CAME + 5 * DAY, client, me):
        address = f"{HERE}/{number}/letters/{letters.C_ACKNOWLEDGED}"
        assert address in page(client, f"{HERE}/{number}")
        typed = {"subject": "We have it", "body": "Thank you.", "way": way, "language": "en"}
        assert client.send(address, typed).status_code == 303
        assert stored(number).acknowledged_on == CAME + 5 * DAY
        assert "Acknowledge by" not in page(client, f"{HERE}/{number}")
        assert "Acknowledge" not in page(client, HERE)


def test_another_letter_does_not_end_it(client: Client, me: UUID) -> None:
    number = complained(me)
    with write(), clock.at(clock.moment(CAME, time(12))):
        services.write_letter(number, letters.C_PROGRESS, draft(), actor=me)
    with on(CAME, client, me):
        assert "Acknowledge by" in page(client, f"{HERE}/{number}")


def test_the_step_ends_it_on_the_day_on_which_they_were_told(client: Client, me: UUID) -> None:
    number = complained(me)
    with on(CAME + 9 * DAY, client, me):
        told = (CAME + 2 * DAY).isoformat()
        answer = client.send(f"{HERE}/{number}/steps/acknowledged", {"day": told})
        assert answer.status_code == 303
        said = page(client, f"{HERE}/{number}")
        assert "Acknowledge by" not in said
        assert "We said that we have it" in said
        (sent,) = list(csv.DictReader(io.StringIO(client.get(f"{HERE}/all.csv").text[1:])))
        assert sent["acknowledged"] == told
    assert stored(number).acknowledged_on == CAME + 2 * DAY
    step = queries.events_of(number)[-1]
    assert (step.act, step.day, step.actor_id) == ("acknowledged", CAME + 2 * DAY, me)


def test_a_step_without_a_day_is_of_today(client: Client, me: UUID) -> None:
    number = complained(me)
    with on(CAME + 9 * DAY, client, me):
        client.send(f"{HERE}/{number}/steps/acknowledged", {"day": ""})
    assert stored(number).acknowledged_on == CAME + 9 * DAY


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-06-20", "Choose a day that is not still to come."),
        ("2026-05-31", "Choose a day that is not before that."),
        ("31 June", "Give a day, like 2027-01-31."),
    ],
)
def test_a_day_that_can_not_be_is_refused_at_its_field_and_kept(
    client: Client, me: UUID, typed: str, said: str
) -> None:
    number = complained(me)
    with write(), clock.at(clock.moment(CAME, time(12))):
        services.ask_clarification(number, actor=me)  # the page asks for another day beside
    with on(CAME + 9 * DAY, client, me):
        refused = client.send(f"{HERE}/{number}/steps/acknowledged", {"day": typed})
        assert refused.status_code == 422
        fields = re.findall(r'<input[^>]* name="day"[^>]*>', refused.text)
        kept = [field for field in fields if f'value="{typed}"' in field]
        assert len(fields) == 2
        assert len(kept) == 1
        assert 'id="day"' in kept[0]
        assert 'href="#day"' in refused.text
        assert unescape(refused.text).count(said) == 2  # in the summary, and at the field
        assert len(re.findall(r'id="day[^"]*-hint"', refused.text)) == 2
    assert stored(number).acknowledged_on is None


def test_it_is_noted_once_and_not_of_what_is_closed_or_not_there(me: UUID) -> None:
    number, closed = complained(me), complained(me)
    with clock.at(clock.moment(CAME, time(12))):
        with write():
            services.acknowledged(number, actor=me)
            services.decide(closed, "granted", "We lost it.", draft(), actor=me)
        for which, error in ((number, Conflict), (closed, Conflict), (closed + 99, NotHere)):
            with pytest.raises(error), write():
                services.acknowledged(which, actor=me)
    assert len([each for each in queries.events_of(number) if each.act == "acknowledged"]) == 1


def test_deciding_ends_it_too(client: Client, me: UUID) -> None:
    number = complained(me)
    with write(), clock.at(clock.moment(CAME, time(12))):
        services.decide(number, "granted", "We lost it.", draft(), actor=me)
    with on(BY + DAY, client, me):
        for address in (f"{HERE}/{number}", f"{HERE}?tab=closed", "/staff"):
            assert "Acknowledge" not in page(client, address)
        assert listed(client, f"{HERE}?when=late") == []


def test_who_complained_reads_that_they_were_told_and_not_what_we_owe(
    client: Client, me: UUID
) -> None:
    asking = services.Asking(
        kind=COMPLAINT, language="en", words="You lost it.", address="1 High Street"
    )
    with write():
        receipt = services.ask(asking, channel=FORM, site=SITE)
        number = queries.by_receipt(receipt).id
    before = page(client, f"/my-data/asked/{receipt}")
    with write():
        services.acknowledged(number, actor=me)
    assert "Acknowledge" not in before
    assert "We said that we have it" in page(client, f"/my-data/asked/{receipt}")
