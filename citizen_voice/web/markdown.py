"""The small Markdown that residents may write, and the fuller one of the council's own pages."""

from functools import cache, lru_cache
from typing import Any

import nh3

RESIDENT_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "a", "blockquote"}
COUNCIL_TAGS = RESIDENT_TAGS | {"h2", "h3", "hr", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "*": set()}  # nh3 lets titles through by itself
LARGEST = 10_000

RESIDENT_RULES = ("paragraph", "emphasis", "list", "link", "blockquote", "newline", "escape")


@cache
def _parser(preset: str, rules: tuple[str, ...], **options: Any) -> Any:
    from markdown_it import MarkdownIt  # noqa: PLC0415  # a tenth of a start, for the first words

    return MarkdownIt(preset, {"html": False, **options}).enable(list(rules))


def render(text: str) -> str:
    """A resident's words as safe HTML: emphasis, lists, quotations, links; no images, no headings.

    Text over 10 KB is cut there (forms refuse it earlier). Cached by text.
    """
    return _rendered(text[:LARGEST])


@lru_cache(maxsize=4096)
def _rendered(text: str) -> str:
    parser = _parser("zero", RESIDENT_RULES, breaks=True, maxNesting=12)
    html = parser.render(text)
    return nh3.clean(
        html,
        tags=RESIDENT_TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    )


@lru_cache(maxsize=64)
def render_trusted(text: str) -> str:
    """The council's own words as HTML: headings from level two and tables, too."""
    html = _parser("commonmark", ("table",)).render(text)
    return nh3.clean(html, tags=COUNCIL_TAGS, attributes=ATTRIBUTES, link_rel=None)
