"""How many statements a page costs: within its budget, whatever the number of rows."""

import pytest
from flask import Flask

from citizen_voice import kept
from tests.client import HTMX, Client, token_in
from tests.habits import addresses
from tests.habits import world as worlds
from tests.habits.addresses import Address
from tests.habits.statements import Statements, counted
from tests.habits.world import READERS, World, browser

SETTINGS, SESSION = 1, 1
"""What every page of the site asks, and every page for who is signed in."""

ORDINARY = 4
BUDGETS = {
    "ideas.index": 3,
    "challenges.detail": 4,
    "ideas.detail": 4,
    "site.theme": 0,
    "site.healthz": 0,
}
"""Statements beyond the settings and the session, by endpoint; ``ORDINARY`` where none is named."""

KEPT = 2
"""What a page may read besides when somebody has just committed: the choices of filters, totals."""

AT_THE_END = {"answers.next_idea"}
"""Pages that ask once more where the order has come to its end, however many rows there are."""

ANSWER = 4
WHOLE: dict[str, dict[str, str]] = {"page": {}}
PARTS = WHOLE | {
    "list": HTMX | {"HX-Target": "section#listing"},
    "more": HTMX | {"HX-Target": "p#more"},
}


def test_statements_of_a_page_do_not_depend_on_the_number_of_rows(app: Flask, world: World) -> None:
    few = costs(app, world)
    worlds.grow(world)
    many = costs(app, world)
    grown = [
        f"{name}: {few[name][0]} statements with few rows, {cost} with many; now:\n{sql}"
        for name, (cost, _budget, sql) in many.items()
        if cost != few[name][0] and not any(f"({end})" in name for end in AT_THE_END)
    ]
    assert not grown, (
        "Ask for all rows in one statement (a join, or `IN` with the keys of the page), and hand "
        "templates rows, not objects that load on their own:\n" + "\n".join(grown)
    )
    dear = [
        f"{name}: {cost} statements beyond settings and session, allowed {budget}:\n{sql}"
        for name, (cost, budget, sql) in many.items()
        if cost > budget + KEPT
    ]
    assert not dear, "Ask for less, or for two things at once:\n" + "\n".join(dear)


def costs(app: Flask, world: World) -> dict[str, tuple[int, int, Statements]]:
    """What every page costs every reader beyond settings and session, and may cost."""
    found = {}
    for reader in READERS:
        client = browser(app, world, reader)
        client.get("/")  # connections are made here, and are no page's doing
        common = SETTINGS + (SESSION if reader == "resident" else 0)
        variants = PARTS if reader == "resident" else WHOLE
        for address in addresses.safe(app, world):
            for variant, headers in variants.items():
                kept.forget()  # the dearest case: somebody has just committed
                with counted() as statements:
                    answer = client.get(address.path, headers=headers)
                name = f"{address} as {reader}, {variant}: {answer.status_code}"
                assert answer.status_code < 500, name
                assert not statements.written, f"{name} writes: {statements.written}"
                budget = BUDGETS.get(address.endpoint, ORDINARY)
                found[name] = (len(statements) - common, budget, statements)
    return found


@pytest.mark.parametrize("origin", ["list", "page"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["form", "htmx"])
def test_an_answer_takes_few_statements(
    app: Flask, world: World, origin: str, headers: dict[str, str]
) -> None:
    worlds.grow(world)
    client = browser(app, world, "resident")
    token = token_in(client.get("/").text)
    address = Address("answers.answer", "", "POST", f"/ideas/CV-{world.own}/answer")
    for value in ("support", "support", "oppose", "skip", "none", "none"):
        answering(client, address, headers, {"value": value, "from": origin, "csrf_token": token})


def answering(
    client: Client, address: Address, headers: dict[str, str], fields: dict[str, str]
) -> None:
    """Answer, and count."""
    with counted() as statements:
        answer = client.post(address.path, data=fields, headers=headers)
    assert answer.status_code in (200, 303), answer.text
    cost = len(statements) - SETTINGS - SESSION
    assert cost <= ANSWER, f"{fields['value']}: {cost} statements, allowed {ANSWER}:\n{statements}"


def test_budgets_belong_to_addresses_that_exist(app: Flask) -> None:
    gone = set(BUDGETS) - set(app.view_functions)
    assert not gone, f"Take {gone} out of BUDGETS here."


def test_statements_of_both_engines_are_counted(app: Flask, world: World) -> None:
    client = browser(app, world, "resident")
    token = token_in(client.get("/").text)
    with counted() as statements:
        client.post("/me/name", data={"name": "Sam", "csrf_token": token})
    assert statements.written
    assert len(statements) > len(statements.written)
    assert not any(sql.startswith(("BEGIN", "COMMIT")) for sql in statements.sent)
