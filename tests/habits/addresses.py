"""Every address of the site, with arguments from a world. New rules are covered by themselves."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlencode

from flask import Flask
from werkzeug.routing import Rule

from citizen_voice import clock
from citizen_voice.web.access import SAFE_METHODS, mark_of
from citizen_voice.widgets.models import KINDS
from tests.habits.queries import NOBODYS, QUERIES
from tests.habits.world import World

ARGUMENTS: dict[str, Callable[[World], Sequence[object]]] = {
    "ref": lambda world: [
        *(
            f"CV-{number}"
            for number in (
                world.own,
                world.others,
                world.hidden,
                world.held,
                world.shortlisted,
                world.withdrawn,
            )
        ),
    ],
    "measure_id": lambda world: [world.measure, 2**31 - 1],
    "month": lambda _world: [clock.today().isoformat()[:7], "2026-01", "2026-13"],
    "pilot_ref": lambda world: [
        f"CVT-{number}" for number in (world.pilot, world.pilot_waiting, world.pilot_decided)
    ],
    "update_id": lambda world: [world.pilot_update, 2**31 - 1],
    "thanks_id": lambda _world: [1, 2**31 - 1],
    "comment_id": lambda world: [*world.comments, world.talk],
    "slug": lambda world: [made.slug for made in (world.open, world.upcoming, world.closed)],
    "token": lambda world: [world.link, "no-such-token"],
    "session_id": lambda world: [world.other_session],
    "ward_id": lambda _world: [1, 2**31 - 1],
    "ground_id": lambda _world: [1, 2**31 - 1],
    "digest": lambda _world: ["0" * 64],
    "challenge_id": lambda world: [
        world.begun,
        *(made.id for made in (world.open, world.upcoming, world.closed)),
    ],
    "challenge_act": lambda _world: ["publish", "archive", "restore", "delete"],
    "invitation": lambda world: [world.invitation, "no-such-token"],
    "invitation_id": lambda world: [world.invitation_id],
    "colleague_id": lambda world: [world.fellow, world.colleague],
    "decision_id": lambda world: world.decisions,
    "appeal_id": lambda world: world.appeals,
    "case_id": lambda world: [*world.cases, world.talk_case, NOBODYS],
    "batch_id": lambda _world: [NOBODYS],
    "mention_id": lambda _world: [1],
    "copy_id": lambda world: [world.copy, NOBODYS],
    "draft_id": lambda world: [world.draft, NOBODYS],
    "mail_id": lambda _world: [NOBODYS],
    "merge_id": lambda _world: [1],
    "letter_token": lambda world: [world.letter, "no-such-word"],
    "consent_token": lambda world: [world.consent_letter, "no-such-word"],
    "purpose": lambda _world: ["newsletter", "news", "nothing"],
    "entry": lambda _world: [1, 2**31 - 1],
    "newsletter_id": lambda _world: [1, 2, 2**31 - 1],
    "receipt": lambda world: [world.receipt, "R-0000-0000-0000-0000"],
    "processor_id": lambda _world: [1, 2**31 - 1],
    "breach_id": lambda _world: [1, 2, 2**31 - 1],
    "assessment_id": lambda _world: [1, 2, 2**31 - 1],
    "rule_key": lambda _world: ["idle-accounts", "limits"],
    "sweep_name": lambda _world: ["accounts", "names", "limits", "nothing"],
    "hold_id": lambda _world: [1, 2**31 - 1],
    "risk_id": lambda _world: [1],
    "step": lambda _world: ["need", "processing", "nothing"],
    "harm": lambda _world: ["fraud", "nothing"],
    "reply_id": lambda world: [*world.replies, 2**31 - 1],
    "key": lambda _world: ["news", "account", "nothing"],
    "name": lambda _world: ["privacy", "young-people", "nothing"],
    "version": lambda _world: [1, 2, 2**31 - 1],
    "rights_id": lambda world: [*world.rights, 2**31 - 1],
    "letter_id": lambda world: [world.rights_letter, 2**31 - 1],
    "rights_step": lambda _world: ["note", "answered", "nothing"],
    "letter_kind": lambda _world: ["extended", "c-progress", "nothing"],
    "asked": lambda world: [world.asked_rights, "P-0000"],
    "widget_id": lambda world: [*world.widgets, 2**31 - 1],
    "widget_kind": lambda _world: [*KINDS, "nothing"],
    "sitemap_part": lambda world: [world.own // 2_500, 2**31 - 1],
    "icon": lambda _world: ["192", "512-maskable", "nothing"],
}
"""What to put for an argument of a rule, by the argument's name."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a rule, and a method that it takes."""

    endpoint: str
    rule: str
    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path} ({self.endpoint})"


def rules(app: Flask) -> list[Rule]:
    """Every rule of the site."""
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))


def unknown_arguments(app: Flask) -> set[str]:
    """The names of arguments that nobody has said what to put for."""
    return {name for rule in rules(app) for name in rule.arguments} - set(ARGUMENTS)


def safe(app: Flask, world: World, *, method: str = "GET") -> list[Address]:
    """Every address that can be read; the first of a rule also with the queries of ``QUERIES``."""
    found = []
    for rule in rules(app):
        if method in (rule.methods or ()):
            paths = list(_paths(rule, world))
            queries = [urlencode(query) for query in QUERIES.get(rule.endpoint, ())]
            paths += [f"{paths[0]}?{query}" for query in queries]
            found += [Address(rule.endpoint, rule.rule, method, path) for path in paths]
    return found


def of_reader(app: Flask, reader: str, found: Sequence[Address]) -> list[Address]:
    """Those of some addresses that are worth opening as one of the world's readers.

    The staff area is for colleagues, who read elsewhere what residents read. That nobody else is
    let in is the matrix's business (``test_matrix``).
    """
    staff = reader == "colleague"
    return [
        each
        for each in found
        if (mark_of(app.view_functions[each.endpoint]) == "role") == staff
        or (staff and each.endpoint == "site.home")
    ]


def unsafe(app: Flask, world: World) -> list[Address]:
    """Every address that something can be sent to, a line a method."""
    return [
        Address(rule.endpoint, rule.rule, method, path)
        for rule in rules(app)
        for method in sorted((rule.methods or set()) - SAFE_METHODS)
        for path in _paths(rule, world)
    ]


def _paths(rule: Rule, world: World) -> Iterator[str]:
    names = sorted(rule.arguments)
    missing = [name for name in names if name not in ARGUMENTS]
    if missing:
        raise LookupError(
            f"{rule.rule}: say in ARGUMENTS of tests/habits/addresses.py what to put for {missing}"
        )
    for values in product(*(ARGUMENTS[name](world) for name in names)):
        built = rule.build(dict(zip(names, values, strict=True)))
        assert built is not None, f"{rule.rule} cannot be built from {values}"
        yield built[1]
