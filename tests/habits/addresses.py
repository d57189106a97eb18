"""Every address of the site, with arguments from a world. New rules are covered by themselves."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from types import SimpleNamespace
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask
from werkzeug.routing import Rule

from citizen_voice import clock
from citizen_voice.board import queries as board
from citizen_voice.ideas import ordering
from citizen_voice.web import pagination
from citizen_voice.web.access import SAFE_METHODS, mark_of
from tests.habits.making import DRAFT
from tests.habits.world import World

END = SimpleNamespace(
    support=2**31 - 1,
    bucket=0,
    shuffle=0,
    id=2**31 - 1,
    published_at=datetime(2112, 1, 1, tzinfo=UTC),
)
"""A row after which a list goes on with its first."""

NOBODYS = UUID("01890000-0000-7000-8000-0000000000ff")
"""The key of nothing."""

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
}
"""What to put for an argument of a rule, by the argument's name."""

LISTS: Sequence[dict[str, str]] = (
    *({"order": order} for order in ordering.ORDERS),
    *({"order": order, "after": ordering.cursor(order, END, 0)} for order in ordering.ORDERS),
    {"stage": "open", "ward": "1"},
    {"q": "bench"},
    {"q": "bench", "order": ordering.SUPPORTED, "ward": "1"},
    {"q": "a bench in street cyc"},
    {"q": "CV-1001"},
    {"q": '"nothing (has* it'},
)
QUERIES: dict[str, Sequence[dict[str, str]]] = {
    "journal_staff.index": (
        {"act": "roles given", "subject": "person"},
        {"who": str(NOBODYS), "from": "2026-01-01", "to": "2126-01-01"},
        {"after": pagination.encode(2)},
    ),
    "site_staff.preview_colours": ({"brand": "123456", "link": "123456"},),
    "moderation.report": (
        {"idea": "CV-1001"},
        {"name-of": "CV-1001"},
        {"idea": "nonsense"},
        {"comment": str(NOBODYS)},
    ),
    "moderation_staff.queue": (
        {"kind": "report", "whose": "free", "type": "idea"},
        {"category": "spam", "language": "en", "challenge": "1"},
        {"after": pagination.encode(0, 0, 0, 0, 0)},
        {"missing": "ticks"},
    ),
    "moderation_staff.queue_csv": ({"whose": "late"},),
    "moderation_staff.decide": ({"act": "hide"}, {"act": "redact"}, {"act": "pause"}),
    "moderation_staff.log": (
        {"act": "warn", "undone": "no", "appealed": "yes"},
        {"after": pagination.encode(2**50, 0, 0, 0)},
    ),
    "moderation.receipt": ({"done": "reported"},),
    "ideas.new": ({"draft": str(DRAFT)}, {"draft": str(NOBODYS)}, {"draft": "nonsense"}),
    "ideas.index": LISTS,
    "ideas.look_alikes": (
        {"title": "A bench at the stop"},
        {"title": "A bench", "different": "A bench", "now": "1"},
    ),
    "challenges.detail": (*LISTS, {"topic": "1"}),
    "ideas.detail": ({"done": "answered"}, {"done": "published"}, {"done": "commented"}),
    "comments.index": (
        {"order": "oldest"},
        {"order": "newest", "after": str(UUID(int=2**128 - 1))},
    ),
    "comments.of_pilot": (
        {"order": "oldest"},
        {"order": "newest", "after": str(UUID(int=2**128 - 1))},
    ),
    "comments.detail": ({"after": str(UUID(int=0))}, {"done": "comment-edited"}),
    "ideas.versions": ({"since": "1"}, {"after": pagination.encode(1)}),
    "answers.next_idea": (
        {"after": ordering.cursor(ordering.FAIR, END, 0)},
        {"last": "CV-1002"},
        {"again": "CV-1002"},
    ),
    "team.sign_in": ({"next": "/staff/people"},),
    "challenges_staff.index": ({"standing": "open"}, {"standing": "cancelled"}),
    "board.index": (
        *({"order": order} for order in board.ORDERS),
        {"challenge": "1", "ward": "1", "stage": "open", "replied": "no"},
        {"page": "2"},
    ),
    "board.merge": ({"from": "CV-1001", "into": "CV-1002"}, {"from": "CV-1", "into": "nonsense"}),
    "board.merges": ({"before": "2"},),
    "news.choices": ({"done": "news-chosen"},),
    "news.index": ({"after": str(UUID(int=2**128 - 1))},),
    "replies_staff.due": (
        {"show": "late"},
        {"show": "soon", "challenge": "1", "topic": "1"},
        {"after": pagination.encode(1, 0)},
        {"reply": "1"},
    ),
    "pilots_staff.index": (
        {"stage": "decided"},
        {"owner": "nobody"},
        {"owner": str(NOBODYS), "page": "2"},
    ),
    "pilots_staff.new": ({"idea": "CV-1002"}, {"after": "CVT-1"}, {"idea": "nonsense"}),
    "pilots_staff.linked": ({"idea": "CV-1002"},),
    "pilots_staff.thanks": ({"after": str(UUID(int=2**128 - 1))},),
    "replies_staff.sent": ({"after": "999"},),
    "replies_staff.new": (
        {"idea": "CV-1001"},
        {"idea": "nonsense", "stage": "adopt"},
    ),
    "records_staff.looks": (
        {"act": "address shown", "who": str(NOBODYS), "from": "2026-01-01", "to": "2126-01-01"},
        {"after": pagination.encode(2)},
    ),
    "records_staff.new_assessment": ({"about": "groups"}, {"about": "trial:1"}, {"about": "x"}),
    "desk_staff.index": (
        {"tab": "closed", "kind": "complaint"},
        {"when": "late", "channel": "letter", "page": "2"},
        {"when": "never"},
    ),
    "desk_staff.letter": ({"language": "cy"},),
    "desk.asked": ({"done": "asked"},),
    "accounts.left": ({"of": "nonsense"},),
}
"""Further addresses of an endpoint, with a query."""


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
