"""Everybody who took part in two ideas: what the mail server has for them, and where it leads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from itertools import pairwise
from urllib.parse import urlsplit
from urllib.request import Request, urlopen
from uuid import UUID

from playwright.sync_api import Page, expect

from citizen_voice.answers import services as answering
from citizen_voice.db import write
from citizen_voice.news import queries as news
from citizen_voice.news import services
from citizen_voice.words import force_locale, gettext
from tests.browser.passing import PassingPlace
from tests.browser.pilot_hands import TITLE
from tests.news.test_letters import Elements
from tests.servers.browser import Visits

URL = re.compile(r"https?://\S+")
STRAIGHT_AWAY, WEEKLY, NEVER = "now", "weekly", "never"
SIGN_IN = {"en": "Sign in", "cy": "Mewngofnodi"}
NEARLY_A_WEEK = timedelta(days=6, hours=12)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who took part; ``mail`` is how they chose to hear."""

    person: UUID
    name: str
    language: str = "en"
    mail: str = STRAIGHT_AWAY

    @property
    def address(self) -> str:
        """Where their letters go."""
        return f"{self.name.lower()}@example.org"


def parts_of(letter: EmailMessage) -> tuple[str, str]:
    """A letter's text, and its HTML where it has any."""
    found = [letter.get_body(preferencelist=(kind,)) for kind in ("plain", "html")]
    text, html = (part.get_content() if part is not None else "" for part in found)
    return text, html


def links_of(letter: EmailMessage) -> list[str]:
    """The addresses in a letter's text, in their order."""
    return URL.findall(parts_of(letter)[0])


class Readers:
    """Two authors, and supporters: of one idea or both, in Welsh, weekly, and never by mail."""

    def __init__(self, place: PassingPlace, slug: str, titles: Sequence[str]) -> None:
        self.place = place
        authors = [self._reader("Ffion"), self._reader("Idris")]
        self.titles = {
            place.idea(slug, author=author.person, title=title): title
            for author, title in zip(authors, titles, strict=True)
        }
        self.refs = list(self.titles)
        one, other = self.refs
        self.everybody = [
            *authors,
            self._reader("Ann", backs=(one, other)),
            self._reader("Gwen", language="cy", backs=(other,)),
            self._reader("Noor", mail=NEVER, backs=(one,)),
            self._reader("Walt", mail=WEEKLY, backs=(one, other)),
        ]
        self._seen: dict[UUID, int] = {}

    def _reader(
        self,
        name: str,
        *,
        language: str = "en",
        mail: str = STRAIGHT_AWAY,
        backs: Sequence[str] = (),
    ) -> Reader:
        address = f"{name.lower()}@example.org"
        person = self.place.join(name=name, address=address, language=language)
        with self.place.inside(), write():
            services.choose(person, mail)
            for ref in backs:
                answering.cast(person, int(ref[3:]), "support")
        return Reader(person, name, language, mail)

    def hear(self, what: str, ref: str, *words: str) -> None:
        """Who hears straight away has one letter more, which says this; the others have none."""
        for reader in self.everybody:
            letters = self.place.mails.to(reader.address)
            before = self._seen.get(reader.person, 0)
            self._seen[reader.person] = len(letters)
            if reader.mail == STRAIGHT_AWAY:
                says = [each for each in letters[before:] if self._says(each, reader, what)]
                assert len(says) == 1, f"{reader.address}: {len(says)} letters say {what}"
                self._is_whole(says[0], reader, ref)
                for each in words:
                    assert each in parts_of(says[0])[0]
            elif reader.mail == NEVER:
                assert not letters

    def heard_once_a_week(self, what: str, ref: str) -> None:
        """Who hears weekly has heard it once by now, in letters a week apart."""
        (reader,) = (each for each in self.everybody if each.mail == WEEKLY)
        letters = self.place.mails.to(reader.address)
        (said,) = [each for each in letters if self._says(each, reader, what)]
        self._is_whole(said, reader, ref)
        written = [parsedate_to_datetime(str(each["Date"])) for each in letters]
        gaps = [later - earlier for earlier, later in pairwise(written)]
        assert all(gap > NEARLY_A_WEEK for gap in gaps), written

    def nobody_else_hears(self, *further: str) -> None:
        """Letters went to those who hear by mail and some further addresses, none of them twice."""
        letters = self.place.mails.messages
        told = {reader.address for reader in self.everybody if reader.mail != NEVER}
        assert {str(each["To"]) for each in letters} == {*told, *further}
        assert len({each["Message-ID"] for each in letters}) == len(letters)

    def follow_every_link(self, visit: Visits, *, javascript: bool) -> None:
        """Each address of each letter, by its reader and by a visitor: at the thing itself."""
        stranger = visit(javascript=javascript)
        for reader in self.everybody:
            letters = self.place.mails.to(reader.address)
            themselves = visit(javascript=javascript)
            self.place.sign_in(themselves, reader.person)
            for link in dict.fromkeys(link for each in letters for link in links_of(each)):
                self._lands(themselves, link, reader)
                self._lands(stranger, link, None)

    def stop_by_one_click(self) -> None:
        """A mail program sends a POST, with no cookie; to look at the address changes nothing."""
        reader = next(each for each in self.everybody if each.mail == STRAIGHT_AWAY)
        letter = self.place.mails.to(reader.address)[-1]
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = str(letter["List-Unsubscribe"]).strip("<>")
        with urlopen(address, timeout=10) as page:
            assert page.status == 200
        assert self._choice(reader) == STRAIGHT_AWAY
        with urlopen(Request(address, b"List-Unsubscribe=One-Click"), timeout=10) as answer:
            assert answer.status == 200
            assert answer.headers["Set-Cookie"] is None
        assert self._choice(reader) == NEVER

    def _choice(self, reader: Reader) -> str:
        with self.place.inside():
            return news.choice(reader.person)

    def _says(self, letter: EmailMessage, reader: Reader, english: str) -> bool:
        with self.place.inside(), force_locale(reader.language):
            return str(gettext(english)) in parts_of(letter)[0]

    def _is_whole(self, letter: EmailMessage, reader: Reader, ref: str) -> None:
        """In the reader's language, with the ways to the trial and out, and nothing fetched."""
        here = self.place.url + ("/cy" if reader.language == "cy" else "")
        text, html = parts_of(letter)
        assert letter["Content-Language"] == reader.language
        assert f"{here}/pilots/{ref}" in {each.partition("#")[0] for each in links_of(letter)}
        assert TITLE in text
        assert TITLE in html
        found = Elements(html)
        assert {each for each in found.links if each.startswith("http")} == set(links_of(letter))
        assert str(letter["List-Unsubscribe"]).strip("<>") in found.links
        assert not found.names & {"img", "script", "link", "iframe"}

    def _lands(self, page: Page, link: str, reader: Reader | None) -> None:
        """A letter's address leads to the thing itself, whoever opens it."""
        page.goto(link)
        parts = urlsplit(link)
        language = "cy" if parts.path.startswith("/cy/") else "en"
        expect(page.locator("html")).to_have_attribute("lang", language)
        who = page.locator("header").get_by_text(reader.name if reader else SIGN_IN[language])
        expect(who.first).to_be_visible()
        heading, kind = page.locator("h1"), parts.path.removeprefix("/cy").split("/")[1]
        if kind == "pilots":
            expect(heading).to_have_text(TITLE)
        elif kind == "ideas":
            expect(heading).to_have_text(self.titles[parts.path.rpartition("/")[2]])
        elif kind == "news":
            signs_in = re.compile("/sign-in" if reader is None else "/news$")
            expect(page).to_have_url(signs_in)
        else:
            assert kind == "unsubscribe", link
            expect(page.locator("form[action*='/unsubscribe/']").first).to_be_visible()
        if parts.fragment:
            expect(page.locator(f"#{parts.fragment}")).to_be_in_viewport()
