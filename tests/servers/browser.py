"""A real browser: Debian's Chromium driven by Playwright, and axe-core to judge its pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from textwrap import indent
from typing import Literal
from weakref import WeakSet

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = Path(__file__).parents[1] / "browser" / "vendor" / "axe.min.js"
_IS_READY = """() => {
    const div = document.createElement('div');
    div.innerHTML = '<noscript><p></p></noscript>';
    if (!window.axe) window.bringAxe?.();
    return [div.querySelector('p') === null, Boolean(window.axe)];
}"""
"""Whether the page runs scripts, and whether axe is in it."""
_judged: WeakSet[Page] = WeakSet()
"""The pages that axe was sent to."""
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Chromium inside the block. Raises FileNotFoundError where it is not installed."""
    program = shutil.which("chromium")
    if program is None:
        raise FileNotFoundError("The browser tests need Chromium. Run tools/chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visits:
    """Makes visitors, each with a browser context of its own: no cookies, no cache, no history.

    `problems` collects what no page of ours may cause: errors in scripts, and whatever the
    Content-Security-Policy blocked.
    """

    browser: Browser
    problems: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self,
        url: str | None = None,
        *,
        width: int = 390,
        height: int = 844,
        javascript: bool = True,
        locale: str = "en-GB",
        color_scheme: Literal["light", "dark", "no-preference"] = "light",
        reduced_motion: Literal["reduce", "no-preference"] = "reduce",
        forced_colors: Literal["active", "none"] = "none",
        touch: bool = False,
        timeout: float = 20,
    ) -> Page:
        """Give a fresh visitor's page, opened at `url` if given. Times are in seconds."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale=locale,
            timezone_id="Europe/London",
            color_scheme=color_scheme,
            reduced_motion=reduced_motion,
            forced_colors=forced_colors,
            has_touch=touch,
        )
        context.set_default_timeout(timeout * 1000)
        context.on("weberror", lambda error: self.problems.append(f"Script error: {error.error}"))
        context.on("console", self._hear)
        self.contexts.append(context)
        page = context.new_page()
        if url:
            page.goto(url)
        return page

    def close(self) -> None:
        """Close every context that was made."""
        while self.contexts:
            self.contexts.pop().close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.problems.append(message.text)


@dataclass(frozen=True)
class Violation:
    """A rule of axe-core that a page breaks, and the elements that break it."""

    rule: str
    impact: str
    help: str
    help_url: str
    elements: tuple[str, ...]
    """For each element: its selector, its HTML and what is wrong with it."""

    def __str__(self) -> str:
        """Give the violation in words, an element a paragraph."""
        head = f"{self.rule} ({self.impact}): {self.help}\n  {self.help_url}"
        return "\n".join(
            [head, *(f"  - {indent(each, '    ').lstrip()}" for each in self.elements)]
        )


CONTRAST = "color-contrast"
"""The rule that depends on colours alone, and takes as long as all the others."""
LAYOUT = ("target-size", "scrollable-region-focusable")
"""The rules that depend on where things are, and how large."""


def axe(
    page: Page,
    *,
    within: str | None = None,
    alone: Sequence[str] = (),
    without: Sequence[str] = (),
) -> list[Violation]:
    """Judge the page as it stands (or the part that matches the selector `within`).

    By all rules, or by some `alone`, or by all `without` some.

    Gives the violations of WCAG 2.2 A and AA and of axe's best practice. The page's own
    Content-Security-Policy stays in force. Raises ValueError for a page with JavaScript switched
    off, where axe would wait for ever: judge the same page with JavaScript on.
    """
    scripted, has_axe = page.evaluate(_IS_READY)
    if not scripted:
        raise ValueError("axe needs JavaScript; visit the page without javascript=False")
    if not has_axe:
        _send_axe(page)
    found = page.evaluate(
        """async ([within, tags, alone, without]) => {
            const results = await axe.run(within ?? document, {
                runOnly: alone.length
                    ? { type: 'rule', values: alone } : { type: 'tag', values: tags },
                rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])),
                resultTypes: ['violations'],
            });
            return results.violations.map((violation) => ({
                rule: violation.id,
                impact: violation.impact ?? 'unrated',
                help: violation.help,
                help_url: violation.helpUrl,
                elements: violation.nodes.map((node) =>
                    [node.target.flat().join(' '), node.html, node.failureSummary].join('\\n')),
            }));
        }""",
        [within, list(AXE_TAGS), list(alone), list(without)],
    )
    return [
        Violation(
            rule=one["rule"],
            impact=one["impact"],
            help=one["help"],
            help_url=one["help_url"],
            elements=tuple(one["elements"]),
        )
        for one in found
    ]


def assert_accessible(page: Page, state: str = "", *, within: str | None = None) -> None:
    """Fail with the violations in words if axe finds any; `state` says what the page shows."""
    violations = axe(page, within=within)
    if violations:
        where = f"{page.url} {state}".strip()
        words = "\n".join(map(str, violations))
        raise AssertionError(f"axe finds {len(violations)} violations on {where}:\n{words}")


def _send_axe(page: Page) -> None:
    """Send axe to the document. From the second on, the browser keeps it for those that follow.

    Sending 650 kB takes six times as long as running it. Frames go without, as they always did.
    """
    if page in _judged:
        page.add_init_script(
            f"if (window === top) window.bringAxe = () => {{ {_axe_source()}\n }};"
        )
    _judged.add(page)
    # An expression that leaves `axe` behind and hands nothing back for Playwright to copy.
    page.evaluate(f"(() => {{ {_axe_source()}\n }})()")


@cache
def _axe_source() -> str:
    return AXE.read_text(encoding="utf-8")
