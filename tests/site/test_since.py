"""Since your last visit: what the home page says to who was here before."""

from datetime import datetime
from uuid import UUID

from citizen_voice import clock, kept
from citizen_voice.accounts import services as accounts
from citizen_voice.answers import services as answering
from citizen_voice.challenges.models import Challenge
from citizen_voice.comments import services as commenting
from citizen_voice.db import write
from citizen_voice.ideas import services as ideas
from tests.client import Client
from tests.factories.challenges import challenge, close
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.habits.statements import counted
from tests.site.telling import DAY, HOUR, MINUTE, NOTHING, told


def support(*idea_ids: int, people: int = 1) -> None:
    for _ in range(people):
        somebody = resident()
        for idea_id in idea_ids:
            answer(somebody, idea_id, "support")


def answer(person: UUID, idea_id: int, value: str) -> None:
    with write():
        answering.cast(person, idea_id, value)


def test_a_visitor_is_told_nothing(client: Client, asked: Challenge) -> None:
    idea(asked)
    assert told(client) is None


def test_a_first_visit_is_told_nothing(client: Client, person: UUID, asked: Challenge) -> None:
    idea(asked)
    client.sign_in(person)
    assert told(client) is None
    with clock.at(clock.now() + 10 * MINUTE):
        assert told(client) is None


def test_who_comes_back_to_nothing_new_gets_one_friendly_line(
    client: Client, before: datetime
) -> None:
    assert NOTHING in (told(client) or "")


def test_new_supporters_of_ones_own_ideas_are_counted(
    client: Client, person: UUID, before: datetime, asked: Challenge
) -> None:
    with clock.at(before - HOUR):
        bench = idea(asked, person, title="A bench by the river")
        tree = idea(asked, person, title="A tree in the square")
        support(bench, people=4)
    support(bench, people=2)
    support(tree)
    said = told(client) or ""
    assert "A bench by the river 2 new supporters" in said
    assert "A tree in the square 1 new supporter" in said
    assert f'href="/ideas/CV-{bench}"' in client.get("/").text


def test_only_support_that_was_not_there_before_counts(
    client: Client, person: UUID, before: datetime, asked: Challenge
) -> None:
    faithful, doubter = resident(), resident()
    with clock.at(before - HOUR):
        mine = idea(asked, person, title="A bench by the river")
        answer(faithful, mine, "support")
    answer(faithful, mine, "support")  # once more
    answer(person, mine, "support")  # their own
    answer(doubter, mine, "oppose")
    answer(resident(), mine, "skip")
    assert NOTHING in (told(client) or "")
    answer(doubter, mine, "support")
    assert "1 new supporter" in (told(client) or "")
    answer(doubter, mine, "none")
    assert NOTHING in (told(client) or "")


def test_supporters_are_never_named(
    client: Client, person: UUID, before: datetime, asked: Challenge
) -> None:
    with clock.at(before - HOUR):
        mine = idea(asked, person)
    answer(resident(name="Gwen Unmistakable"), mine, "support")
    page = client.get("/").text
    assert "1 new supporter" in page
    assert "Unmistakable" not in page


def test_new_comments_of_others_on_ones_own_ideas_are_counted(
    client: Client, person: UUID, before: datetime, asked: Challenge
) -> None:
    with clock.at(before - HOUR):
        mine = idea(asked, person, title="A bench by the river")
        comment(mine, "Before.")
    comment(mine, "After.")
    comment(mine, "And after.")
    comment(mine, "My own.", by=person)
    support(mine)
    said = told(client) or ""
    assert "A bench by the river 1 new supporter · 2 new comments" in said


def comment(idea_id: int, body: str, by: UUID | None = None) -> None:
    by = by or resident()
    with write():
        commenting.comment(by, idea_id, body=body, language="en")


def test_ideas_one_supports_tell_of_their_new_stage(
    client: Client, person: UUID, before: datetime, asked: Challenge
) -> None:
    with clock.at(before - HOUR):
        liked, moved_before, other = (
            idea(asked, title=title) for title in ("A lit path", "A wall", "A disliked road")
        )
        own = idea(asked, person, title="A bench by the river")
        answer(person, liked, "support")
        answer(person, moved_before, "support")
        answer(person, other, "oppose")
        shortlist(moved_before)
    shortlist(liked, other, own)
    said = told(client) or ""
    assert "A lit path Now: Being looked at" in said
    assert "A bench by the river Now: Being looked at" in said
    assert "A wall" not in said
    assert "A disliked road" not in said


def test_what_its_author_did_with_an_idea_is_no_news_to_them(
    client: Client, person: UUID, before: datetime, asked: Challenge
) -> None:
    with clock.at(before - HOUR):
        gone = idea(asked, person, title="A bench by the river")
        back = idea(asked, person, title="A tree in the square")
    with write():
        for number in (gone, back):
            ideas.withdraw(number, person, why="happened", words="", language="en")
    with write():
        ideas.bring_back(back, person)
    assert NOTHING in (told(client) or "")
    shortlist(back)
    assert "A tree in the square Now: Being looked at" in (told(client) or "")


def shortlist(*idea_ids: int) -> None:
    with write():
        for idea_id in idea_ids:
            ideas.shortlist(idea_id, actor=None, reason="Many ask for it")


def test_new_ideas_of_others_in_open_challenges_are_counted_and_three_are_named(
    client: Client, person: UUID, before: datetime, asked: Challenge
) -> None:
    with clock.at(before - HOUR):
        idea(asked, title="From before")
        closed = challenge(opens=clock.today() - 50 * DAY)
    idea(closed, title="In a closed one")
    close(closed)
    idea(asked, person, title="One’s own")
    for number in range(5):
        idea(asked, title=f"Fresh idea {number}")
    said = told(client) or ""
    assert "5 new ideas Fresh idea 4 Fresh idea 3 Fresh idea 2" in said
    assert said.count("Fresh") == 3
    assert "before" not in said
    assert "closed" not in said
    assert "One’s own" not in said
    assert 'href="/ideas?order=newest"' in client.get("/").text


def test_hidden_held_and_withdrawn_ideas_are_no_news(
    client: Client, person: UUID, before: datetime, asked: Challenge
) -> None:
    with clock.at(before - HOUR):
        mine, liked = idea(asked, person, title="Mine"), idea(asked, title="Liked")
        answer(person, liked, "support")
    support(mine)
    shortlist(liked)
    fresh = idea(asked, title="Fresh")
    with write():
        for idea_id in (mine, liked, fresh):
            ideas.hide(idea_id, actor=None, reason="Names somebody")
    idea(challenge(moderation="before"), title="Held")
    assert NOTHING in (told(client) or "")


def test_no_more_than_five_of_a_kind_and_a_hundred_counted(
    client: Client, person: UUID, before: datetime, asked: Challenge
) -> None:
    author = resident()
    with clock.at(before - HOUR):
        mine = [idea(asked, person, title=f"Mine {number}") for number in range(7)]
    support(*mine)
    with write():
        for number in range(103):
            ideas.propose(
                author if number % 2 else resident_inside(number),
                asked.id,
                title=f"Fresh {number}",
                body="For all.",
                language="en",
                topic_id=None,
                ward_id=None,
            )
    said = told(client) or ""
    assert said.count("Mine") == 5
    assert "100 new ideas or more" in said


def resident_inside(number: int) -> UUID:
    return accounts.join(f"inside{number}@example.org", "adult", "en")


def test_what_residents_wrote_is_escaped_and_marked_with_its_language(
    client: Client, person: UUID, before: datetime, asked: Challenge
) -> None:
    idea(asked, title="Mainc <b>wrth</b> yr afon", language="cy")
    page = client.get("/").text
    assert "<b>wrth" not in page
    assert 'lang="cy">Mainc &lt;b&gt;wrth' in page


def test_it_is_told_in_welsh(client: Client, before: datetime, asked: Challenge) -> None:
    idea(asked, title="A lit path")
    assert "A lit path" in (told(client, "/cy") or "")
    assert 'href="/cy/ideas?order=newest"' in client.get("/cy/").text


def test_it_costs_two_statements_however_much_is_new(
    client: Client, person: UUID, before: datetime, asked: Challenge
) -> None:
    few = statements_of_home(client)
    mine = idea(asked, person)
    support(mine, people=3)
    for _ in range(4):
        idea(asked)
    many = statements_of_home(client)
    assert len(few) == len(many)
    assert len([sql for sql in many if "last_visit_at" in sql or " AS kind" in sql]) == 2


def statements_of_home(client: Client) -> list[str]:
    """What it asks once the visit is noted, and somebody has committed something."""
    for _ in range(2):
        client.get("/")
    kept.forget()
    with counted() as statements:
        client.get("/")
    return statements.sent
