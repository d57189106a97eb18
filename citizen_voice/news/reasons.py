"""A letter with what moderators decided about somebody: the statement of reasons.

It goes whatever somebody chose about news, and cannot be stopped: it is owed to them. No title of
theirs is in it but where the moderator names it.
"""

from collections.abc import Sequence
from typing import Any

from citizen_voice.accounts.models import Person
from citizen_voice.moderation import told
from citizen_voice.moderation.told import Statement
from citizen_voice.news.letters import Letter, frame
from citizen_voice.news.models import APPEALED
from citizen_voice.web.filters import Said, long_date, say
from citizen_voice.web.locale import PREFIX
from citizen_voice.web.templates import environment
from citizen_voice.words import _, language

MOST = 20
"""So many decisions are told of in a letter; the rest is a link."""
WHY = _("We write to you whatever you chose about news: you have a right to the reasons.")


class Reasons:
    """A decision in a letter: a heading, lines with their names, and where to go on."""

    def __init__(self, statement: Statement, *, looked_again: bool, base: str) -> None:
        self._of = statement
        self._looked_again = looked_again
        self.url = f"{base}/decisions/{statement.id}"

    @property
    def headline(self) -> str:
        """What was done, or what came of looking again."""
        if not self._looked_again:
            return self._of.done
        if self._of.upheld:
            return str(_("They found that it was wrong, and undid it"))
        return str(_("They found that it was right"))

    @property
    def facts(self) -> list[tuple[str, Said]]:
        """What there is to know: its name, and the words."""
        of = self._of
        if self._looked_again:
            asked = (str(_("You asked someone else to look")), Said(of.done, None))
            return [asked, (str(_("What the moderator writes to you")), Said(of.row.reason, None))]
        facts = [(str(_("When")), Said(long_date(of.at), None))]
        if of.has_ground:
            facts.append((str(_("The rule")), say(of.row, "name")))
        facts.append((str(_("What the moderator writes to you")), Said(of.words, self._lang)))
        if of.until is not None:
            facts.append((str(_("Until")), Said(long_date(of.until), None)))
        facts.append((str(_("What it means")), Said(of.touches, None)))
        by = (
            _("No. A machine noticed it, a person decided.")
            if of.automated
            else _("No. A person noticed it and decided.")
        )
        facts.append((str(_("Did a machine decide?")), Said(str(by), None)))
        return [(name, words) for name, words in facts if words.text]

    @property
    def _lang(self) -> str | None:
        return None if self._of.lang == language() else self._of.lang

    @property
    def again(self) -> str:
        """What they can do about it; empty for nothing here."""
        if self._looked_again or not self._of.can_appeal:
            return ""
        day = long_date(self._of.last_day)
        return str(
            _("Somebody who did not decide this looks again. You can ask until %(day)s.", day=day)
        )


def letter(rows: Sequence[Any], person: Person) -> Letter:
    """All that was decided about somebody and is due: ``rows`` are theirs of ``queries.due``."""
    given = frame(str(_("A decision about something of yours")))
    here = given["base"] + (PREFIX if language() == "cy" else "")
    given["decisions_url"] = f"{here}/decisions"
    given["more"] = len(rows) - MOST
    given["why"] = str(WHY)
    given["items"] = [
        Reasons(
            told.statement(row.decision_id, person.id),
            looked_again=row.kind == APPEALED,
            base=here,
        )
        for row in rows[:MOST]
    ]
    html = environment().get_template("mail/decision.html").render(given)
    return Letter(given["subject"], _text(given), html, None)


def _text(given: dict[str, Any]) -> str:
    parts = [_item(item) for item in given["items"]]
    if given["more"] > 0:
        parts.append(str(_("There is more: %(number)s.", number=given["more"])))
    parts.append(f"{_('Decisions about what I wrote')}:\n{given['decisions_url']}")
    parts += [given["why"], given["foot"]]
    return "\n\n".join(parts) + "\n"


def _item(item: Reasons) -> str:
    lines = [item.headline]
    lines += [
        f"{name if name.endswith('?') else name + ':'} {words.text}" for name, words in item.facts
    ]
    if item.again:
        lines.append(item.again)
    return "\n".join([*lines, item.url])
