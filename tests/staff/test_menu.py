"""The menu says on every page of the staff area where one is."""

import re

from flask import Flask

from citizen_voice.staff.menu import MENU
from tests.client import Client
from tests.habits import addresses, world
from tests.habits.world import browser

NAV = re.compile(r'<nav class="staff__menu".*?</nav>', re.DOTALL)
CURRENT = re.compile(r'<a href="([^"]+)" aria-current="(page|true)"')
FOLDED = re.compile(r"<summary><span>[^<]*<b>([^<]+)</b>")


def test_every_page_with_the_menu_marks_one_entry_and_its_own_alone_as_the_page(
    app: Flask,
) -> None:
    made = world.small()
    opened = browser(app, made, "colleague")
    found = addresses.of_reader(app, "colleague", addresses.safe(app, made))
    seen = 0
    for address in found:
        nav = NAV.search(opened.get(address.path).text)
        if nav is None:
            continue
        seen += 1
        marked = CURRENT.findall(nav[0])
        assert len(marked) == 1, f"{address}: {marked}"
        path = address.path.partition("?")[0]
        assert (marked[0][0] == path) == (marked[0][1] == "page"), f"{address}: {marked}"
    assert seen > len(MENU)


def test_a_case_and_its_decision_stand_within_their_lists_in_welsh_too(app: Flask) -> None:
    made = world.small()
    opened = browser(app, made, "colleague")
    within = {
        f"/staff/cases/{made.cases[0]}": "/staff/queue",
        f"/staff/cases/{made.cases[0]}/decide?act=pause": "/staff/queue",
        f"/staff/decisions/{made.decisions[0]}": "/staff/decisions",
        f"/staff/appeals/{made.appeals[0]}": "/staff/appeals",
        f"/staff/ideas/CV-{made.own}/stage": "/staff/replies",
        f"/staff/challenges/{made.open.id}/edit": "/staff/challenges",
        f"/staff/people/{made.colleague}": "/staff/people",
        "/staff/journal/verify": "/staff/journal",
    }
    for prefix in ("", "/cy"):
        for path, entry in within.items():
            html = opened.get(prefix + path).text
            assert CURRENT.findall(html) == [(prefix + entry, "true")] * 2, path
            assert FOLDED.search(html), path


def test_what_nobody_may_see_is_no_place_in_the_menu(client: Client) -> None:
    assert "staff__menu" not in client.get("/staff/cases/none").text
