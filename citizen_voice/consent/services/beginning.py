"""The first version of each notice, which the site begins with."""

import re

from citizen_voice.consent import elements, queries
from citizen_voice.consent.models.notices import FULL
from citizen_voice.consent.services.notices import publish_notice
from citizen_voice.paths import ROOT
from citizen_voice.words import LANGUAGES

WORDS = ROOT / "citizen_voice" / "consent" / "words"
_HEADING = re.compile(r"^## (?P<words>.+?) \{#(?P<key>[a-z]+)\}$", re.MULTILINE)


def begin_notices() -> None:
    """Publish the first version of each notice that has none, inside the caller's transaction."""
    for name, notice in elements.NOTICES.items():
        if queries.newest_version(name):
            continue
        marked = {
            code: (WORDS / f"{name}.{code}.md").read_text(encoding="utf-8") for code in LANGUAGES
        }
        sections: dict[str, dict[str, str]] = {}
        for code, text in marked.items():
            for key, words in sections_of(text, notice).items():
                sections.setdefault(key, {})[code] = words
        texts = {code: _HEADING.sub(r"## \g<words>", text) for code, text in marked.items()}
        publish_notice(name, texts, sections=sections)


def sections_of(text: str, notice: elements.Declared) -> dict[str, str]:
    """The words of each element: a file marks headings with the key of theirs, ``{#object}``.

    What is made from the register of purposes is left out: the next version makes it anew.
    """
    if notice.layer != FULL:
        return {elements.LINE: text.strip()}
    made = {element.key for element in notice.elements if element.made}
    found: dict[str, list[str]] = {}
    places = list(_HEADING.finditer(text))
    ends = [*(place.start() for place in places[1:]), len(text)]
    for place, end in zip(places, ends, strict=True):
        key, words = place["key"], text[place.end() : end].strip()
        if key == elements.MORE:
            words = f"### {place['words']}\n\n{words}"
        if key not in made:
            found.setdefault(key, []).append(words)
    return {key: "\n\n".join(parts) for key, parts in found.items()}
