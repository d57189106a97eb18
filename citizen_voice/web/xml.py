"""What XML can hold."""

import re

_OUTSIDE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(words: str) -> str:
    """Words without the characters that XML cannot hold."""
    return _OUTSIDE.sub("", words)
