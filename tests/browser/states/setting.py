"""Where a state is made, and the hands to make it with."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.pages import Places


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a state is made: the pages of the town, and the prefix of the language."""

    where: Places
    page: Page
    prefix: str

    def go(self, path: str) -> Page:
        """Open an address, as whoever the page's visitor is."""
        self.page.goto(self.where.town.url + self.prefix + path)
        return self.page

    def go_as(self, reader: str, path: str) -> Page:
        """Open an address as one of the readers."""
        self.where.become(self.page, reader)
        return self.go(path)

    def send(self, within: str = "#main") -> None:
        """Press the main button of the form in a part of the page, and wait for the page it gives.

        A script may change the address meanwhile, which Playwright takes for a navigation: only
        another document loads.
        """
        idea = self.page.locator("#idea-form .button--main")
        form = self.page.locator(f"{within} form[method=post] button[type=submit]")
        with self.page.expect_event("load"):
            (idea if idea.count() else form).first.click()

    def refused(self, within: str = "#main") -> None:
        """Press the main button of a form, whose page comes back with its errors."""
        self.send(within)
        expect(self.page.locator(".govuk-error-summary")).to_be_focused()

    def newcomer(self, path: str) -> Page:
        """Open an address as a resident who has neither answered nor written."""
        self.page.context.clear_cookies()
        self.where.town.sign_in(self.page, self.where.town.join(name=None))
        return self.go(path)
