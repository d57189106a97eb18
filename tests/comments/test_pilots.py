"""Comments on pilots: as those on ideas, open until the pilot is decided."""

import pytest
from flask import Flask
from sqlalchemy import update

from citizen_voice.accounts import services as accounts
from citizen_voice.comments import recount, services
from citizen_voice.comments.models import CommentThread
from citizen_voice.db import db, write
from citizen_voice.errors import NotHere
from citizen_voice.ideas import services as ideas
from citizen_voice.news import queries as news
from citizen_voice.pilots import services as pilots
from tests.client import HTMX, Client, FormFinder
from tests.comments.saying import newest, resident_here, said, words
from tests.comments.test_pages import walk
from tests.factories.challenges import challenge, close
from tests.factories.comments import (
    comment,
    published,
    published_on_pilot,
    remark,
    reply,
    stored,
)
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.pilots import a_pilot, decided, shortlisted
from tests.factories.team import colleague

TITLE = "Benches that warm up"
DECIDED = "This trial was decided, so there are no new comments."


def where(pilot: int) -> str:
    return f"/pilots/CVT-{pilot}/comments"


def started() -> int:
    """A pilot of one idea."""
    return a_pilot(*shortlisted([idea()]))


def cancelled(pilot: int) -> None:
    moderator = colleague()
    with write():
        pilots.cancel(pilot, actor=moderator)


def test_a_member_comments_on_a_pilot_and_everybody_reads_it(member: Client) -> None:
    pilot = started()
    sent = member.send(where(pilot), words())
    assert sent.status_code == 303
    assert sent.location == f"/pilots/CVT-{pilot}?done=commented#comments"
    assert member.get(sent.location).text.count("Your comment is up.") == 1
    member.delete_cookie("session")
    for page in (f"/pilots/CVT-{pilot}", where(pilot), f"/pilots/cvt-{pilot}/comments"):
        text = member.get(page).text
        assert "I would sit on it every day." in text
        assert "Sam Rees" in text
    assert published_on_pilot(pilot) == 1
    assert recount.differences() == []


def test_a_comments_page_names_the_pilot_and_leads_back_to_it(client: Client) -> None:
    pilot = a_pilot(*shortlisted([idea()]), title_cy="Meinciau sy’n cynhesu")
    key = remark(pilot, body="Warm at last.")
    page = client.get(f"/comments/{key}").text
    assert TITLE in page
    assert f'href="/pilots/CVT-{pilot}#comments"' in page
    assert "/ideas/CV-" not in page.partition("<main")[2].partition("</main>")[0]
    welsh = client.get(f"/cy/comments/{key}").text
    assert "Meinciau sy’n cynhesu" in welsh
    assert f'href="/cy/pilots/CVT-{pilot}"' in welsh
    assert 'lang="en">Benches' in client.get(f"/cy/comments/{remark(started())}").text


def test_replies_edits_and_second_thoughts_work_on_pilots(member: Client) -> None:
    pilot = started()
    member.send(where(pilot), words())
    top = newest()
    member.send(f"/comments/{top}/replies", words(comment="A reply."))
    under = newest()
    assert stored(under).parent_id == top
    page = member.get(f"/comments/{top}/edit")
    assert "What it said before can still be read." in page.text
    edited = member.send(f"/comments/{top}/edit", words(comment="Said better."))
    assert edited.location.endswith("?done=comment-edited")
    assert "Said better." in member.get(where(pilot)).text
    assert "I would sit" in member.get(f"/comments/{top}/versions").text
    assert "Taken away." in member.get(member.send(f"/comments/{under}/remove").location).text
    assert published_on_pilot(pilot) == 1
    assert "A reply." in member.get(member.send(f"/comments/{under}/restore").location).text
    assert published_on_pilot(pilot) == 2
    assert recount.differences() == []


def test_htmx_gets_the_comment_the_count_and_a_form_for_the_pilot(member: Client) -> None:
    pilot = started()
    remark(pilot)
    sent = member.send(where(pilot), words(), headers=HTMX)
    assert sent.status_code == 200
    assert f'id="comment-{newest()}"' in sent.text
    assert 'id="comment-count" hx-swap-oob="true">2<' in sent.text
    assert f'hx-post="{where(pilot)}"' in sent.text
    assert f'data-draft="comment:CVT-{pilot}"' in sent.text
    refused = member.send(where(pilot), words(comment=""), headers=HTMX)
    assert refused.headers["HX-Retarget"] == "#comment-box"
    assert "Write your comment first." in refused.text


def test_every_comment_on_a_pilot_is_met_once_in_order(client: Client) -> None:
    number = idea()
    pilot = a_pilot(*shortlisted([number]))
    comment(number, body="Of the idea alone.")
    keys = [str(remark(pilot)) for _each in range(23)]
    assert walk(client, f"{where(pilot)}?order=oldest") == keys
    assert walk(client, where(pilot)) == keys[::-1]
    page = client.get(f"/pilots/CVT-{pilot}").text
    assert sum(key in page for key in keys) == 5
    assert "Of the idea alone." not in client.get(f"{where(pilot)}?order=oldest").text
    assert client.get(f"{where(pilot)}?order=loudest").status_code == 400


def test_a_visitors_comment_on_a_pilot_is_kept_for_the_sign_in(client: Client) -> None:
    pilot = started()
    assert client.send(where(pilot), words(comment="")).status_code == 422
    assert client.send(where(pilot), words()).location == "/sign-in"
    assert f"Comment on ‘{TITLE}’" in client.get("/sign-in").text
    assert said() == 0


def test_a_first_name_is_asked_for_on_a_pilot_too(client: Client) -> None:
    pilot = started()
    client.sign_in(resident(name=None))
    assert 'name="name"' in client.get(f"/pilots/CVT-{pilot}").text
    assert client.send(where(pilot), words()).status_code == 422
    assert client.send(where(pilot), words(name="Heron")).status_code == 303
    assert "Heron" in client.get(where(pilot)).text


def test_the_form_of_a_pilots_page_goes_where_its_comments_go(member: Client) -> None:
    pilot = started()
    forms = FormFinder(member.get(f"/pilots/CVT-{pilot}").text).forms
    form = next(each for each in forms if each["action"] == where(pilot))
    assert form["method"] == "post"
    assert set(form["fields"]) == {"csrf_token", "comment", "lang"}


def test_the_council_is_marked_on_pilots(client: Client) -> None:
    pilot = started()
    remark(pilot, body="We measure it.", by_council=True)
    assert client.get(where(pilot)).text.count("tag--council") == 1


def test_somebody_who_comments_on_pilots_all_day_is_stopped(member: Client) -> None:
    pilot, number = started(), idea()
    for each in range(30):
        comments = where(pilot) if each % 2 else f"/ideas/CV-{number}/comments"
        assert member.send(comments, words(comment=f"Number {each}")).status_code == 303
    stopped = member.send(where(pilot), words(comment="One too many"))
    assert stopped.status_code == 429
    assert "One too many" in stopped.text


def test_comments_on_a_pilot_stay_open_when_the_challenge_closes(member: Client) -> None:
    asked = challenge(moderation="before")
    number = idea(asked)
    with write():
        ideas.publish(number, actor=None)
    pilot = a_pilot(*shortlisted([number]))
    close(asked)
    assert member.send(f"/ideas/CV-{number}/comments", words()).status_code == 422
    sent = member.send(where(pilot), words())
    assert sent.location.endswith("?done=commented#comments")
    assert stored(newest()).visibility == "published"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["form", "htmx"])
def test_they_close_with_the_pilot_which_says_so_and_gives_every_word_back(
    member: Client, headers: dict[str, str]
) -> None:
    pilot = started()
    author = resident()
    top = remark(pilot, author, body="In time.")
    decided(pilot, second=colleague())
    for address in (where(pilot), f"/comments/{top}/replies"):
        refused = member.send(address, words(comment="Typed <late>."), headers=headers)
        assert refused.status_code == 422
        assert DECIDED in refused.text
        assert "Typed &lt;late&gt;." in refused.text
    with pytest.raises(services.CommentsClosed), write():
        services.comment_on_pilot(resident_here(), pilot, body="Hello", language="en")
    with pytest.raises(services.CommentsClosed), write():
        services.edit(top, author, body="Said later.", language="en")
    for page in (f"/pilots/CVT-{pilot}", where(pilot), f"/comments/{top}"):
        text = member.get(page).text
        assert DECIDED in text
        assert "In time." in text
        assert 'name="comment"' not in text
    member.sign_in(author)
    assert member.send(f"/comments/{top}/remove").status_code == 303
    assert published_on_pilot(pilot) == said() - 1 == 0


def test_what_was_said_about_a_cancelled_pilot_is_its_authors_alone(client: Client) -> None:
    pilot, author = started(), resident()
    key = remark(pilot, author, body="Said in time.")
    cancelled(pilot)
    for reader in (None, resident(), author):
        if reader is not None:
            client.sign_in(reader)
        assert client.get(where(pilot)).status_code == 404
        late = client.send(where(pilot), words(comment="Typed with care."))
        assert late.status_code == 404
        assert "Typed with care." in late.text
        assert client.send(f"/comments/{key}/replies", words()).status_code == 404
        if reader != author:
            assert client.get(f"/comments/{key}").status_code == 404
    mine = client.get(f"/comments/{key}").text
    assert "Comments on this trial aren’t shown now. You can still take yours away." in mine
    assert "Said in time." in mine
    assert TITLE not in mine
    assert f"CVT-{pilot}" not in mine
    assert client.send(f"/comments/{key}/remove").location.startswith(f"/comments/{key}")
    assert stored(key).removed_at is not None


@pytest.mark.parametrize("ref", ["CVT-999999", "CVT-0", "CV-1", "CVT-99999999999", "nonsense"])
def test_there_is_no_discussion_of_a_pilot_that_is_not_there(member: Client, ref: str) -> None:
    assert member.get(f"/pilots/{ref}/comments").status_code == 404
    late = member.send(f"/pilots/{ref}/comments", words(comment="Typed with care."))
    assert late.status_code == 404
    assert "Typed with care." in late.text
    with pytest.raises(NotHere), write():
        services.comment_on_pilot(resident_here(), 999_999, body="Hello", language="en")


def test_who_leaves_takes_words_about_pilots_along(client: Client) -> None:
    pilot, author = started(), resident(name="Sam Rees")
    top = remark(pilot, author, body="Where I live.")
    reply(top, body="Good to know.")
    with write():
        accounts.leave(author, remove_words=True)
    page = client.get(where(pilot)).text
    assert "Sam Rees" not in page
    assert "Where I live." not in page
    assert "Good to know." in page
    assert stored(top).erased
    assert published_on_pilot(pilot) == 1
    assert recount.differences() == []


def test_check_counts_what_was_said_about_pilots(app: Flask) -> None:
    number = idea()
    pilot = a_pilot(*shortlisted([number]))
    remark(pilot)
    comment(number)
    with write():
        of = CommentThread.pilot_id == pilot
        db.session.execute(update(CommentThread).where(of).values(published=7))
    found = [str(each) for each in recount.differences()]
    assert found == [f"pilot {pilot}: comments shows 7, the rows say 1"]
    assert recount.fix() == 1
    assert published_on_pilot(pilot) == published(number) == 1


def test_what_is_said_about_a_pilot_counts_for_none_of_its_ideas(client: Client) -> None:
    author, other = resident(), resident()
    number = idea(author=author)
    pilot = a_pilot(*shortlisted([number]))
    remark(pilot, other)
    assert published(number) == 0
    client.sign_in(author)
    assert 'id="comment-count">0<' in client.get(f"/ideas/CV-{number}").text
    assert 'id="comment-count">1<' in client.get(f"/pilots/CVT-{pilot}").text
    assert news.tells_of_pilot(pilot) == 2
