"""Every address says who may open it, and a page that is read does not write."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

from flask import Flask

from citizen_voice.web import openly
from citizen_voice.web.access import SAFE_METHODS, mark_of
from tests.habits import addresses
from tests.habits.marks import once
from tests.habits.queries import QUERIES

MARKS = {"everyone", "members", "development", "machine", "openly", "role"}
MACHINES = {"news.stop", "consent.stop"}
"""Endpoints for machines: signed one-click addresses, which the forgery checks leave alone."""


@once
def test_every_address_says_who_may_open_it(app: Flask) -> None:
    bare = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in addresses.rules(app)
        if mark_of(app.view_functions[rule.endpoint]) not in MARKS
    ]
    assert not bare, (
        f"Put a mark of citizen_voice.web.access under the route (@everyone, @members(), …), and a "
        f"new mark into MARKS here: {bare}"
    )


@once
def test_addresses_for_machines_are_listed(app: Flask) -> None:
    machines = {name for name, view in app.view_functions.items() if mark_of(view) == "machine"}
    assert machines == MACHINES, (
        "An address marked @machine escapes the forgery checks: it has to carry a signed token of "
        "its own. Test that, then list its endpoint in MACHINES here."
    )


@once
def test_addresses_for_other_sites_begin_as_is_said(app: Flask) -> None:
    wrong = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in addresses.rules(app)
        if openly.is_open(rule.rule)
        != (mark_of(app.view_functions[rule.endpoint]) == openly.OPENLY)
    ]
    assert not wrong, (
        f"What begins like PREFIXES of web/openly.py is marked @openly, nothing else is: no "
        f"session is opened for it. {wrong}"
    )


@once
def test_every_argument_of_an_address_has_something_to_stand_for_it(app: Flask) -> None:
    unknown = addresses.unknown_arguments(app)
    assert not unknown, (
        f"Say in ARGUMENTS of tests/habits/addresses.py what to put for {sorted(unknown)}: "
        f"the habits tests open every address."
    )


@once
def test_queries_belong_to_addresses_that_exist(app: Flask) -> None:
    gone = set(QUERIES) - set(app.view_functions)
    assert not gone, f"Take {gone} out of tests/habits/queries.py."


@once
def test_a_view_that_can_be_read_writes_only_for_a_form_that_was_sent(app: Flask) -> None:
    found = {
        rule.endpoint: line
        for rule in addresses.rules(app)
        if (rule.methods or set()) & SAFE_METHODS - {"OPTIONS"}
        for line in unguarded_writes(app.view_functions[rule.endpoint])
    }
    assert not found, (
        f"A GET changes nothing. Put write() under `if form.validate_on_submit():` or "
        f'`if request.method == "POST":`, or give the act an address for POST: {found}'
    )


def unguarded_writes(view: Callable[..., Any]) -> list[int]:
    """The lines of a view with a ``write()`` that no condition keeps for forms."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(view))))
    return _unguarded(tree)


def _unguarded(node: ast.AST) -> list[int]:
    if isinstance(node, ast.If):
        condition = ast.unparse(node.test)
        if "validate_on_submit" in condition or "request.method ==" in condition:
            return [line for other in node.orelse for line in _unguarded(other)]
    if isinstance(node, ast.With):
        contexts = [ast.unparse(item.context_expr) for item in node.items]
        if "write()" in contexts:
            return [node.lineno]
    return [line for child in ast.iter_child_nodes(node) for line in _unguarded(child)]


def test_the_check_for_unguarded_writes_sees_them() -> None:
    assert unguarded_writes(_writes) == [3]
    assert unguarded_writes(_asks_first) == []


def _writes(form: Any, write: Any) -> None:
    if form:
        with write():
            pass


def _asks_first(form: Any, write: Any) -> None:
    if form.validate_on_submit():
        with write():
            pass
