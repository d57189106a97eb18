"""Two ways of using a page: with a mouse, and by keyboard alone, where focus has to be seen."""

import re
from typing import Any, Literal

from playwright.sync_api import Locator, Page

Role = Literal["button", "link", "radio", "checkbox"]
Name = str | re.Pattern[str]

MOST_STOPS = 150
"""After how many presses of Tab we believe that a thing cannot be reached."""

END = "(the end of the page)"

_FOCUS = """() => {
    const here = document.activeElement;
    const parts = [here, ...(here.labels ?? [])];
    const around = [...parts, here.closest('.card') ?? here];  // a card that is one link
    const look = () => around.flatMap((part) => [null, '::before', '::after'].map((pseudo) => {
        const style = getComputedStyle(part, pseudo);
        return [style.outline, style.boxShadow, style.border, style.backgroundColor].join();
    })).join('|');
    const focused = look();
    const parted = here.type === 'date';  // it would begin with its first part again
    if (!parted) here.blur();
    const plain = parted ? '' : look();
    if (!parted) here.focus({preventScroll: true});
    const box = here.getClientRects()[0] ?? {left: -1, top: -1, width: 0, height: 0};
    const within = (from, size, whole) =>
        (Math.max(from, 0) + Math.min(from + size, whole)) / 2;  // the middle of what is in sight
    const top = document.elementFromPoint(
        within(box.left, box.width, innerWidth), within(box.top, box.height, innerHeight));
    const shown = top !== null
        && (here.contains(top) || top.contains(here) || parts.some((part) => part.contains(top)));
    return {
        seen: focused !== plain,
        uncovered: shown,
        what: here.outerHTML.slice(0, 200),
        by: top === null ? 'nothing: it is out of the window' : top.outerHTML.slice(0, 200),
    };
}"""


class Mouse:
    """Clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, role: Role, name: Name) -> None:
        """Press the first button or link with this accessible name, or choose a radio."""
        self.page.get_by_role(role, name=name, exact=True).first.click()

    def open(self, summary: Locator) -> None:
        """Open (or close) what a summary stands above."""
        summary.click()

    def write(self, label: str, text: str) -> None:
        """Put a text into the field with this label, in place of what is there."""
        self.page.get_by_label(label, exact=True).fill(text)

    def write_into(self, field: Locator, text: str) -> None:
        """The same for a field that is found in another way."""
        field.fill(text)

    def choose(self, label: str) -> None:
        """Choose the radio or tick the box with this label."""
        self.page.get_by_label(label, exact=True).check()

    def pick(self, label: str, option: str) -> None:
        """Pick an option of a select."""
        self.page.get_by_label(label, exact=True).select_option(label=option)


class Keyboard(Mouse):
    """Tab, Shift+Tab, Enter, Space and letters; arrows within a group of radios."""

    def press(self, role: Role, name: Name) -> None:
        self._reach(self.page.get_by_role(role, name=name, exact=True).first)
        self.page.keyboard.press("Space" if role == "button" else "Enter")

    def open(self, summary: Locator) -> None:
        self._reach(summary)
        self.page.keyboard.press("Enter")

    def write(self, label: str, text: str) -> None:
        self.write_into(self.page.get_by_label(label, exact=True), text)

    def write_into(self, field: Locator, text: str) -> None:
        self._reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def choose(self, label: str) -> None:
        goal = self.page.get_by_label(label, exact=True)
        if goal.get_attribute("type") == "radio":
            name = goal.get_attribute("name")
            self._reach(self.page.locator(f'input[type="radio"][name="{name}"]'))
            for _ in range(10):
                if goal.is_checked():
                    return
                self.page.keyboard.press("ArrowDown")
            raise AssertionError(f"The arrows do not reach {label!r}")
        self._reach(goal)
        self.page.keyboard.press("Space")

    def pick(self, label: str, option: str) -> None:
        self._reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(option)

    def through(self) -> None:
        """Tab through the whole page: wherever the focus comes, it has to be seen."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if self._assert_focus_is_seen() == END:
                return
        raise AssertionError("Tab does not come to the end of the page")

    def _reach(self, goal: Locator) -> None:
        """Press Tab until one of the goal's elements has the focus, which has to be seen."""
        goal.first.wait_for()
        passed: list[str] = []
        for _ in range(MOST_STOPS):
            if goal.evaluate_all("(found) => found.includes(document.activeElement)"):
                return
            self.page.keyboard.press("Tab")
            passed.append(self._assert_focus_is_seen())
        raise AssertionError(f"Tab does not reach {goal}. It passed:\n" + "\n".join(passed[:40]))

    def _assert_focus_is_seen(self) -> str:
        if self.page.evaluate("document.activeElement === document.body"):
            return END
        found: dict[str, Any] = self.page.evaluate(_FOCUS)
        assert found["seen"], f"The focus is not to be seen: {found['what']}"
        assert found["uncovered"], f"{found['what']}\nhas the focus under {found['by']}"
        return str(found["what"])
