"""The templates as they are written, with Jinja's parts told from the text."""

from functools import cache

from jinja2 import Environment

from citizen_voice.paths import TEMPLATES

_environment = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True)


@cache
def sources() -> dict[str, str]:
    """Name → source of every template."""
    return {
        str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8")
        for path in sorted(TEMPLATES.rglob("*"))
        if path.is_file()
    }


def without_jinja(source: str) -> str:
    """The text between Jinja's parts; lines stay where they are."""
    kept, line = [], 1
    for number, kind, value in _environment.lex(source):
        if kind == "data":
            kept.append("\n" * (number - line) + value)
            line = number + value.count("\n")
    return "".join(kept)
