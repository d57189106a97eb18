"""The addresses of the API: what each takes and gives. Routes read it, and the document says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from citizen_voice.api import queries
from citizen_voice.api.parameters import (
    KEY,
    LONGEST_CURSOR,
    LONGEST_SLUG,
    Parameter,
    in_path,
    one_of,
    text,
    whole,
)
from citizen_voice.api.schemas import SOME_KEY
from citizen_voice.comments.queries import NEWEST, ORDERS
from citizen_voice.ideas.models import LISTED_STAGES
from citizen_voice.ideas.queries import PAGE
from citizen_voice.words import _

CURSOR = "cursor"
"""The format of a place in a list: only what a ``next`` has said is one."""

AFTER = text(
    "after",
    _("Where the list goes on, taken from the address of the next page."),
    LONGEST_CURSOR,
    format=CURSOR,
)
LIMIT = whole(
    "limit",
    _("How many come on a page, 1 to 100."),
    largest=queries.LARGEST_PAGE,
    usual=PAGE,
)
CHALLENGE = partial(text, "challenge", longest=LONGEST_SLUG)
REF = in_path("ref", _("The number that people cite."), "CV-1042")
TRIAL = in_path("pilot_ref", _("The number that people cite."), "CVT-12")
SLUG = in_path("slug", _("The last part of the challenge’s address."), "streets")


@dataclass(frozen=True, slots=True)
class Address:
    """One address: ``model`` names what it answers with, ``further`` lists other statuses."""

    endpoint: str
    path: str
    title: Any
    words: Any
    model: str
    parameters: Sequence[Parameter] = ()
    further: Sequence[int] = ()

    @property
    def paged(self) -> bool:
        """Whether it is a list that goes on."""
        return any(each.name == "after" for each in self.parameters)

    @property
    def statuses(self) -> tuple[int, ...]:
        """What can go wrong."""
        wrong = {400, *(status for status in self.further if status >= 400), 500, 503}
        return tuple(sorted(wrong))


IDEAS = Address(
    "ideas",
    "/ideas",
    _("List ideas"),
    _("All ideas that everybody can read in lists, a page at a time."),
    "IdeaPage",
    (
        CHALLENGE(_("Ideas of this challenge alone: the last part of its address.")),
        whole(
            "topic",
            _("Ideas on this topic of the challenge alone, by its number. It needs a challenge."),
        ),
        whole("ward", _("Ideas for this ward alone, by its number.")),
        one_of("stage", _("Ideas at this stage alone."), LISTED_STAGES),
        one_of(
            "order",
            _("By number each idea comes exactly once, whatever others do meanwhile."),
            queries.ORDERS,
            usual=queries.ORDERS[0],
        ),
        LIMIT,
        AFTER,
    ),
    (302, 404),
)
IDEA = Address(
    "idea",
    "/ideas/{ref}",
    _("Read one idea"),
    _("Its words, figures and stage, and the council’s reply."),
    "Idea",
    (REF,),
    (302, 404, 410),
)
OF_COMMENTS = text(
    "after",
    _("Where the list goes on, taken from the address of the next page."),
    36,
    pattern=f"^{KEY}$",
)
COMMENTS = Address(
    "comments",
    "/ideas/{ref}/comments",
    _("List the comments on an idea"),
    _("Each comes with its first three replies, as on the page."),
    "CommentPage",
    (
        REF,
        one_of("order", _("Which come first."), ORDERS, usual=NEWEST),
        LIMIT,
        OF_COMMENTS,
    ),
    (302, 404, 410),
)
REPLIES = Address(
    "replies",
    "/comments/{comment_id}/replies",
    _("List the replies to a comment"),
    _("All of them, the oldest first."),
    "CommentReplyPage",
    (
        in_path("comment_id", _("The id of the comment."), SOME_KEY),
        LIMIT,
        OF_COMMENTS,
    ),
    (404, 410),
)
CHALLENGES = Address(
    "challenges",
    "/challenges",
    _("List challenges"),
    _("The open ones first, then those to come, then the closed ones."),
    "ChallengeList",
)
CHALLENGE_ = Address(
    "challenge",
    "/challenges/{slug}",
    _("Read one challenge"),
    _("The question, the council’s promise, the topics."),
    "Challenge",
    (SLUG,),
    (302, 404),
)
PILOTS = Address(
    "pilots",
    "/pilots",
    _("List trials"),
    _("Every trial, the newest first; those that stopped, too."),
    "PilotList",
)
PILOT = Address(
    "pilot",
    "/pilots/{pilot_ref}",
    _("Read one trial"),
    _("What is tried, measured and said of it, and what was decided."),
    "Pilot",
    (TRIAL,),
    (404,),
)
READINGS = Address(
    "readings",
    "/pilots/{pilot_ref}/readings",
    _("List what was measured in a trial"),
    _("By measure and day."),
    "ReadingPage",
    (TRIAL, LIMIT, AFTER),
    (404,),
)
CHANGES = Address(
    "changes",
    "/changes",
    _("List what changed"),
    _("What became of ideas: trials, decisions, what happens. The newest first, all at once."),
    "Changes",
    (CHALLENGE(_("What changed in this challenge alone: the last part of its address.")),),
    (302, 404),
)

ADDRESSES = (
    IDEAS,
    IDEA,
    COMMENTS,
    REPLIES,
    CHALLENGES,
    CHALLENGE_,
    PILOTS,
    PILOT,
    READINGS,
    CHANGES,
)
