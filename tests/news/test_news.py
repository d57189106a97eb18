"""News: told to who took part, an idea once, celebrated with adults alone."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Flask

from citizen_voice import clock
from citizen_voice.answers import services as answering
from citizen_voice.comments import services as comments
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from citizen_voice.news import queries
from citizen_voice.news.lines import told
from citizen_voice.replies import services as replies
from tests.client import Client, FormFinder
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.replies import reply, working_day


def headlines(person: UUID, age: str | None = "adult") -> list[str]:
    """What somebody's news begins with, idea by idea."""
    return [item.headline for item in told(queries.page(person).rows, age)]


def support(person: UUID, *numbers: int) -> None:
    for number in numbers:
        with write():
            answering.cast(person, number, "support")


def test_one_reply_is_in_the_news_of_author_supporter_and_commenter(client: Client) -> None:
    author, supporter, talker, other = (resident() for _ in range(4))
    asked = challenge()
    numbers = [idea(asked, author, title=f"A lamp at stop {n}") for n in range(12)]
    support(supporter, *numbers)
    comment(numbers[0], talker)
    with write():
        answering.cast(other, numbers[0], "oppose")
    given = reply(*numbers, reason_en="The bridge is too old.")
    for person, count in ((author, 12), (supporter, 12), (talker, 1), (other, 0)):
        client.sign_in(person)
        page = client.get("/news").text
        assert page.count("The bridge is too old.") == count
        assert (f'href="/ideas/CV-{numbers[0]}#reply"' in page) == bool(count)
        assert ("No news yet" in page) == (not count)
    with write():
        replies.take_back(given, actor=None)
    for person in (supporter, talker):
        client.sign_in(person)
        assert "No news yet" in client.get("/news").text
    assert headlines(author) == ["Somebody commented on your idea."]


def test_a_day_that_is_over_is_promised_no_more(app: Flask) -> None:
    author, day = resident(), working_day(10)
    reply(idea(challenge(), author), outcome="will-do", next_on=day, adopt=True)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    for moment, promised in ((clock.now(), day), (noon, day), (noon + timedelta(days=1), None)):
        with clock.at(moment):
            (item,) = told(queries.page(author).rows, "adult")
            assert item.line.next_on == promised


def test_good_news_names_what_somebody_did_to_adults_alone(client: Client) -> None:
    asked = challenge()
    author, supporter, talker = resident(), resident(), resident()
    young = resident(age="teen")
    number = idea(asked, author)
    support(supporter, number)
    support(young, number)
    comment(number, talker)
    reply(number, outcome="will-do", next_on=working_day(), adopt=True)
    assert headlines(author)[0] == "This was your idea. It’s happening."
    assert headlines(supporter) == ["You backed this. It’s happening."]
    assert headlines(talker) == ["You talked about this. It’s happening."]
    client.sign_in(young)
    page = client.get("/news").text
    assert "It’s happening." in page
    assert "You backed this" not in page
    assert "news__item--good" not in page
    assert "Thank you" not in page
    client.sign_in(supporter)
    assert "news__item--good" in client.get("/news").text


def test_what_is_declined_is_told_with_its_reason_and_thanks(client: Client) -> None:
    author = resident()
    number = idea(author=author)
    reply(number, decline=True)
    client.sign_in(author)
    page = client.get("/news").text
    for words in ("The council won’t do it.", "It would cost too much.", "Thank you for taking"):
        assert words in page
    assert "This was your idea" not in page


def test_an_idea_is_there_once_with_what_happened_before(client: Client) -> None:
    author = resident()
    number, other = idea(author=author, title="A pond"), idea(author=author, title="A slide")
    noon = datetime(2026, 5, 12, 12, tzinfo=UTC)
    with clock.at(noon), write():
        ideas.shortlist(number, actor=None, reason="Many ask for it")
    with clock.at(noon + timedelta(days=1)):
        reply(other, reason_en="No ground for it.")
    with clock.at(noon + timedelta(days=2)):
        reply(number, outcome="already", reason_en="Since May.", adopt=True)
    client.sign_in(author)
    page = client.get("/news").text
    assert page.count(">A pond</a>") == 1
    assert page.index("Since May.") < page.index("No ground for it.")
    assert "12 May 2026: The council is looking at it." in page


def test_a_change_of_stage_is_told_with_its_reason(client: Client) -> None:
    supporter = resident()
    number = idea()
    support(supporter, number)
    with write():
        ideas.shortlist(number, actor=None, reason="Many ask for it")
    assert headlines(supporter) == ["You backed this. The council is looking at it."]
    client.sign_in(supporter)
    assert "Many ask for it" in client.get("/news").text
    with write():
        ideas.reopen(number, actor=None, reason="Too early")
    assert headlines(supporter) == ["It is open again."]


def test_hidden_ideas_and_answers_taken_back_are_not_told_of(app: Flask) -> None:
    author, supporter, talker = resident(), resident(), resident()
    number, hidden = idea(author=author), idea(author=author)
    support(supporter, number, hidden)
    said = comment(number, talker)
    reply(number, hidden)
    with write():
        ideas.hide(hidden, actor=None, reason="A name")
    assert len(headlines(author)) == 3
    assert len(headlines(supporter)) == len(headlines(talker)) == 1
    with write():
        answering.cast(supporter, number, "none")
        comments.remove(said, talker)
    assert headlines(supporter) == headlines(talker) == []


def test_what_was_shown_is_marked_as_read_and_what_came_since_is_not(client: Client) -> None:
    author = resident()
    one, other = idea(author=author), idea(author=author)
    reply(one)
    client.sign_in(author)
    page = client.get("/news").text
    assert page.count("news__item--new") == 1
    form = next(each for each in FormFinder(page).forms if each["action"] == "/news/seen")
    reply(other)
    sent = client.send("/news/seen", {"until": form["fields"]["until"]})
    assert sent.location == "/news?done=news-seen"
    page = client.get(sent.location).text
    assert "Marked as read." in page
    assert "Unread: 1" in page
    client.send("/news/seen", {"until": "1"})  # never unread again
    client.send("/news/seen", {"until": "9" * 18})  # nor read before it is there
    client.send("/news/seen", {"until": "nonsense"})
    assert "Unread" not in client.get("/news").text
    with clock.at(clock.now() + timedelta(minutes=1)):
        reply(one, reason_en="Once more.")
        assert "Unread: 1" in client.get("/news").text


def test_news_is_paged_without_leaving_one_out(client: Client) -> None:
    author, asked = resident(), challenge()
    numbers = [idea(asked, author, title=f"A lamp at stop {n}") for n in range(60)]
    reply(*numbers)
    client.sign_in(author)
    first = client.get("/news").text
    older = re.search(r'href="(/news\?after=[^"]+)"', first)
    assert older
    second = client.get(older[1]).text
    assert "Older news" not in second
    seen = [re.findall(r'href="/ideas/(CV-\d+)#reply"', page) for page in (first, second)]
    assert [len(some) for some in seen] == [50, 10]
    assert len(set(seen[0] + seen[1])) == 60
    assert client.get("/news?after=nonsense").status_code == 400
    assert "That is all" in client.get("/news?after=" + "0" * 32).text


def test_the_author_who_left_is_told_no_more_and_visitors_sign_in(client: Client) -> None:
    reply(idea())
    assert client.get("/news").status_code == 303
