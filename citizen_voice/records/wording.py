"""What the registers' fields offer, with the law that each list comes from."""

from typing import Any

from citizen_voice.words import _

TRANSFERS: dict[str, Any] = {
    "none": _("None: the data stays in the United Kingdom"),
    "adequacy": _("To a country that the UK says protects data well enough"),
    "idta": _("The UK’s international data transfer agreement"),
    "addendum": _("The UK’s addendum to the EU’s contract terms"),
    "rules": _("Binding corporate rules"),
    "exception": _("An exception for a single case"),
}
"""What lets data leave the United Kingdom (UK GDPR Arts 45A, 46 and 49)."""

CHECKS: dict[str, Any] = {
    "instructions": _("They act on our written instructions alone"),
    "secrecy": _("Their people have promised to keep it secret"),
    "security": _("They keep the data safe"),
    "others": _("They ask us before they use somebody else"),
    "requests": _("They help us to answer people’s requests"),
    "help": _("They help us with breaches and assessments"),
    "end": _("They delete the data or give it back at the end"),
    "audit": _("They let us check all this"),
}
"""What a contract with a processor has to say (UK GDPR Art 28(3))."""

RISKS: dict[str, Any] = {
    "none": _("No risk to people is likely"),
    "some": _("There is a risk to people"),
    "high": _("There is a high risk to people"),
}
"""How a breach may harm people: no report, a report, and telling them (UK GDPR Arts 33, 34)."""

LIKELY: dict[int, Any] = {1: _("Unlikely"), 2: _("Possible"), 3: _("Likely")}
SEVERE: dict[int, Any] = {1: _("Little harm"), 2: _("Some harm"), 3: _("Serious harm")}
LEVELS: dict[str, Any] = {"low": _("Low"), "medium": _("Medium"), "high": _("High")}

HARM_LEVELS: dict[str, Any] = {"none": _("Next to none"), **LEVELS}

EXEMPTIONS: dict[str, Any] = {
    "public-body": _("A public body runs it, for its public functions alone (paragraph 9)"),
    "limited": _("People only comment on what we publish (paragraph 4)"),
    "none": _("No exemption: all duties of the Act count"),
}
"""Why a service may be outside the duties (Online Safety Act 2023, Schedule 1)."""

CHILDREN = "children"
HARMS: dict[str, Any] = {
    "terrorism": _("Terrorism"),
    "child-abuse": _("Sexual abuse of children"),
    "hate": _("Hate"),
    "harassment": _("Harassment, stalking, threats and abuse"),
    "coercion": _("Controlling or coercive behaviour"),
    "intimate-images": _("Intimate images that somebody did not agree to"),
    "extreme-images": _("Extreme pornography"),
    "exploitation": _("Sexual exploitation of adults"),
    "trafficking": _("Human trafficking"),
    "immigration": _("Unlawful immigration"),
    "fraud": _("Fraud and scams"),
    "proceeds": _("Proceeds of crime"),
    "drugs": _("Drugs"),
    "weapons": _("Guns, knives and other weapons"),
    "suicide": _("Encouraging suicide or self-harm"),
    "interference": _("Foreign interference"),
    "cruelty": _("Cruelty to animals"),
    "other": _("Anything else that is illegal"),
    CHILDREN: _("What is harmful to children"),
}
"""The kinds of illegal content that a risk assessment looks at one by one, and children's.

Online Safety Act 2023, sections 9 and 11; the kinds are those of Ofcom's guidance.
"""


def level_of(likelihood: int, severity: int) -> str:
    """How large a risk is: "low", "medium" or "high" (the grid of the ICO's template)."""
    product = likelihood * severity
    return "high" if product >= 6 else "medium" if product >= 3 else "low"
