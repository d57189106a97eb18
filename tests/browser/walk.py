"""Steps 1 to 4 of the main journey, in one language, with one pair of hands."""

import re
import time
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Locator, Page, expect

from citizen_voice.words import force_locale, gettext, ngettext
from tests.browser.hands import Keyboard, Mouse
from tests.browser.town import QUESTION, Town

Language = Literal["en", "cy"]

TABLE = {
    "Support": "Cefnogi",
    "Supported": "Wedi'i gefnogi",
    "Not for me": "Ddim i mi",
    "Suggest an idea": "Awgrymu syniad",
    "Sign in": "Mewngofnodi",
    "Send code": "Anfon cod",
    "Check your e-mail": "Edrychwch ar eich e-bost",
    "Open for support": "Ar agor i'w gefnogi",
    "Council reply": "Ateb y cyngor",
    "My data": "Fy nata",
}
"""The words on the screen that the design fixes in both languages."""


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of the site in the language of the walk."""

    town: Town
    language: Language

    def __call__(self, english: str) -> str:
        """A sentence: from the design's table, else from the catalogue."""
        if self.language == "cy" and english in TABLE:
            return TABLE[english]
        with self.town.inside(), force_locale(self.language):
            return str(gettext(english))

    def number(self, one: str, many: str, number: int) -> str:
        """A sentence with a number."""
        with self.town.inside(), force_locale(self.language):
            return str(ngettext(one, many, number))


class Walk:
    """A new resident's way from reading to their own idea; each method is a step."""

    def __init__(
        self,
        town: Town,
        page: Page,
        *,
        language: Language = "en",
        keyboard: bool = False,
        javascript: bool = True,
    ) -> None:
        self.town = town
        self.page = page
        self.say = Words(town, language)
        self.prefix = "/cy" if language == "cy" else ""
        self.javascript = javascript
        self.hands: Mouse = Keyboard(page) if keyboard else Mouse(page)
        self.ref = ""
        self.title = ""
        self.before = 0

    def whole(self) -> None:
        """All of it."""
        self.reads()
        self.supports_and_signs_in()
        self.changes_their_mind()
        self.begins_a_draft()
        self.suggests()
        self.edits()
        self.discusses()
        self.signs_out()

    def reads(self) -> None:
        """Step 1: a challenge, the promise, the ideas. Nothing is left on the device."""
        self.page.goto(f"{self.town.url}{self.prefix}/challenges/{QUESTION}")
        expect(self.page.locator("html")).to_have_attribute("lang", self.say.language)
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        expect(self.page.get_by_role("link", name=self.say("Suggest an idea"))).to_be_visible()
        expect(self.page.get_by_role("link", name=self.say("Sign in"), exact=True)).to_be_visible()
        self.hands.open(self._summary("What can and can’t change"))
        expect(self.page.get_by_role("term").get_by_text(self.say("Who decides"))).to_be_visible()
        card = self.page.locator("#listing article.card h3 a").first
        self.title = card.inner_text().strip()
        self.ref = (card.get_attribute("href") or "").rpartition("/")[2]
        assert self.ref.startswith("CV-")
        assert self.page.context.cookies() == []

    def supports_and_signs_in(self) -> None:
        """Step 2: Support, e-mail, code, age; they land on the idea with the answer counted."""
        self.before = self.town.supporters(self.ref)
        self.hands.press("button", f"{self.say('Support')}: {self.title}")
        address = f"walk{time.monotonic_ns()}@example.org"
        self._arrive("/sign-in")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(self.title)
        expect(
            self.page.get_by_text(self.say("Your data and your right to object"))
        ).to_be_visible()
        self.hands.write(self.say("E-mail address"), address)
        self.hands.press("button", self.say("Send code"))
        self._arrive("/sign-in/code")
        heading = self.page.get_by_role("heading", level=1)
        expect(heading).to_have_text(self.say("Check your e-mail"))
        expect(self.page.get_by_text("@example.org").first).to_be_visible()
        self.hands.write(self.say("Code"), self.town.code_for(address))
        self.hands.press("button", self.say("Continue"))
        self._arrive("/sign-in/age")
        self.hands.choose(self.say("18 or over"))
        self.hands.press("button", self.say("Finish"))
        self._arrive(f"/ideas/{self.ref}")
        self._counted()

    def changes_their_mind(self) -> None:
        """Undo, Not for me, Support again: the figures follow, on the page and in the rows."""
        against = self.town.answers(self.ref, -1)
        self.hands.press("button", f"{self.say('Undo')}: {self.say('take my answer back')}")
        expect(self._figure()).to_have_text(f"{self.before:,}")
        assert self.town.supporters(self.ref) == self.before
        self.hands.press("button", f"{self.say('Not for me')}: {self.title}")
        expect(self._answer()).to_contain_text(self.say("Counted. You said this is not for you."))
        expect(self._figure()).to_have_text(f"{self.before:,}")
        assert self.town.answers(self.ref, -1) == against + 1
        self.hands.press("button", f"{self.say('Support')}: {self.title}")
        self._counted()
        assert self.town.answers(self.ref, -1) == against

    def begins_a_draft(self) -> None:
        """Step 3: ideas like theirs appear, they say that theirs is different; the draft stays."""
        self.page.goto(f"{self.town.url}{self.prefix}/challenges/{QUESTION}")
        self.hands.press("link", self.say("Suggest an idea"))
        self._arrive(f"/challenges/{QUESTION}/suggest")
        began = f"{self.title[:60]} {time.monotonic_ns() % 10**6}"
        alike = self.page.locator("#alike")
        self.hands.write(self.say("What should change?"), began)
        self.hands.write(self.say("Why, and who would it help?"), "For *everyone* who waits.")
        self.hands.press("button", self.say("Preview"))
        expect(self.page.locator("#preview h3")).to_have_text(began)
        expect(self.page.locator("#preview em")).to_have_text("everyone")
        expect(alike).to_contain_text(self.title)
        if self.javascript:
            self.hands.press("button", self.say("Mine is different"))
            expect(alike).to_contain_text(self.say("Fine. Go on with your idea."))
            expect(alike).not_to_contain_text(self.title)
        else:
            self.hands.press("button", self.say("Save draft"))
        expect(self.page.locator("[data-saved]")).to_be_visible()
        self.hands.open(self.page.locator("details.menu summary"))
        self.hands.press("link", self.say("Drafts"))
        self._arrive("/drafts")
        self.hands.press("link", f"{self.say('Go on writing')}: {began}")
        self._arrive(f"/challenges/{QUESTION}/suggest")
        expect(self.page.get_by_label(self.say("What should change?"))).to_have_value(began)
        words = self.page.get_by_label(self.say("Why, and who would it help?"))
        expect(words).to_have_value("For *everyone* who waits.")

    def suggests(self) -> None:
        """The idea on one page, its errors first, then a warning, then it is up."""
        self.hands.write(self.say("What should change?"), "")
        self.hands.press("button", self.say("Publish"))
        expect(self.page).to_have_title(re.compile("^" + re.escape(self.say("Error")) + ": "))
        summary = self.page.locator(".govuk-error-summary")
        expect(summary).to_contain_text(self.say("Say in one sentence what should change."))
        expect(summary).to_contain_text(self.say("Enter a name. It need not be your real one."))
        title = f"A bench at stop {time.monotonic_ns() % 10**9}"
        self.hands.write(self.say("What should change?"), title)
        self.hands.write(self.say("Why, and who would it help?"), "Call me on 01632 960123")
        self.hands.write(self.say("Your name on this site"), "Heron")
        self.hands.press("button", self.say("Publish"))
        expect(self.page.locator(".notice--warn")).to_contain_text("01632 960123")
        self.hands.choose(self.say("Publish it anyway"))
        self.hands.press("button", self.say("Publish"))
        self.page.wait_for_url(re.compile(r"/ideas/CV-\d+\?done=published"))
        expect(self.page.locator("h1")).to_have_text(title)
        expect(self.page.get_by_text(self.say("It’s up. Share it."))).to_be_visible()
        address = re.sub(r"\?.*", "", self.page.url)
        expect(self.page.get_by_label(self.say("Address of this idea"))).to_have_value(address)
        self.ref, self.title = address.rpartition("/")[2], title
        self.page.goto(f"{self.town.url}{self.prefix}/challenges/{QUESTION}?order=newest")
        expect(self.page.locator("#listing article.card h3").first).to_have_text(title)
        assert self.town.supporters(self.ref) == 0
        self.page.goto(f"{self.town.url}{self.prefix}/drafts")
        expect(self.page.get_by_text(self.say("No drafts"), exact=True)).to_be_visible()

    def edits(self) -> None:
        """They take the phone number out again."""
        self.page.goto(f"{self.town.url}{self.prefix}/ideas/{self.ref}")
        self.hands.press("link", self.say("Edit my idea"))
        self._arrive(f"/ideas/{self.ref}/edit")
        self.hands.write(self.say("Why, and who would it help?"), "Somewhere to rest.")
        self.hands.press("button", self.say("Save"))
        self.page.wait_for_url(re.compile(r"\?done=edited"))
        expect(self.page.locator(".idea__words")).to_have_text("Somewhere to rest.")
        assert "01632 960123" not in self.town.read(f"/ideas/{self.ref}")

    def discusses(self) -> None:
        """Step 4: a comment, a reply to it, one taken away and put back."""
        said, answered = "I would rest here on market days.", "So would my *sister*."
        self.hands.write(self.say("Add a comment"), said)
        self.hands.press("button", self.say("Publish comment"))
        comments = self.page.locator("#comments")
        expect(comments.locator("article")).to_contain_text(said)
        expect(comments.locator("#comment-count")).to_have_text("1")
        reply = self.say("Reply to %(name)s").replace("%(name)s", "Heron")
        self.hands.press("link", reply)
        self.hands.write_into(self.page.get_by_role("textbox", name=reply), answered)
        self.hands.press("button", self.say("Publish reply"))
        expect(self.page.locator(".replies em")).to_have_text("sister")
        self.page.goto(f"{self.town.url}{self.prefix}/ideas/{self.ref}")
        expect(comments.locator("#comment-count")).to_have_text("2")
        taking = self.say("Take away my comment of %(time)s").split("%")[0]
        self.hands.press("button", re.compile("^" + re.escape(taking)))
        undo = f"{self.say('Undo')}: {self.say('put my comment back')}"
        expect(self.page.get_by_role("button", name=undo)).to_be_visible()
        assert said not in self.town.read(f"/ideas/{self.ref}")
        self.hands.press("button", undo)
        expect(self.page.locator("main")).to_contain_text(said)
        assert said in self.town.read(f"/ideas/{self.ref}")

    def signs_out(self) -> None:
        """Nothing is left on the device afterwards."""
        self.hands.open(self.page.locator("details.menu summary"))
        expect(self.page.get_by_role("link", name=self.say("My data"))).to_be_visible()
        self.hands.press("button", self.say("Sign out"))
        expect(self.page.get_by_role("link", name=self.say("Sign in"), exact=True)).to_be_visible()
        assert self.page.context.cookies() == []

    def _counted(self) -> None:
        number = self.before + 1
        one, many = "%(num)s person supports this.", "%(num)s people support this."
        sentence = f"{self.say('Counted.')} {self.say.number(one, many, number)}"
        expect(self._answer()).to_contain_text(sentence)
        expect(self._figure()).to_have_text(f"{number:,}")
        undo = f"{self.say('Undo')}: {self.say('take my answer back')}"
        expect(self.page.get_by_role("button", name=undo)).to_be_visible()
        assert self.town.supporters(self.ref) == number

    def _answer(self) -> Locator:
        return self.page.locator("#answer")

    def _figure(self) -> Locator:
        return self.page.locator("#answer .support--large b")

    def _summary(self, english: str) -> Locator:
        return self.page.locator("summary").filter(has_text=self.say(english))

    def _arrive(self, path: str) -> None:
        wanted = re.escape(f"{self.town.url}{self.prefix}{path}")
        self.page.wait_for_url(re.compile(rf"^{wanted}(\?.*)?(#.*)?$"))
