"""Advisory locks of PostgreSQL are told apart by their numbers."""

import re
from collections import Counter

from citizen_voice.paths import ROOT


def test_no_two_locks_have_one_number() -> None:
    numbers = [
        found
        for path in sorted((ROOT / "citizen_voice").rglob("*.py"))
        for found in re.findall(
            r"\bLOCK = (0x[0-9A-Fa-f_]+)|_LOCK = (0x[0-9A-Fa-f_]+)", path.read_text()
        )
    ]
    used = Counter(int(one or other, 16) for one, other in numbers)
    twice = [hex(number) for number, times in used.items() if times > 1]
    assert len(used) > 2
    assert not twice, f"Two who hold one lock for different ends wait for each other: {twice}"
