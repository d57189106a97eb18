"""Comments: what may be said, by whom and when; what was typed is never lost."""

import threading
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from citizen_voice import clock, events
from citizen_voice.accounts import services as accounts
from citizen_voice.comments import queries, recount, services
from citizen_voice.comments.events import CommentPublished
from citizen_voice.comments.models import Comment, CommentThread, CommentVersion
from citizen_voice.comments.services.writing import key_of
from citizen_voice.db import db, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.ideas import services as ideas
from tests.client import HTMX, Client, FormFinder
from tests.factories.challenges import challenge, close
from tests.factories.comments import comment, published, reply, stored
from tests.factories.ideas import idea
from tests.factories.people import resident


def said() -> int:
    """How many comments there are."""
    db.session.rollback()
    return int(db.session.execute(select(func.count()).select_from(Comment)).scalar_one())


def newest() -> UUID:
    """The key of the last one."""
    db.session.rollback()
    return db.session.scalars(select(Comment.id).order_by(Comment.id.desc()).limit(1)).one()


def words(**changed: Any) -> dict[str, Any]:
    """What somebody sends; ``None`` leaves a field out."""
    given = {"comment": "I would sit on it every day.", "lang": "en"} | changed
    return {name: value for name, value in given.items() if value is not None}


def where(number: int) -> str:
    return f"/ideas/CV-{number}/comments"


@pytest.fixture
def member(client: Client) -> Client:
    """Somebody with a name, signed in."""
    client.sign_in(resident(name="Sam Rees"))
    return client


def test_a_member_comments_and_everybody_reads_it(member: Client) -> None:
    number = idea()
    sent = member.send(where(number), words())
    assert sent.status_code == 303
    assert sent.location == f"/ideas/CV-{number}?done=commented#comments"
    assert "Your comment is up." in member.get(sent.location).text
    member.delete_cookie("session")
    page = member.get(f"/ideas/CV-{number}").text
    assert "I would sit on it every day." in page
    assert "Sam Rees" in page
    assert published(number) == 1
    assert recount.differences() == []


def test_a_reply_stands_under_its_comment_and_a_reply_to_it_beside_it(member: Client) -> None:
    number = idea()
    top = comment(number, body="First.")
    sent = member.send(f"/comments/{top}/replies", words(comment="Second."))
    second = newest()
    assert sent.location == f"/comments/{second}?done=commented"
    member.send(f"/comments/{second}/replies", words(comment="Third."))
    third = newest()
    assert stored(second).parent_id == stored(third).parent_id == top
    assert stored(top).replies == 2
    assert published(number) == 3
    page = member.get(f"/ideas/CV-{number}").text
    assert page.index("First.") < page.index("Second.") < page.index("Third.")
    assert "Second." in member.get(f"/comments/{top}").text
    for each in ("First.", "Second."):
        assert each in member.get(f"/comments/{second}").text
    assert recount.differences() == []


def test_htmx_gets_the_comment_the_count_and_a_fresh_form(member: Client) -> None:
    number = idea()
    comment(number)
    sent = member.send(where(number), words(), headers=HTMX)
    assert sent.status_code == 200
    assert "<html" not in sent.text
    assert f'id="comment-{newest()}"' in sent.text
    assert 'data-announce="Your comment is up."' in sent.text
    assert 'id="comment-count" hx-swap-oob="true">2<' in sent.text
    assert 'id="comment-box"' in sent.text
    assert "Retarget" not in str(sent.headers)
    top = newest()
    sent = member.send(f"/comments/{top}/replies", words(comment="Indeed."), headers=HTMX)
    assert f'id="reply-{top}" hx-swap-oob="true"' in sent.text
    assert "Indeed." in sent.text


def test_a_refused_form_comes_back_where_it_stood_with_every_word(member: Client) -> None:
    number = idea()
    top = comment(number)
    for address, place in (
        (where(number), "#comment-box"),
        (f"/comments/{top}/replies", f"#reply-{top}"),
    ):
        for bad in (
            {"comment": ""},
            {"comment": " \n\t "},
            {"comment": "x" * 1_501},
            {"comment": "y" * 10_000},
            {"comment": "\0\0"},
            {"lang": "fr"},
            {"lang": None},
        ):
            sent = member.send(address, words(**bad), headers=HTMX)
            assert sent.status_code == 422, bad
            assert sent.headers["HX-Retarget"] == place
            assert "govuk-error-message" in sent.text
            whole = member.send(address, words(**bad))
            assert whole.status_code == 422
            assert "<title>Error: " in whole.text
            assert "govuk-error-summary" in whole.text
            typed = words(**bad)["comment"].replace("\0", "").strip()
            assert typed in sent.text
            assert typed in whole.text
    assert said() == 1


def test_invisible_letters_and_nulls_are_left_out_of_what_is_kept(member: Client) -> None:
    number = idea()
    member.send(where(number), words(comment="A\0 bench\u202e please\r\nnow"))
    body = db.session.scalars(select(CommentVersion.body)).one()
    assert body == "A bench please\nnow"


def test_hostile_words_are_words(member: Client) -> None:
    number = idea()
    for text in (
        "<script>alert(1)</script>",
        "![x](https://evil.example/x.png)",
        "[x](javascript:alert(1))",
        "<div hx-get='/sign-out' hx-trigger='load'>x</div>",
        "</textarea><script>alert(1)</script>",
        "{{ 7 * 7 }} %s %(name)s",
    ):
        assert member.send(where(number), words(comment=text)).status_code == 303
        again = member.send(where(number), words(comment=text, lang="fr"))
        for html in (
            again.text,
            member.get(f"/ideas/CV-{number}").text,
            member.get(f"/comments/{newest()}").text,
            member.get(f"/comments/{newest()}/edit").text,
            member.get(f"/comments/{newest()}/versions").text,
        ):
            assert "<script>alert" not in html
            assert '<img src="http' not in html
            assert "<div hx-get" not in html
            assert 'href="javascript' not in html
    assert said() == 6


def test_a_hostile_name_is_a_name(client: Client) -> None:
    number = idea()
    comment(number, resident(name="<b>Sam</b> %(x)s &"))
    page = client.get(f"/ideas/CV-{number}").text
    assert "&lt;b&gt;Sam&lt;/b&gt; %(x)s &amp;" in page
    assert "<b>Sam</b>" not in page


def test_a_visitors_comment_is_looked_at_first_and_then_kept_for_the_sign_in(
    client: Client,
) -> None:
    number = idea(title="A bench")
    refused = client.send(where(number), words(comment=""))
    assert refused.status_code == 422
    warned = client.send(where(number), words(comment="Ring 07700 900123"))
    assert warned.status_code == 422
    sent = client.send(where(number), words())
    assert sent.location == "/sign-in"
    assert "Comment on ‘A bench’" in client.get("/sign-in").text
    top = comment(number, resident(name="Jo"))
    assert client.send(f"/comments/{top}/replies", words()).location == "/sign-in"
    assert "Reply to Jo" in client.get("/sign-in").text
    htmx = client.send(where(number), words(), headers=HTMX | {"HX-Request": "true"})
    assert htmx.headers["HX-Redirect"] == "/sign-in"
    assert said() == 1


def test_a_name_is_asked_for_once_and_nothing_typed_is_lost(client: Client) -> None:
    person, number = resident(name=None), idea()
    client.sign_in(person)
    assert 'name="name"' in client.get(f"/ideas/CV-{number}").text
    for name in (None, "", "The Council", "x"):
        refused = client.send(where(number), words(name=name))
        assert refused.status_code == 422
        assert "I would sit on it every day." in refused.text
    assert client.send(where(number), words(name="Heron")).status_code == 303
    page = client.get(f"/ideas/CV-{number}").text
    assert "Heron" in page
    assert 'name="name"' not in page


def test_contact_details_are_published_only_when_that_is_meant(member: Client) -> None:
    number = idea()
    warned = member.send(where(number), words(comment="Ring 07700 900123"))
    assert warned.status_code == 422
    assert "There seems to be a way to contact someone" in warned.text
    assert said() == 0
    assert member.send(where(number), words(comment="Ring 07700 900123", confirm="y")).location


def test_the_same_words_within_ten_minutes_are_one_comment(app: Flask) -> None:
    author, number = resident(), idea()
    first = comment(number, author, body="Yes.")
    assert comment(number, author, body=" Yes.\r\n") == first
    assert comment(number, body="Yes.") != first
    under = reply(first, author, body="Yes.")
    assert reply(first, author, body="Yes.") == under != first
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert comment(number, author, body="Yes.") != first
    assert published(number) == 4


def test_what_was_taken_away_can_be_said_again(app: Flask) -> None:
    author, number = resident(), idea()
    first = comment(number, author, body="Yes.")
    with write():
        services.remove(first, author)
    assert comment(number, author, body="Yes.") != first
    assert published(number) == 1


@pytest.mark.parametrize("stage", ["open", "shortlisted"])
def test_open_ideas_take_comments_and_replies(app: Flask, stage: str) -> None:
    number = idea()
    if stage != "open":
        with write():
            ideas.shortlist(number, actor=None, reason="Liked")
    reply(comment(number))
    assert published(number) == 2


def test_a_challenge_that_closes_while_somebody_types_gives_every_word_back(
    member: Client,
) -> None:
    asked = challenge()
    number = idea(asked)
    top = comment(number)
    close(asked)
    for address in (where(number), f"/comments/{top}/replies"):
        for headers in ({}, HTMX):
            refused = member.send(address, words(comment="Typed <late>."), headers=headers)
            assert refused.status_code == 422
            assert "This challenge has closed" in refused.text
            assert "Typed &lt;late&gt;." in refused.text
    with pytest.raises(services.CommentsClosed), write():
        services.reply(resident_here(), top, body="x y", language="en")
    page = member.get(f"/ideas/CV-{number}").text
    assert "This challenge has closed, so there are no new comments." in page
    assert "I would use it" in page
    assert 'name="comment"' not in page
    assert said() == 1


def resident_here() -> UUID:
    """A resident, made inside the transaction at hand."""
    return accounts.join(f"{uuid4().hex}@example.org", "adult", "en")


@pytest.mark.parametrize("state", ["hidden", "held", "withdrawn"])
def test_what_cannot_be_discussed_takes_no_comment_shows_none_and_gives_the_words_back(
    client: Client, state: str
) -> None:
    author = resident()
    number = idea(challenge(moderation="before") if state == "held" else None, author)
    top = None
    if state != "held":
        top = comment(number, body="Said before.")
        with write():
            if state == "withdrawn":
                ideas.withdraw(number, author, why="other", words="Solved", language="en")
            else:
                ideas.hide(number, actor=None, reason="No")
    for person in (author, resident()):
        client.sign_in(person)
        refused = client.send(where(number), words(comment="Typed with care."))
        assert refused.status_code in (404, 410, 422)
        assert "Typed with care." in refused.text
        assert client.get(where(number)).status_code == 404
        assert "Said before." not in client.get(f"/ideas/CV-{number}").text
        if top is not None:
            assert client.get(f"/comments/{top}").status_code == 404
            late = client.send(f"/comments/{top}/replies", words(comment="Typed with care."))
            assert late.status_code == 404
            assert "Typed with care." in late.text
    with pytest.raises(Refusal), write():
        services.comment(resident_here(), number, body="Hello there", language="en")
    assert said() == (0 if top is None else 1)


def test_where_a_moderator_reads_first_a_comment_waits_and_only_its_author_sees_it(
    client: Client,
) -> None:
    asked = challenge(moderation="before")
    author = resident()
    number = idea(asked, author)
    with write():
        ideas.publish(number, actor=None)
    client.sign_in(author)
    sent = client.send(where(number), words(comment="To be checked."))
    assert sent.location.endswith("?done=comment-waiting#comments")
    key = newest()
    with clock.at(clock.now() + timedelta(hours=3)):
        page = client.get(f"/ideas/CV-{number}").text
        assert "To be checked." in page
        assert "Waiting for a check. Only you see it. So far: 3 hours." in page
    assert client.get(f"/comments/{key}").status_code == 200
    assert published(number) == 0
    client.sign_in(resident())
    assert "To be checked." not in client.get(f"/ideas/CV-{number}").text
    assert client.get(f"/comments/{key}").status_code == 404
    assert client.send(f"/comments/{key}/replies", words()).status_code == 404
    heard: list[CommentPublished] = []
    events.subscribe(CommentPublished, heard.append)
    with write():
        services.publish(key, actor=None)
    assert [each.comment_id for each in heard if each.comment_id == key] == [key]
    assert "To be checked." in client.get(f"/ideas/CV-{number}").text
    assert published(number) == 1
    assert recount.differences() == []


def test_newcomers_wait_and_who_has_published_does_not(app: Flask) -> None:
    number = idea(challenge(moderation="newcomers"))
    with write():
        ideas.publish(number, actor=None)
    author = resident()
    first = comment(number, author)
    assert stored(first).visibility == "held"
    with write():
        services.publish(first, actor=None)
    assert stored(comment(number, author)).visibility == "published"
    proposer = resident()
    idea(author=proposer)
    assert stored(comment(number, proposer)).visibility == "published"
    assert stored(comment(number, by_council=True)).visibility == "published"


def test_comments_of_the_council_are_marked(client: Client) -> None:
    number = idea()
    comment(number, body="A resident speaks.")
    assert "tag--council" not in client.get(f"/ideas/CV-{number}").text
    comment(number, body="We look into it.", by_council=True)
    assert client.get(f"/ideas/CV-{number}").text.count("tag--council") == 1


def test_somebody_who_comments_all_day_is_stopped_and_keeps_the_words(member: Client) -> None:
    number = idea()
    for each in range(30):
        assert member.send(where(number), words(comment=f"Number {each}")).status_code == 303
    stopped = member.send(where(number), words(comment="One too many"))
    assert stopped.status_code == 429
    assert "One too many" in stopped.text
    assert "very often" in stopped.text
    assert said() == 30


def test_first_comments_at_once_make_one_thread_and_an_exact_figure(app: Flask) -> None:
    number = idea()
    people = [resident() for _each in range(12)]
    failed: list[BaseException] = []

    def say(person: UUID) -> None:
        try:
            with app.app_context():
                top = comment(number, person, body="At once.")
                reply(top, person, body="And again.")
        except BaseException as error:  # noqa: BLE001  # told by the thread that waits
            failed.append(error)

    run([threading.Thread(target=say, args=(person,)) for person in people])
    assert failed == []
    db.session.rollback()
    assert db.session.execute(select(func.count()).select_from(CommentThread)).scalar_one() == 1
    assert published(number) == 24
    assert recount.differences() == []


def test_sent_twenty_times_at_once_it_is_one_comment(app: Flask) -> None:
    author, number = resident(), idea()

    def say() -> None:
        with app.app_context():
            comment(number, author, body="Once.")

    run([threading.Thread(target=say) for _time in range(20)])
    assert said() == published(number) == 1


def test_replies_while_the_comment_goes_and_comes_leave_exact_figures(app: Flask) -> None:
    author, number = resident(), idea()
    top = comment(number, author)
    people = [resident() for _each in range(6)]

    def waver() -> None:
        with app.app_context():
            for _time in range(6):
                with write():
                    services.remove(top, author)
                with write():
                    services.restore(top, author)

    def answer(person: UUID) -> None:
        with app.app_context():
            for each in range(4):
                try:
                    key = reply(top, person, body=f"Reply {each}")
                    if each % 2:
                        with write():
                            services.remove(key, person)
                except services.CommentsClosed:
                    pass

    run(
        [threading.Thread(target=waver)]
        + [threading.Thread(target=answer, args=(p,)) for p in people]
    )
    db.session.rollback()
    assert recount.differences() == []


def run(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_keys_are_the_order_of_time(app: Flask) -> None:
    now = clock.now()
    moments = [now + timedelta(microseconds=number * 37) for number in range(200)]
    keys = [key_of(moment) for moment in moments]
    assert keys == sorted(keys)
    assert all(key.version == 7 and key.variant == "specified in RFC 4122" for key in keys)
    number = idea()
    with clock.at(now - timedelta(days=3)):
        older = comment(number)
    assert [row.id for row in queries.discussion(number, reader=None).tops] == [older]
    with clock.at(now - timedelta(days=5)):
        oldest = comment(number)
    assert [row.id for row in queries.discussion(number, reader=None).tops] == [older, oldest]


def test_nobody_who_is_not_there_comments(app: Flask) -> None:
    number = idea()
    with pytest.raises(NotHere), write():
        services.comment(uuid4(), number, body="Hello there", language="en")


def test_the_other_languages_button_keeps_what_was_typed(client: Client) -> None:
    number = idea()
    answer = client.send(f"/cy{where(number)}", words(_language="cy"))
    assert answer.status_code == 200
    assert '<html lang="cy"' in answer.text
    assert "I would sit on it every day." in answer.text
    assert "error-summary" not in answer.text
    assert said() == 0


def test_the_form_of_an_ideas_page_goes_where_comments_go(member: Client) -> None:
    number = idea()
    forms = FormFinder(member.get(f"/ideas/CV-{number}").text).forms
    form = next(each for each in forms if each["action"] == where(number))
    assert form["method"] == "post"
    assert set(form["fields"]) == {"csrf_token", "comment", "lang"}


def test_a_refused_reply_to_a_reply_comes_back_under_their_comment(member: Client) -> None:
    top = comment(idea())
    under = reply(top)
    refused = member.send(f"/comments/{under}/replies", words(comment=""), headers=HTMX)
    assert refused.status_code == 422
    assert refused.headers["HX-Retarget"] == f"#reply-{top}"
    assert f'hx-target="#replies-{top}"' in refused.text
    part = member.get(f"/comments/{top}", headers=HTMX | {"HX-Target": f"div#reply-{top}"})
    assert "<html" not in part.text
    assert f'action="/comments/{top}/replies"' in part.text
