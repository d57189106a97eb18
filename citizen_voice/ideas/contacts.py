"""Phone numbers and addresses in what somebody is about to publish: found, to warn them."""

import re

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+\w")
PHONE = re.compile(r"(?<![\w/])(?:\+44|0)(?:[\s()-]*\d){9,10}(?!\w)")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
HOUSE = re.compile(
    r"\b\d{1,4}[a-z]?,?\s+(?:[A-Z][\w'’-]+\s+){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|Terrace|Crescent|Way|Place|Gardens)\b"
)


def found(text: str) -> list[str]:
    """The pieces of ``text`` that look like a way to contact somebody, in order, each once."""
    hits = [
        (match.start(), match[0].strip())
        for pattern in (EMAIL, PHONE, POSTCODE, HOUSE)
        for match in pattern.finditer(text)
    ]
    return list(dict.fromkeys(words for _start, words in sorted(hits)))
