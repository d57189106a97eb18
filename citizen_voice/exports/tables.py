"""Files as people read them: each row in the page's language.

What stands here stands on the pages, too. Days are as ISO 8601 has them, and every row ends with
the address of its page. Nobody's name is in a file: who leaves the site takes their name from every
page, and no one could take it from the copies of a file.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from heapq import merge

from citizen_voice import clock
from citizen_voice.challenges.cards import ChallengeCard
from citizen_voice.challenges.models import CLOSED, OPINION, UPCOMING, state
from citizen_voice.challenges.queries import Overview
from citizen_voice.clock import LONDON
from citizen_voice.comments.cards import SHOWN
from citizen_voice.comments.cards import Card as CommentCard
from citizen_voice.comments.section import NO_KEY
from citizen_voice.db import AnyRow
from citizen_voice.exports.headings import GONE, HAPPENINGS, STANDINGS
from citizen_voice.exports.queries import Tried
from citizen_voice.ideas.cards import REMOVED, Card
from citizen_voice.ideas.detail import REPLIED
from citizen_voice.ideas.models import OPEN as IDEA_OPEN
from citizen_voice.ideas.queries import Totals
from citizen_voice.pilots.becoming import Event
from citizen_voice.pilots.cards import TrialCard
from citizen_voice.pilots.charts import with_unit
from citizen_voice.pilots.models import MORE
from citizen_voice.pilots.queries import changed
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.pilots.services.measuring import plain
from citizen_voice.replies.cards import ReplyCard, reply_card
from citizen_voice.web.filters import london, reference, say
from citizen_voice.web.sharing import permanent
from citizen_voice.web.templates import url_for
from citizen_voice.words import _

Line = tuple[object, ...]


class Addresses:
    """Lasting addresses of many things of one kind. To keep them all would push pages' out."""

    def __init__(self, endpoint: str, name: str, example: str) -> None:
        self._before, self._behind = permanent(url_for(endpoint, **{name: example})).split(example)

    def of(self, ref: str) -> str:
        """The address of one of them."""
        return f"{self._before}{ref}{self._behind}"


def _of_ideas() -> Addresses:
    return Addresses("ideas.detail", "ref", "CV-0")


def _of_pilots() -> Addresses:
    return Addresses("pilots.detail", "pilot_ref", "CVT-0")


def ideas(rows: Iterator[AnyRow]) -> Iterator[Line]:
    """Ideas with their reply in force."""
    now, addresses = clock.now(), _of_ideas()
    for row in rows:
        card = Card(row, now, with_question=True)
        edited = row.edited_at if row.version > row.public_from else None
        yield (
            card.ref,
            card.title,
            row.body,
            card.lang,
            card.challenge_question,
            card.topic,
            card.place,
            _stage(card, now),
            _day(row.published_at),
            _day(edited),
            card.support,
            card.oppose if card.ballot == OPINION else "",
            *_reply(reply_card(row)),
            addresses.of(card.ref),
        )


def _stage(card: Card, now: datetime) -> str:
    """As the idea's page says it."""
    replied = card.row.reply_id is not None and card.stage == IDEA_OPEN
    if replied and state(card.challenge, now) == CLOSED:
        return str(REPLIED)
    return card.stage_words


def _reply(reply: ReplyCard | None) -> Line:
    if reply is None:
        return ("",) * 5
    team, days = reply.team.text, (_day(reply.replied_on), _day(reply.next_on))
    return (_outcome(reply), reply.reason.text, team, *days)


def _outcome(reply: ReplyCard) -> str:
    passed_to = reply.passed_to.text
    return (
        f"{reply.outcome_words} {_('Passed to:')} {passed_to}"
        if passed_to
        else (reply.outcome_words)
    )


def comments(ref: str, council: str, rows: Iterator[AnyRow]) -> Iterator[Line]:
    """Comments on an idea or a trial. What the council said has its name."""
    now, addresses = clock.now(), Addresses("comments.detail", "comment_id", NO_KEY)
    for row in rows:
        card = CommentCard(row, reader=None, now=now, root="", open_=False)
        said = card.state == SHOWN
        yield (
            ref,
            card.id,
            row.parent_id or "",
            row.created_at.astimezone(LONDON).isoformat(timespec="minutes"),
            _day(row.edited_at) if said and card.edited else "",
            council if said and card.by_council else "",
            row.language if said else "",
            row.body if said else "",
            "" if said else GONE[card.state],
            addresses.of(card.id),
        )


def challenges(overview: Overview, totals: Mapping[int, Totals]) -> Iterator[Line]:
    """Challenges with the figures of their cards."""
    none = Totals(0, 0, 0, 0)
    addresses = Addresses("challenges.detail", "slug", "a-challenge")
    for row in (*overview.open, *overview.upcoming, *overview.closed):
        sums = totals.get(row.id, none)
        card = ChallengeCard(row, ideas=sums.ideas, answers=sums.answers)
        begun = card.state != UPCOMING
        cancelled = card.state == CLOSED and card.cancelled_at
        yield (
            say(row, "question").text,
            _("Cancelled") if cancelled else STANDINGS[card.state],
            _day(row.opens_on),
            _day(row.closes_on),
            card.ideas if begun else "",
            card.answers if begun else "",
            say(row, "reply_team").text,
            _day(row.replies_by),
            addresses.of(row.slug),
        )


def pilots(found: Iterator[Tried]) -> Iterator[Line]:
    """Trials, with the newest reading of each measure in a line."""
    addresses = _of_pilots()
    for tried in found:
        card, row = TrialCard(tried.pilot), tried.pilot
        yield (
            card.ref,
            card.title.text,
            card.words,
            _day(card.staged_at),
            say(row, "place").text,
            card.team.text,
            _day(row.created_at),
            _day(card.ends_on),
            _day(card.next_on),
            _day(row.confirmed_at),
            card.learned.text,
            "\n".join(map(_newest, tried.measures)),
            " ".join(map(reference, tried.ideas)),
            addresses.of(card.ref),
        )


def _newest(measure: AnyRow) -> str:
    name = say(measure, "name").text
    if measure.value is None:
        return f"{name}: {_('No numbers yet.')}"
    value = with_unit(measure.value, say(measure, "unit").text)
    return f"{name}: {value} ({measure.day.isoformat()})"


def measures(found: Iterator[Tried]) -> Iterator[Line]:
    """What trials measure, a row each, with its newest reading."""
    addresses = _of_pilots()
    for tried in found:
        ref = pilot_ref(tried.pilot.id)
        for row in tried.measures:
            yield (
                ref,
                say(row, "name").text,
                say(row, "unit").text,
                _("More is better.") if row.better == MORE else _("Less is better."),
                _number(row.baseline),
                _number(row.target),
                _number(row.value),
                _day(row.day),
                _day(row.first_on) if row.value is None else "",
                say(row, "source").text,
                addresses.of(ref),
            )


def changes(events: Sequence[AnyRow], replies: Iterator[AnyRow]) -> Iterator[Line]:
    """What changed, the newest first: what the page tells, and every reply behind its figures."""
    told, replied = _events(events), _replies(replies)
    return merge(told, replied, key=lambda line: str(line[0]), reverse=True)


def _events(events: Sequence[AnyRow]) -> Iterator[Line]:
    pilots_, ideas_ = _of_pilots(), _of_ideas()
    for row in events:
        event = Event(row)
        decided = event.kind == changed.DECIDED
        addresses = ideas_ if event.kind == changed.HAPPENS else pilots_
        yield (
            _day(event.day),
            event.outcome if decided else HAPPENINGS[event.kind],
            event.ref,
            event.title.text or REMOVED,
            event.words.text,
            addresses.of(event.ref),
        )


def _replies(rows: Iterator[AnyRow]) -> Iterator[Line]:
    addresses = _of_ideas()
    for row in rows:
        reply, ref = ReplyCard(row), reference(row.id)
        words = f"{_outcome(reply)} {reply.reason.text}".strip()
        day, title = _day(reply.replied_on), row.title or REMOVED
        yield (day, _("The council replied"), ref, title, words, addresses.of(ref))


def _day(moment: date | datetime | None) -> str:
    """The day in London, as ISO 8601 has it."""
    return "" if moment is None else london(moment).isoformat()


def _number(value: float | None) -> str:
    return "" if value is None else plain(value)
