"""Sixteen residents change their minds about the same twenty ideas, as fast as they can."""

import re
from collections import Counter
from urllib.request import urlopen

from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.faults import storm
from tests.faults.conftest import let_go
from tests.servers.site import LiveSite

SECONDS = 10


def test_the_figures_are_the_rows_and_nobody_sees_an_error(site: LiveSite, database: str) -> None:
    asked = challenge()
    ideas = [idea(asked) for _ in range(20)]
    persons = [resident() for _ in range(16)]
    ledger = storm.Ledger()
    with storm.talkers(site, persons, ideas, readers=2) as talkers:
        let_go()
        site.start()
        for talker in talkers:
            talker.set_off(SECONDS)
        for talker in talkers:
            talker.begun()
        spells = [(talker.person, talker.spell()) for talker in talkers]
    assert [problem for _person, spell in spells for problem in spell["problems"]] == []
    for person, spell in spells:
        assert spell["under_way"] is None
        assert spell["acknowledged"] or person is None
        if person is None:
            assert spell["read"]
        else:
            ledger.note(person, spell)

    rows = storm.rows()
    assert ledger.hold_against(rows) == []
    figures = storm.counted(rows)
    assert storm.listed() == {number: figures.get(number, Counter()) for number in ideas}
    for number in ideas:
        assert on_page(site, number) == shown(figures.get(number, Counter()))
    assert in_list(site) == {n: shown(figures.get(n, Counter())) for n in ideas}
    assert f"{len(rows)} answers" in words(page(site, f"/challenges/{asked.slug}"))
    assert site.command("check") == "0 differences.\n"

    answers = sum(spell["acknowledged"] for _person, spell in spells)
    reads = sum(spell["read"] for _person, spell in spells)
    print(  # noqa: T201  # for who runs it with -s; a figure of this machine, no test
        f"\n{database}: {answers / SECONDS:.0f} answers and {reads / SECONDS:.0f} pages a second"
    )


def shown(figures: Counter[str]) -> tuple[int, int]:
    """What a page says of them: support, not for me."""
    return figures["support"], figures["oppose"]


def page(site: LiveSite, address: str) -> str:
    with urlopen(site.base_url + address, timeout=30) as answer:
        return str(answer.read().decode())


def words(html: str) -> str:
    """The text without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def said(html: str) -> tuple[int, int]:
    text = words(html)
    support = re.search(r"(\d+) supporters?", text)
    oppose = re.search(r"not for me: (\d+)", text)
    assert support, text
    return int(support[1]), int(oppose[1]) if oppose else 0


def on_page(site: LiveSite, number: int) -> tuple[int, int]:
    return said(page(site, f"/ideas/CV-{number}"))


def in_list(site: LiveSite) -> dict[int, tuple[int, int]]:
    """The figures on the cards of the list of ideas."""
    _before, *cards = page(site, "/ideas").split('data-idea="')
    return {int(card[: card.index('"')]): said(card) for card in cards}
