"""Budgets of bytes, statements and memory, of the start, and of growth."""

from benchmarks.budgets.budget import LARGE, SQLITE, TIMES, Budget

COSTS = (
    Budget(
        "first-view-requests",
        "first view of the list",
        "weight",
        "first-view-requests",
        "requests",
        most=5,
        once=True,
    ),
    Budget(
        "first-view-bytes",
        "first view of the list, with Brotli",
        "weight",
        "first-view-bytes",
        "KB",
        most=45,
        once=True,
    ),
    Budget(
        "html",
        "HTML of 20 ideas, with Brotli",
        "weight",
        "html",
        "KB",
        most=6,
        once=True,
    ),
    Budget(
        "widget-bytes",
        "widget of the top ideas and all that it loads, with Brotli",
        "weight",
        "widget-bytes",
        "KB",
        most=15,
        once=True,
    ),
    *(
        Budget(
            f"lighthouse-{page}-{category}",
            f"Lighthouse mobile, {page}: {category.replace('-', ' ')}",
            "lighthouse",
            f"lighthouse-{page}-{category}",
            "",
            least=98,
            once=True,
        )
        for page in ("list", "idea")
        for category in ("performance", "accessibility", "best-practices", "seo")
    ),
    *(
        Budget(
            f"lighthouse-{page}-blocking",
            f"Lighthouse mobile, {page}: total blocking time",
            "lighthouse",
            f"lighthouse-{page}-blocking",
            "ms",
            most=50,
            once=True,
        )
        for page in ("list", "idea")
    ),
    *(
        Budget(
            f"lighthouse-{page}-shift",
            f"Lighthouse mobile, {page}: layout shift",
            "lighthouse",
            f"lighthouse-{page}-shift",
            "",
            most=0,
            once=True,
        )
        for page in ("list", "idea")
    ),
    Budget(
        "statements-list",
        "statements beyond session and settings: list",
        "statements",
        "statements-list",
        "statements",
        most=3,
    ),
    Budget(
        "statements-idea",
        "statements beyond session and settings: idea",
        "statements",
        "statements-idea",
        "statements",
        most=4,
    ),
    Budget(
        "statements-answer",
        "statements beyond session and settings: answer",
        "statements",
        "statements-answer",
        "statements",
        most=4,
    ),
    *(
        Budget(
            f"statements-{name}",
            f"statements just after a commit: {what}",
            "openly",
            f"statements-{name}",
            "statements",
            most=3,
        )
        for name, what in (
            ("widget-top", "widget of the top ideas"),
            ("widget-idea", "widget of an idea"),
            ("api", "API, a list of 20 ideas"),
            ("api-next", "API, its next page"),
            ("feed", "feed of 20 ideas"),
        )
    ),
    Budget(
        "memory",
        "resident memory, one web process under load",
        "memory",
        "memory",
        "MB",
        most=130,
    ),
    Budget(
        "memory-flat",
        "the same after 100,000 requests against after 30,000",
        "memory",
        "memory-flat",
        TIMES,
        most={SQLITE: 1.03},
        at=LARGE,
    ),
    Budget(
        "start",
        "second make run, until it is ready",
        "start",
        "start",
        "s",
        most=5,
        once=True,
    ),
    Budget(
        "start-import",
        "importing the app",
        "start",
        "import-app",
        TIMES,
        floor="import-flask",
        most=1.3,
        once=True,
    ),
    Budget(
        "growth",
        "growth of the database per answer, indexes included",
        "growth",
        "growth",
        "bytes",
        most=130,
    ),
)
