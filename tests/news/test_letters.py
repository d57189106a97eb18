"""Letters of news: one with all that is due, in the reader's language, and nothing that tells."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from flask import Flask
from sqlalchemy import update

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.models import Person
from citizen_voice.answers import services as answering
from citizen_voice.db import db, write
from citizen_voice.following import services as following
from citizen_voice.ideas import services as ideas
from citizen_voice.news import services
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.comments import reply as answer_to
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide
from tests.factories.people import resident
from tests.factories.replies import reply
from tests.news.post import LATER, back, body, choose, due, mails, work

HOUR = timedelta(hours=1, minutes=1)


class Elements(HTMLParser):
    """What stands in a letter's HTML: names of elements, of their attributes, and addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def in_welsh(person: object) -> None:
    with write():
        db.session.execute(update(Person).where(Person.id == person).values(language="cy"))


def test_much_about_one_idea_is_one_letter_with_the_newest_first(app: Flask) -> None:
    author, supporter = resident(), resident()
    number = idea(author=author, title="A pond")
    back(supporter, number)
    for n in range(20):
        comment(number, supporter, body=f"Said {n}")
    with write():
        ideas.shortlist(number, actor=None, reason="Many ask for it")
    reply(number, outcome="already", reason_en="Since May.", adopt=True)
    work()
    (mail,) = mails(author)
    assert mail.body.count("A pond") == 2  # what became of it, and what is said about it
    assert "20 new comments for you." in mail.body
    assert mail.body.index("Since May.") < mail.body.index("The council is looking at it.")
    assert len(mails(supporter)) == 1


def test_a_second_letter_comes_after_an_hour_with_all_that_came_meanwhile(app: Flask) -> None:
    supporter = resident()
    numbers = [idea() for _ in range(3)]
    back(supporter, *numbers)
    reply(numbers[0], reason_en="The first.")
    work()
    now = clock.now()
    for number, words in zip(numbers[1:], ("The second.", "The third."), strict=True):
        with clock.at(now + timedelta(minutes=10)):
            reply(number, reason_en=words)
    work(at=now + timedelta(minutes=30))
    assert len(mails(supporter)) == 1
    assert due(supporter) == 2
    work(at=now + HOUR + LATER)
    assert len(mails(supporter)) == 2
    assert "The second." in body(supporter)
    assert "The third." in body(supporter)
    assert due() == 0


def test_a_letter_has_text_and_html_with_nothing_fetched_and_links_to_the_thing(
    app: Flask,
) -> None:
    supporter = resident()
    number = idea(title="Tea & <b>cake</b> at noon")
    back(supporter, number)
    reply(number, outcome="already", reason_en="<script>alert(1)</script> & so on", adopt=True)
    work()
    (mail,) = mails(supporter)
    base = app.config["BASE_URL"]
    assert mail.subject == "News of what you took part in"
    assert "Tea & <b>cake</b> at noon" in mail.body
    assert "You backed this. It’s happening." in mail.body
    assert f"{base}/ideas/CV-{number}#reply" in mail.body
    assert "You get this because" in mail.body
    assert mail.unsubscribe in mail.body
    html = mail.html
    assert "Tea &amp; &lt;b&gt;cake&lt;/b&gt; at noon" in html
    assert "&lt;script&gt;" in html
    found = Elements(html)
    assert not found.names & {"img", "script", "link", "style", "table", "iframe", "form", "b"}
    assert not found.attributes & {"src", "srcset", "background"}
    assert "url(" not in html
    assert all(link.startswith((f"{base}/", "mailto:")) for link in found.links)
    assert f"{base}/ideas/CV-{number}#reply" in found.links
    assert mail.unsubscribe in found.links
    assert mail.language == "en"
    assert mail.person_id == supporter


def test_a_letter_is_in_its_readers_language_and_leads_to_the_welsh_pages(app: Flask) -> None:
    supporter = resident()
    in_welsh(supporter)
    number = idea()
    back(supporter, number)
    reply(number, reason_en="Too dear.", reason_cy="Rhy ddrud.")
    work()
    (mail,) = mails(supporter)
    assert mail.language == "cy"
    assert '<html lang="cy">' in mail.html
    assert "Rhy ddrud." in mail.body
    assert "Too dear." not in mail.body
    assert f"/cy/ideas/CV-{number}#reply" in mail.body
    assert "/cy/unsubscribe/" in mail.unsubscribe


def test_the_title_of_a_hidden_idea_is_in_no_letter(app: Flask) -> None:
    author, supporter, talker = resident(), resident(), resident()
    number = idea(author=author, title="Ring Sam at number 9")
    back(supporter, number)
    comment(number, talker)
    reply(number, reason_en="No.")
    with write():
        ideas.hide(number, actor=None, reason="A number")
    decide(case(comment_id=comment(idea(), talker)), "hide")
    work()
    assert mails(supporter) == []
    assert mails(author)
    assert mails(talker, "decision")
    for mail in (*mails(), *mails(kind="decision")):
        assert "Ring Sam" not in f"{mail.subject}{mail.body}{mail.html}"


def test_who_leaves_is_not_written_to_and_what_was_due_to_them_goes(app: Flask) -> None:
    supporter, number = resident(), idea()
    back(supporter, number)
    with write():
        following.follow(supporter, idea_id=number)
    choose(supporter, "weekly")
    reply(number)
    with clock.at(clock.now() + LATER):
        services.spread()
        assert due(supporter) == 1
        with write():
            accounts.leave(supporter, remove_words=False)
        assert due(supporter) == 0
    work(at=clock.now() + timedelta(days=9))
    assert mails(supporter) == []


def test_who_took_their_answer_back_is_not_told_any_more(app: Flask) -> None:
    supporter, number = resident(), idea()
    back(supporter, number)
    reply(number)
    with clock.at(clock.now() + LATER):
        services.spread()
        with write():
            answering.cast(supporter, number, "none")
        services.mail()
    assert mails(supporter) == []
    assert due() == 0


def test_choices_are_respected_by_the_next_job(app: Flask) -> None:
    changed, stopped, sooner = resident(), resident(), resident()
    number = idea()
    for person in (changed, stopped, sooner):
        back(person, number)
    choose(sooner, "weekly")
    reply(number)
    with clock.at(clock.now() + LATER):
        services.spread()
        choose(changed, "weekly")
        choose(stopped, "never")
        choose(sooner, "now")
        services.mail()
    assert [len(mails(person)) for person in (changed, stopped, sooner)] == [0, 0, 1]
    work(at=clock.now() + timedelta(days=8))
    assert [len(mails(person)) for person in (changed, stopped, sooner)] == [1, 0, 1]


def test_the_first_supporter_is_news_to_an_adult_author_alone(app: Flask) -> None:
    author, young, supporter = resident(), resident(age="teen"), resident()
    asked = challenge()
    one, other = idea(asked, author), idea(asked, young)
    back(supporter, one, other)
    work()
    work(at=clock.now() + 2 * LATER)
    assert "Your idea has its first supporter." in body(author)
    assert mails(young) == []
    assert mails(supporter) == []
    back(resident(), one)
    work(at=clock.now() + 2 * HOUR)
    assert len(mails(author)) == 1


@pytest.mark.usefixtures("app")
def test_a_reply_to_a_comment_is_told_to_who_made_it() -> None:
    author, talker = resident(), resident()
    number = idea(author=author)
    first = comment(number, talker)
    answer_to(first, author)
    work()
    assert "Somebody replied to your comment." in body(talker)
    assert re.search(r"/comments/[0-9a-f-]{36}", body(talker))
    assert "Somebody commented on your idea." in body(author)
