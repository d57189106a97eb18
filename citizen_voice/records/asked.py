"""What each screen of the registers asks, in its order."""

from collections.abc import Iterable
from typing import Any

from citizen_voice import register
from citizen_voice.records.fields import Field, Kind
from citizen_voice.records.wording import (
    CHECKS,
    EXEMPTIONS,
    HARM_LEVELS,
    RISKS,
    TRANSFERS,
)
from citizen_voice.words import _

CONTROLLER = (
    Field("name_en", _("Name of the council"), Kind.LINE, missing=_("Say who the controller is.")),
    Field("name_cy", _("Name of the council, in Welsh"), Kind.LINE),
    Field("address_en", _("Postal address"), longest=400),
    Field("address_cy", _("Postal address, in Welsh"), longest=400),
    Field("contact", _("E-mail address or phone number"), Kind.LINE, longest=254),
    Field(
        "dpo_name",
        _("Data protection officer"),
        Kind.LINE,
        hint=_("Everybody can read it. A post will do, like: Data Protection Officer."),
    ),
    Field(
        "dpo_contact",
        _("How to reach the data protection officer"),
        Kind.LINE,
        hint=_("An e-mail address or a phone number. Everybody can read it."),
        longest=254,
    ),
    Field("ico_number", _("Number in the ICO’s register"), Kind.LINE, longest=20),
)


def processor() -> tuple[Field, ...]:
    """What is asked about a processor; the purposes are those that the register has now."""
    purposes = {key: each.words for key, each in register.PURPOSES.items()}
    return (
        Field("name", _("Who is it?"), Kind.LINE, missing=_("Say who it is.")),
        Field("does", _("What do they do for us?"), missing=_("Say what they do.")),
        Field(
            "purposes",
            _("For which purposes?"),
            Kind.MANY,
            missing=_("Choose one purpose or more."),
            offer=purposes,
        ),
        Field("data", _("Which data do they see?"), missing=_("Say which data they see.")),
        Field("place", _("Where is the data?"), Kind.LINE, missing=_("Say where the data is.")),
        Field("contract_on", _("Day of the contract"), Kind.DAY),
        Field("checks", _("What does the contract say?"), Kind.MANY, offer=CHECKS),
        Field(
            "transfer",
            _("What lets the data leave the United Kingdom?"),
            Kind.ONE,
            missing=_("Choose one from the list."),
            offer=TRANSFERS,
        ),
        Field("transfer_words", _("More about the transfer")),
        Field("review_on", _("Look at it again on"), Kind.DAY),
        Field("ended_on", _("Ended on"), Kind.DAY, hint=_("Leave this empty while it goes on.")),
    )


BREACH = (
    Field("title", _("In a few words"), Kind.LINE, missing=_("Say it in a few words.")),
    Field(
        "known_at",
        _("When did the council know?"),
        Kind.MOMENT,
        hint=_("72 hours count from then."),
        missing=_("Say when the council knew."),
    ),
    Field(
        "happened",
        _("What happened?"),
        hint=_("Without names of people."),
        missing=_("Say what happened."),
    ),
    Field("whose", _("Whose data is it?")),
    Field("how_many", _("About how many people?"), Kind.NUMBER),
    Field("data", _("Which data is it?")),
    Field("consequences", _("What may come of it for people?")),
    Field("measures", _("What was done, and what will be?")),
    Field("risk", _("How risky is it for people?"), Kind.ONE, offer=RISKS),
    Field("reported_at", _("Reported to the ICO on"), Kind.MOMENT),
    Field("reference", _("The ICO’s reference"), Kind.LINE, longest=40),
    Field("late_why", _("Why so late?"), hint=_("Where the report came after 72 hours.")),
    Field(
        "not_reported_why",
        _("Why is it not reported?"),
        hint=_("Where the ICO does not need to know."),
    ),
    Field("told_at", _("People were told on"), Kind.MOMENT),
    Field("told_how", _("How were they told?")),
    Field("not_told_why", _("Why are they not told?")),
)

TITLE = Field("title", _("What is it about?"), Kind.LINE, missing=_("Say what it is about."))
STEPS: dict[str, tuple[Any, tuple[Field, ...]]] = {
    "need": (
        _("Why an assessment?"),
        (
            TITLE,
            Field(
                "need",
                _("What do you plan, and why does it need an assessment?"),
                missing=_("Say what you plan."),
            ),
        ),
    ),
    "processing": (
        _("What is done with the data?"),
        (
            Field(
                "nature",
                _("How is the data collected, used, kept and deleted?"),
                missing=_("Say how the data is used."),
            ),
            Field(
                "scope",
                _("Which data, how much, how often, and for how long?"),
                missing=_("Say which data it is."),
            ),
            Field(
                "context",
                _("Who are the people, and what do they expect? Are children among them?"),
                missing=_("Say who the people are."),
            ),
            Field(
                "aims",
                _("What is it for, and what good comes of it?"),
                missing=_("Say what it is for."),
            ),
        ),
    ),
    "asking": (
        _("Who was asked?"),
        (
            Field(
                "consultation",
                _("Whom did you ask, and what did they say? If nobody, why?"),
                missing=_("Say who was asked."),
            ),
        ),
    ),
    "necessity": (
        _("Is it needed, and fair?"),
        (
            Field(
                "necessity",
                _("Which law lets you? Could less data do? How do people use their rights?"),
                missing=_("Say why it is needed."),
            ),
        ),
    ),
}
"""The steps of an assessment (the ICO's template): key → name, fields; risks and signing follow."""

RISKS_STEP, SIGN_STEP = "risks", "sign"

WRITTEN = tuple(field for _name, fields in STEPS.values() for field in fields)

RISK = (
    Field("what", _("What could go wrong for people?"), missing=_("Say what could go wrong.")),
    Field("measure", _("What do you do about it?"), missing=_("Say what you do about it.")),
)

SIGNING = (
    Field(
        "advice",
        _("What does the data protection officer advise?"),
        missing=_("Write the advice down."),
    ),
    Field("advice_by", _("Who gave the advice?"), Kind.LINE, missing=_("Say who gave it.")),
    Field("followed", _("Is it followed? If not, why?"), missing=_("Say whether it is followed.")),
    Field(
        "signed_by",
        _("Who signs?"),
        Kind.LINE,
        hint=_("Name and post."),
        missing=_("Say who signs."),
    ),
    Field("signed_on", _("On which day?"), Kind.DAY, missing=_("Say when it was signed.")),
    Field(
        "review_on",
        _("Look at it again on"),
        Kind.DAY,
        missing=_("Say when you look at it again."),
    ),
)

SCOPE = (
    Field(
        "provider",
        _("Who provides the service?"),
        Kind.LINE,
        missing=_("Say who provides the service."),
    ),
    Field(
        "exemption",
        _("Which exemption does it stand on?"),
        Kind.ONE,
        hint=_("Schedule 1 of the Online Safety Act 2023."),
        missing=_("Choose one from the list."),
        offer=EXEMPTIONS,
    ),
    Field("why", _("Why?"), missing=_("Say why.")),
    Field("signed_by", _("Who signs?"), Kind.LINE, missing=_("Say who signs.")),
    Field("signed_on", _("On which day?"), Kind.DAY, missing=_("Say when it was signed.")),
)

SAFETY_RISK = (
    Field(
        "level",
        _("How likely is it here, and how bad?"),
        Kind.ONE,
        missing=_("Choose one from the list."),
        offer=HARM_LEVELS,
    ),
    Field("why", _("Why do you think so?"), missing=_("Say why.")),
    Field("measures", _("What do you do about it?"), missing=_("Say what you do about it.")),
    Field("assessed_by", _("Who looked at it?"), Kind.LINE, missing=_("Say who looked at it.")),
    Field("assessed_on", _("On which day?"), Kind.DAY, missing=_("Say on which day.")),
)


def by_name(fields: Iterable[Field]) -> dict[str, Field]:
    """Some fields by the columns that they fill."""
    return {each.name: each for each in fields}
