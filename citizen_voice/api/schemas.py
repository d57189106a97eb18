"""What the API answers with. The OpenAPI document is made from these models."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from citizen_voice.words import _, force_locale

Language = Literal["en", "cy"]


def told(words: Any, **further: Any) -> Any:
    """A field with a description; ``document`` puts that into the reader's language."""
    with force_locale("en"):
        return Field(description=str(words), **further)


REF = told(_("The number that people cite."), examples=["CV-1042"])
TRIAL_REF = told(_("The number that people cite."), examples=["CVT-12"])
HTML = told(_("The words as safe HTML."), examples=["<p>So that people can rest.</p>"])
API = told(_("The address here."), examples=["https://voice.example.gov.uk/api/v1/ideas/CV-1042"])
PAGE = told(
    _("The address of the page for people."),
    examples=["https://voice.example.gov.uk/ideas/CV-1042"],
)
LANGUAGE = told(_("The language of the words."), examples=["en"])
NEXT = told(
    _("The address of the next page; null on the last one. The Link header says it, too."),
    examples=["https://voice.example.gov.uk/api/v1/ideas?after=WzIsMTc2MjAwXQ"],
)
LEFT_OUT = _("How many say it is not for them; null where people can only support ideas.")


class Model(BaseModel):
    """What nothing else may stand in."""

    model_config = ConfigDict(extra="forbid")


class Words(Model):
    """The council's words in both languages; Welsh may be missing."""

    en: str = Field(examples=["More trees in our streets"])
    cy: str | None = Field(examples=["Mwy o goed yn ein strydoedd"])


class Named(Model):
    """A topic or a ward."""

    id: int = Field(examples=[3])
    name: Words


class ChallengeName(Model):
    """The challenge that an idea belongs to."""

    slug: str = Field(examples=["streets"])
    question: Words


class IdeaInList(Model):
    """An idea as lists show it."""

    ref: str = REF
    title: str | None = told(
        _("Null where its author took it away."), examples=["A bench by the library"]
    )
    summary: str = told(
        _("The beginning of the words, as plain text."), examples=["So that people can rest."]
    )
    language: Language = LANGUAGE
    stage: Literal["open", "shortlisted", "piloting", "adopted", "declined", "withdrawn"] = Field(
        examples=["open"]
    )
    stage_words: str = told(
        _("The stage as residents read it, in the language of the address."),
        examples=["Open for support"],
    )
    challenge: ChallengeName
    topic: Named | None
    ward: Named | None = told(_("Null means everywhere."))
    support: int = told(_("How many support it."), examples=[48])
    oppose: int | None = told(LEFT_OUT, examples=[7])
    published_at: datetime = Field(examples=["2026-03-03T14:02:00Z"])
    api: str = API
    page: str = PAGE


class Reply(Model):
    """The council's reply in force."""

    outcome: str = Field(examples=["will-do"])
    outcome_words: str = Field(examples=["We’ll do it."])
    reason: Words
    team: Words | None
    passed_to: Words | None = told(_("Whose it is, where the council passed it on."))
    replied_on: date = Field(examples=["2026-03-20"])
    next_on: date | None = told(_("The day of the next word."), examples=["2026-06-30"])


class Idea(IdeaInList):
    """One idea, with all its words."""

    author: str = told(
        _("The name beside the words, as the page shows it."), examples=["A resident"]
    )
    html: str = HTML
    edited: bool = told(_("Whether it said something else before that everybody may read."))
    edited_at: datetime | None = Field(examples=["2026-03-04T09:30:00Z"])
    reply: Reply | None
    reply_due: date | None = told(
        _("The day by which a first reply was promised; null once there is one."),
        examples=["2026-04-30"],
    )
    comments: str | None = told(
        _("Where its comments are; null while none are shown."),
        examples=["https://voice.example.gov.uk/api/v1/ideas/CV-1042/comments"],
    )


class IdeaPage(Model):
    """Some ideas, and where the list goes on."""

    ideas: list[IdeaInList]
    next: str | None = NEXT


SOME_KEY = "01890000-0000-7000-8000-0000000000ff"


class CommentReply(Model):
    """A reply to a comment."""

    id: str = Field(examples=[SOME_KEY])
    state: Literal["shown", "removed", "hidden"] = told(
        _("Without words where its author took it away, or a moderator hid it."),
        examples=["shown"],
    )
    author: str | None = Field(examples=["A resident"])
    by_council: bool = told(_("Whether it bears the council’s mark."))
    html: str | None = HTML
    language: Language | None = LANGUAGE
    written_at: datetime = Field(examples=["2026-03-05T18:20:00Z"])
    edited: bool
    page: str = PAGE


class Comment(CommentReply):
    """A comment with its first replies."""

    said_about: str | None = told(
        _("The idea it was said about, where that was joined with this one."),
        examples=["CV-1050"],
    )
    replies: list[CommentReply] = told(_("The first three."))
    replies_in_all: int = Field(examples=[1])
    all_replies: str = told(
        _("Where all replies to it are."),
        examples=[f"https://voice.example.gov.uk/api/v1/comments/{SOME_KEY}/replies"],
    )


class CommentPage(Model):
    """Some comments on an idea, and where the list goes on."""

    comments: list[Comment]
    total: int = told(_("How many comments there are, with all replies."), examples=[2])
    next: str | None = NEXT


class CommentReplyPage(Model):
    """Some replies to a comment, and where the list goes on."""

    replies: list[CommentReply]
    total: int = told(_("How many replies there are."), examples=[1])
    next: str | None = NEXT


class ChallengeInList(Model):
    """A challenge as the list shows it."""

    slug: str = Field(examples=["streets"])
    question: Words
    state: Literal["upcoming", "open", "closed"] = Field(examples=["open"])
    cancelled: bool
    opens_on: date = Field(examples=["2026-03-01"])
    closes_on: date = told(_("The last day."), examples=["2026-03-31"])
    replies_by: date | None = told(
        _("The day by which every idea has a reply."), examples=["2026-04-30"]
    )
    reply_team: Words | None
    takes_opposition: bool = told(_("Whether people can say that an idea is not for them."))
    ideas: int = Field(examples=[120])
    answers: int = told(_("All answers to its ideas."), examples=[3400])
    api: str = API
    page: str = PAGE


class Challenge(ChallengeInList):
    """One challenge, with its promise."""

    background: Words | None
    sponsor: Words = told(_("Who asks."))
    decides: Words = told(_("Who decides."))
    money: Words
    fixed: Words = told(_("What can’t change."))
    promise: Words = told(_("When people hear back."))
    cancelled_why: Words | None
    topics: list[Named]


class ChallengeList(Model):
    """All challenges: the open ones, those to come, the closed ones."""

    challenges: list[ChallengeInList]
