"""What the home page tells who was here before."""

import re
from datetime import timedelta
from html import unescape

from tests.client import Client

NOTHING = "Nothing new yet."
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def told(client: Client, prefix: str = "") -> str | None:
    """What the home page tells, as plain text; ``None`` where it has no such part."""
    page = client.get(prefix + "/").text
    found = re.search(r'<section class="since.*?</section>', page, re.DOTALL)
    return found and " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split())
