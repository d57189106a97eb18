"""What is found: on both databases the same, and always what is listed now."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citizen_voice.answers import queries as answers
from citizen_voice.answers import services as answering
from citizen_voice.db import write
from citizen_voice.ideas import indexing, ordering, queries, services
from citizen_voice.ideas.queries import lists as reading
from citizen_voice.ideas.queries import search
from citizen_voice.web.pagination import BadCursor
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.factories.places import ward

pytestmark = pytest.mark.usefixtures("app")
NOBODY = answers.mine(None)


def found(
    said: str, order: str = search.BEST, after: str | None = None, **filters: int | str
) -> search.Found:
    """What a search finds."""
    narrowed = queries.Filters(**filters)  # type: ignore[arg-type]
    return search.found(said, order, narrowed, after=after, offset=0, mine=NOBODY)


def numbers(said: str, order: str = search.BEST, **filters: int | str) -> list[int]:
    """The numbers of the ideas found."""
    return [row.id for row in found(said, order, None, **filters).rows]


def test_an_idea_is_found_by_the_words_of_its_title_and_its_body() -> None:
    place = challenge()
    made = idea(place, title="A safer crossing by the school", body="Cars race down the hill.")
    idea(place, title="More trees")
    for said in ("crossing", "safe crossings", "SCHOOL", "racing cars", "hil", "the crossing"):
        assert numbers(said) == [made], said
    assert numbers("hospital") == []


def test_welsh_is_found_with_and_without_its_accents() -> None:
    made = idea(title="Dŵr i bob tŷ", language="cy")
    idea(title="Mwy o goed", language="cy")
    for said in ("tŷ", "ty", "TY", "dŵr tŷ", "dwr"):
        assert numbers(said) == [made], said


def test_welsh_words_are_not_taken_for_english_ones() -> None:
    welsh = idea(title="Mae angen pontio yma", language="cy")
    assert numbers("pontio") == [welsh]
    assert numbers("ponti") == [welsh], "typing on"


def test_the_word_that_is_being_typed_finds_what_begins_with_it() -> None:
    made = idea(title="Cycling lessons for adults")
    for typed in ("cyc", "cycl", "cycli", "cyclin", "cycling", "lessons cyc"):
        assert numbers(typed) == [made], typed


def test_ideas_with_the_words_in_their_title_come_first() -> None:
    in_body = [idea(title=f"Idea {n}", body="A library, please") for n in range(3)]
    in_title = idea(title="A library")
    later = idea(title="Yet another", body="library")
    assert numbers("library") == [in_title, later, *reversed(in_body)]


def test_a_number_finds_its_idea() -> None:
    first, other = idea(), idea(title="Seats like CV-1001")
    assert numbers(f"CV-{first}") == [first]
    assert numbers(f" cv-{other} ") == [other]
    assert numbers("CV-99999") == []
    assert numbers("CV-9999999999") == []


def test_where_no_idea_has_all_the_words_those_with_most_come() -> None:
    bench = idea(title="A bench by the river")
    idea(title="A bus to the station")
    both = idea(title="Flowers near a bench", body="And shade")
    result = found("bench shade umbrella")
    assert result.some
    assert [row.id for row in result.rows] == [both, bench]
    assert not found("bench").some
    assert found("umbrella zeppelin", stage="open").rows == []


def test_filters_hold_within_a_search() -> None:
    here, there = ward("Castle"), ward("Harbour")
    first, second = challenge(), challenge()
    one = idea(first, title="A bench here", ward_id=here)
    two = idea(first, title="A bench there", ward_id=there)
    three = idea(second, title="A bench elsewhere", ward_id=here)
    assert numbers("bench", ward=here) == [one, three] or numbers("bench", ward=here) == [
        three,
        one,
    ]
    assert set(numbers("bench", challenge_id=first.id)) == {one, two}
    assert numbers("bench", challenge_id=first.id, ward=there) == [two]
    with write():
        services.shortlist(two, actor=None, reason="Many ask")
    assert numbers("bench", stage="shortlisted") == [two]
    assert set(numbers("bench", stage="open")) == {one, three}


@pytest.mark.parametrize("order", [search.BEST, *ordering.ORDERS])
def test_pages_show_every_match_once(order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 3)
    place, person = challenge(), resident()
    made = {idea(place, title=f"A bench {'x' * (n % 3)}", body="") for n in range(11)}
    with write():
        for number in sorted(made)[::3]:
            answering.cast(person, number, "support")
    seen: list[int] = []
    after = None
    while True:
        page = found("bench", order, after)
        assert page.matches == len(made)
        seen += [row.id for row in page.rows]
        after = page.after
        if after is None:
            break
        assert len(page.rows) == 3
    assert len(seen) == len(made)
    assert set(seen) == made


def test_a_place_of_another_order_or_a_forged_one_is_refused() -> None:
    idea(title="A bench")
    for after in ("", "x", "W10", "WzksMSwyXQx", "WzEsMSwyXQ", "WzksOTk5OTk5OTk5OTk5LDJd"):
        with pytest.raises(BadCursor):
            found("bench", search.BEST, after)


def test_more_matches_than_are_ranked_are_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST", 4)
    place = challenge()
    made = [idea(place, title="A bench") for _ in range(7)]
    result = found("bench")
    assert result.matches == 5
    assert [row.id for row in result.rows] == made[:1:-1]


HOSTILE = [
    *(
        "",
        " ",
        '"',
        "'",
        '"a',
        "AND",
        "OR NOT NEAR(",
        "a* OR b:",
        "title:x",
        "{title}:",
        "-x",
        "^a",
    ),
    *(
        "\x00",
        "a\x00b",
        "🚌",
        "😀 bench",
        "%",
        "_",
        "\\",
        "';--",
        "the",
        "a",
        "of the",
        ":*",
        "!!",
        "|",
    ),
    *(
        "c/1",
        "w/1",
        "n/1001",
        "<b>bench",
        "bench & tree",
        "(bench",
        "bench)",
        "ﷺ",
        "\ud7ff",
        "Ω ы 中文",
    ),
    *("bench " * 2_000, "x" * 10_000, "\u202e", "ß", "İ", "well-being", "\U0010fffd", "bench'"),
]


def test_any_text_is_a_search() -> None:
    idea(title="A bench & tree", body="<b>well-being</b>")
    for said in HOSTILE:
        found(said)
        found(said, ordering.FAIR, challenge_id=1, stage="open")


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(said=st.text(max_size=60))
def test_any_text_at_all_is_a_search(said: str) -> None:
    found(said)
    found(said + " bench", ordering.NEWEST)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(words=st.lists(st.text(st.characters(categories=["L", "N"]), min_size=2), min_size=1))
def test_an_idea_is_found_by_whatever_it_says(words: list[str]) -> None:
    title = "Idea " + " ".join(words)[:60]
    made = idea(title=title)
    assert made in numbers(title) or len(found(title).rows) == reading.PAGE


def test_what_facets_are_called_is_no_word_that_could_be_looked_for() -> None:
    place = challenge()
    idea(place, title="A bench")
    for said in (f"c/{place.id}", f"c{place.id}", "s/open", "open"):
        assert numbers(said) == [], said


def test_the_index_is_made_anew_from_the_rows() -> None:
    made = [idea(title=f"A bench {n}") for n in range(3)]
    hidden = idea(title="A hidden bench")
    with write():
        services.hide(hidden, actor=None, reason="No")
    assert indexing.differences() == []
    assert indexing.rebuild() == 3
    assert indexing.differences() == []
    assert numbers("bench") == made[::-1]
