"""Budgets of pages that are read: people's pages, what other sites show, what programs ask for."""

from benchmarks.budgets.budget import BOTH, HUGE, POSTGRESQL, SQLITE, TIMES, Budget

_AGAIN = "a public page again with its ETag"

PAGES = (
    Budget(
        "list",
        "list of ideas, visitor, nothing cached",
        "list",
        "list",
        TIMES,
        floor="f-list",
        least=0.45,
        each_size=True,
    ),
    Budget(
        "list-beside",
        "list of ideas, visitor, while others commit",
        "list",
        "list-beside",
        TIMES,
        floor="f-list-beside",
        least=0.45,
        each_size=True,
    ),
    Budget(
        "list-growth",
        "the same in process, largest size against 1,000",
        "inside",
        "page-largest",
        TIMES,
        floor="page-small",
        most=1.2,
        at=HUGE,
    ),
    Budget(
        "list-in",
        "list of ideas, signed in, own answers shown",
        "list",
        "list-in",
        TIMES,
        floor="f-list",
        least=0.35,
        each_size=True,
    ),
    Budget(
        "list-in-beside",
        "list of ideas, signed in, while others commit",
        "list",
        "list-in-beside",
        TIMES,
        floor="f-list-beside",
        least=0.35,
        each_size=True,
    ),
    Budget(
        "idea",
        "idea with 50 comments",
        "idea",
        "idea",
        TIMES,
        floor="f-list",
        least=0.33,
        each_size=True,
    ),
    Budget(
        "idea-beside",
        "idea with 50 comments, while others commit",
        "idea",
        "idea-beside",
        TIMES,
        floor="f-list-beside",
        least=0.33,
        each_size=True,
    ),
    Budget(
        "again-looked-list",
        f"{_AGAIN}, after looking: the list",
        "again",
        "again-looked-list",
        TIMES,
        floor="f-hello-beside",
        least={SQLITE: 0.15, POSTGRESQL: 0.10},
        each_size=True,
    ),
    Budget(
        "again-looked-idea",
        f"{_AGAIN}, after looking: the idea",
        "again",
        "again-looked-idea",
        TIMES,
        floor="f-hello-beside",
        least={SQLITE: 0.15, POSTGRESQL: 0.10},
        each_size=True,
    ),
    Budget(
        "again-quiet-list",
        f"{_AGAIN}, nothing committed: the list",
        "again",
        "again-quiet-list",
        TIMES,
        floor="f-hello",
        least={SQLITE: 0.4, POSTGRESQL: 0.2},
        each_size=True,
    ),
    Budget(
        "again-quiet-idea",
        f"{_AGAIN}, nothing committed: the idea",
        "again",
        "again-quiet-idea",
        TIMES,
        floor="f-hello",
        least={SQLITE: 0.4, POSTGRESQL: 0.2},
        each_size=True,
    ),
)

# nothing cached, then while others commit; each on SQLite, then on PostgreSQL
_LEAST = {
    ("widget-top", "widget of the top ideas"): ((0.24, 0.19), (0.19, 0.13)),
    ("widget-idea", "widget of an idea"): ((0.25, 0.22), (0.25, 0.12)),
    ("api", "API, a list of 20 ideas"): ((2.2, 0.8), (0.35, 0.18)),
    ("api-next", "API, its next page"): ((2.4, 0.87), (0.33, 0.19)),
    ("feed", "feed of 20 ideas"): ((2.4, 0.82), (0.28, 0.19)),
}

OPENLY = tuple(
    Budget(
        f"{name}{end}",
        f"{what}{when}",
        "openly",
        f"{name}{end}",
        TIMES,
        floor=f"f-list{end}",
        least=dict(zip(BOTH, least, strict=True)),
        each_size=True,
    )
    for (name, what), bounds in _LEAST.items()
    for (end, when), least in zip(
        (("", ", nothing cached"), ("-beside", ", while others commit")), bounds, strict=True
    )
)
