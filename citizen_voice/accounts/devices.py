"""A few words for a browser, for the list of sessions. The full user agent is not kept."""

BROWSERS = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def describe(user_agent: str) -> str:
    """``Firefox, Android``; empty parts where nothing is recognised."""
    parts = (
        next((words for mark, words in names if mark in user_agent), "")
        for names in (BROWSERS, SYSTEMS)
    )
    return ", ".join(part for part in parts if part)
