"""A case as templates see it: the words, their context, why it waits, and what can be done."""

from datetime import datetime
from functools import cached_property
from types import SimpleNamespace
from uuid import UUID

from markupsafe import Markup

from citizen_voice import clock
from citizen_voice.db import db
from citizen_voice.ideas import contacts
from citizen_voice.ideas.history import Version
from citizen_voice.moderation import models, things
from citizen_voice.moderation.about import About, about, title
from citizen_voice.moderation.acts import ACTS
from citizen_voice.moderation.models import Case
from citizen_voice.moderation.queries import case as queries
from citizen_voice.moderation.setting_up import NAMES
from citizen_voice.moderation.touching import touched
from citizen_voice.moderation.waiting import (
    ACT_KEYS,
    ACT_WORDS,
    DONE_WORDS,
    KIND_WORDS,
    Claim,
    Clock,
    excerpt,
)
from citizen_voice.web import markdown
from citizen_voice.web.filters import say
from citizen_voice.words import gettext, language


class Choice:
    """An act that fits: its name and its key on the keyboard."""

    def __init__(self, act: str) -> None:
        self.act = act
        self.words = str(ACT_WORDS[act])
        self.key = ACT_KEYS[act]


class Opened:
    """A case and everything beside it, for one moderator."""

    def __init__(self, case_id: UUID, me: UUID) -> None:
        """Read it; raises ``NotHere``."""
        self._found = queries.found(case_id)
        self.row = self._found.row
        self.id = case_id
        now = clock.now()
        self.clock, self.claim = Clock(self.row, now), Claim(self.row, me, now)
        self.open = self.row.closed_at is None
        self.own = self.row.author_id == me
        self.grave = self.row.urgency == models.GRAVE
        self.reasons, self.reports = self._found.reasons, self._found.reports
        self.notes = self._found.notes
        self.now = now

    @property
    def kind(self) -> str:
        """Idea, comment or name."""
        return things.kind_of(self.row)

    @property
    def kind_words(self) -> str:
        """The same in words."""
        return str(KIND_WORDS[self.kind])

    @cached_property
    def thing(self) -> things.Thing:
        """What it is about, as acts see it."""
        case = db.session.get_one(Case, self.id)
        return things.look([case])[self.id]

    @property
    def about(self) -> About | None:
        """The idea that it is about, or the idea or pilot that the comment is on."""
        return about(self.row.about_id, self.row.pilot_id)

    @property
    def on(self) -> SimpleNamespace | None:
        """What a comment is on: in words, its title, and the title's language."""
        words, lang = title(self.row, self.row.idea_language)
        if self.kind != things.COMMENT or not words:
            return None
        kind = gettext("On the idea") if self.row.pilot_id is None else gettext("On the trial")
        return SimpleNamespace(words=kind, title=words, lang=lang)

    @property
    def lang(self) -> str:
        """The language of its words."""
        row = self.row
        found = row.comment_language if self.kind == things.COMMENT else row.idea_language
        return (found if self.kind != things.NAME else None) or language()

    @property
    def title(self) -> str:
        """What stands for it: a title, first words, a name."""
        if self.kind == things.IDEA:
            return self.row.title or gettext("No words any more")
        if self.kind == things.NAME:
            return self.row.author or gettext("No name any more")
        return excerpt(self.row.comment_body or "", 80) or gettext("No words any more")

    @property
    def raw(self) -> str:
        """Its words as they were typed."""
        said = self.row.comment_body if self.kind == things.COMMENT else self.row.idea_body
        return (said or "") if self.kind != things.NAME else ""

    @property
    def words(self) -> Markup:
        """Its words as everybody sees them."""
        return Markup(markdown.render(self.raw))  # nosec B704  # cleaned by nh3

    @property
    def above(self) -> Markup | None:
        """The comment that it replies to."""
        if self.row.above_body is None:
            return None
        return Markup(markdown.render(self.row.above_body))  # nosec B704  # cleaned by nh3

    @property
    def visibility(self) -> str:
        """Published, held or hidden."""
        row = self.row
        found = row.comment_visibility if self.kind == things.COMMENT else row.idea_visibility
        return found if self.kind != things.NAME else "published"

    @property
    def removed(self) -> bool:
        """Whether its author took the comment away."""
        return self.row.removed_at is not None

    @property
    def change(self) -> Version | None:
        """What an edit that waits changes, or one that was made after many supported it."""
        row = self.row
        now = row.comment_version if self.kind == things.COMMENT else row.idea_version
        versions = {each.number: each for each in self._found.versions}
        later = [number for number in versions if number > now] if now is not None else []
        if later:
            return Version(versions[max(later)], versions.get(now))
        edited = any(each.kind == models.EDITED_AFTER_SUPPORT for each in self.reasons)
        if edited and now - 1 in versions:
            return Version(versions[now], versions[now - 1])
        return None

    @property
    def change_waits(self) -> bool:
        """Whether what changes is not in force yet."""
        change, row = self.change, self.row
        now = row.comment_version if self.kind == things.COMMENT else row.idea_version
        return change is not None and change.number > now

    @property
    def contacts(self) -> list[str]:
        """What looks like a way to contact somebody in its words."""
        title = self.row.title if self.kind == things.IDEA else ""
        return contacts.found(f"{title}\n{self.raw}")

    @property
    def said(self) -> list[SimpleNamespace]:
        """The reports: category, words, day, whether who reported was signed in."""
        return [
            SimpleNamespace(
                category=str(NAMES[each.category]),
                words=each.words,
                lang=each.language,
                at=each.made_at,
                signed_in=each.signed_in,
            )
            for each in self.reports
        ]

    @property
    def number_of_reports(self) -> int:
        """How many wait."""
        return self.reports[0].whole if self.reports else 0

    @property
    def noticed(self) -> list[str]:
        """What a machine noticed, as advice."""
        return [
            f"{NAMES[each.kind]}: {each.detail}" if each.detail else str(NAMES[each.kind])
            for each in self.reasons
            if each.kind in models.FLAGS
        ]

    @property
    def other_reasons(self) -> list[str]:
        """Why else it waits: held, an edit."""
        known = (models.REPORT, *models.FLAGS)
        found = [str(NAMES[each.kind]) for each in self.reasons if each.kind not in known]
        if not self.reports and any(each.kind == models.REPORT for each in self.reasons):
            found.insert(0, gettext("Reported"))
        return found

    @property
    def author(self) -> str:
        """Who wrote it."""
        return self.row.author or gettext("A resident")

    @property
    def author_states(self) -> list[str]:
        """What is true of their account."""
        row, found = self.row, []
        if row.paused_until is not None and row.paused_until > self.now:
            found.append(gettext("Paused"))
        if row.shut_at is not None:
            found.append(gettext("Account closed"))
        return found

    @property
    def earlier(self) -> list[SimpleNamespace]:
        """What else they have written, the newest first."""
        found = sorted(self._found.earlier, key=lambda row: row.created_at, reverse=True)
        return [
            SimpleNamespace(
                kind=str(KIND_WORDS[each.kind]),
                about=about(each.about_id, each.pilot_id),
                words=excerpt(each.words, 90),
                lang=each.language,
                at=each.created_at,
                hidden=each.visibility == "hidden",
            )
            for each in found
        ]

    @property
    def decided(self) -> list[SimpleNamespace]:
        """What was decided about them before, the newest first."""
        return [
            SimpleNamespace(
                id=each.id,
                done=str(DONE_WORDS[each.act]),
                ground=say(each, "name") if each.name_en else None,
                at=each.decided_at,
                undone=each.undone_at is not None,
            )
            for each in self._found.decided
        ]

    @property
    def can_act(self) -> bool:
        """Whether this moderator may decide it now."""
        return self.open and not self.own and not self.claim.others

    def choices(self) -> list[Choice]:
        """The acts that fit, in their order."""
        thing = self.thing
        return [Choice(act) for act in models.ACTS if act in ACTS and ACTS[act].fits(thing)]

    @property
    def created_at(self) -> datetime | None:
        """When it was written."""
        if self.kind == things.COMMENT:
            return self.row.comment_created_at  # type: ignore[no-any-return]  # a row's value
        return self.row.idea_created_at if self.kind == things.IDEA else None

    def touches(self, act: str) -> str:
        """What an act touches, said before it is done."""
        return " ".join(touched(self, act))
