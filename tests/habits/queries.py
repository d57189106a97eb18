"""What pages are opened with besides their plain address: filters, orders, places in a list."""

from collections.abc import Sequence
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID

from citizen_voice.board import queries as board
from citizen_voice.ideas import ordering
from citizen_voice.web import pagination
from tests.habits.making import DRAFT

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
    "api.ideas": ({"order": "number", "limit": "2"}, {"stage": "open", "ward": "1"}),
    "api.comments": ({"order": "oldest", "after": str(UUID(int=0))},),
    "api.replies": ({"limit": "2", "after": str(UUID(int=0))},),
    "feeds.ideas": (
        {"stage": "open", "ward": "1"},
        {"q": "bench", "order": ordering.SUPPORTED},
        {"after": ordering.cursor(ordering.NEWEST, END, 0)},
        {"stage": "nonsense"},
    ),
    "feeds.of_challenge": ({"topic": "1"}, {"q": "bench"}),
    "ideas.look_alikes": (
        {"title": "A bench at the stop"},
        {"title": "A bench", "different": "A bench", "now": "1"},
    ),
    "challenges.detail": (*LISTS, {"topic": "1"}),
    "exports.ideas": ({"q": "bench"}, {"stage": "open", "order": "newest"}, {"order": "nothing"}),
    "exports.of_challenge": ({"topic": "1", "ward": "1"}, {"q": '"nothing (has* it'}),
    "ideas.detail": (
        {"done": "answered"},
        {"done": "published"},
        {"done": "commented"},
        {"widget": "1"},
        {"widget": str(10**30)},
        {"site": "www.example.gov.uk", "done": "answered"},
    ),
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
    "widgets.idea": ({"accent": "7a1f6b", "radius": "3", "scheme": "dark"}, {"accent": "x;}"}),
    "widgets.theme": ({"accent": "7a1f6b", "scheme": "light"}, {"radius": "-1"}),
    "widgets.oembed": (
        {"url": "http://localhost/ideas/CV-1001", "format": "xml"},
        {"url": "http://localhost/changes", "maxwidth": "-1"},
        {"url": "http://localhost/me"},
    ),
}
"""Further addresses of an endpoint, with a query."""
