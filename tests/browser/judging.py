"""What every page and state has to be, whoever reads it: without a violation, without sideways
scrolling at 320 px, with targets that a thumb meets, in light and dark."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.servers.browser import CONTRAST, LAYOUT, Violation, axe

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}

_TARGETS = """() => {
    const inSentence = (element) => {
        if (getComputedStyle(element).display !== 'inline') return false;
        const words = element.parentElement.textContent.replace(element.textContent, '');
        return words.replace(/[^\\p{L}]/gu, '').length > 2;
    };
    const small = [];
    for (const element of document.querySelectorAll(
        'a[href], button, summary, select, textarea, input:not([type=hidden])')) {
        if (!element.checkVisibility({visibilityProperty: true}) || inSentence(element)) continue;
        const box = element.getBoundingClientRect();
        if (box.width < 2 || box.height < 2) continue;
        const main = element.matches('.button, .govuk-input, .govuk-select, .govuk-textarea');
        const least = main && !element.matches('.button--link') ? 44 : 24;
        // a target that fills its line may be spread by its label; sizes are rounded by layout
        if (box.width < least - 0.1 || box.height < least - 0.1) {
            const size = `${Math.round(box.width)}×${Math.round(box.height)}, not ${least}`;
            small.push(`${size}: ${element.outerHTML.slice(0, 140)}`);
        }
    }
    return small;
}"""


@dataclass
class Findings:
    """What was found on the pages so far; the same thing on further pages is counted, not told."""

    found: dict[str, list[str]] = field(default_factory=dict)

    def note(self, what: str, where: str) -> None:
        """Note a finding and the page and state it was found on."""
        self.found.setdefault(what, []).append(where)

    def refuse(self) -> None:
        """Fail with everything that was found."""
        told = [
            f"{what}\n  on {places[0]}" + (f" and {len(places) - 1} more" if places[1:] else "")
            for what, places in self.found.items()
        ]
        assert not told, "\n\n".join([f"{len(told)} findings", *told])


def judge(
    page: Page,
    findings: Findings,
    state: str = "",
    *,
    thoroughly: bool = True,
    without: Sequence[str] = (),
) -> None:
    """Judge a page as it stands: light at 390 px, then dark at 320 px.

    By all rules where it is light, then by those that depend on colour and layout. Unless
    ``thoroughly``, once: dark at 320 px, by all rules ``without`` some. Leaves the page light, at
    390 px.
    """
    where = f"{page.url} {state}".strip()
    if thoroughly:
        _note(axe(page), findings, f"{where} (light)")
        for target in page.evaluate(_TARGETS):
            findings.note(target, where)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a ViewportSize
    alone = (CONTRAST, *LAYOUT) if thoroughly else ()
    _note(axe(page, alone=alone, without=without), findings, f"{where} (dark, 320 px)")
    assert_fits(page, findings, where)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a ViewportSize


def assert_fits(page: Page, findings: Findings, where: str) -> None:
    """Note whatever makes the page scroll sideways."""
    wide: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
            [...document.querySelectorAll('body *')]
                .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
                .slice(0, 3).map((element) => element.outerHTML.slice(0, 160))"""
    )
    for element in wide:
        findings.note(f"wider than the window: {element}", where)


def _note(violations: list[Violation], findings: Findings, where: str) -> None:
    for violation in violations:
        for element in violation.elements:
            findings.note(f"{violation.rule}: {violation.help}\n{element}", where)
