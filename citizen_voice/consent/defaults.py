"""What the register of purposes says to begin with, in both languages; the officer changes it.

The purposes themselves and their plain words stand in ``register.PURPOSES``: code names them.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

BEGINNING = datetime(2018, 5, 25, tzinfo=UTC)
"""Since when purposes are active to begin with: the day from which the GDPR applied."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a purpose: the law, the condition of Art 9, and how long things are kept."""

    law_en: str = ""
    law_cy: str = ""
    condition_en: str = ""
    condition_cy: str = ""
    policy: str = ""
    retention_en: str = ""
    retention_cy: str = ""


_LAW_EN = (
    "Section 39 and Part 2 of the Local Government and Elections (Wales) Act 2021: councils"
    " encourage local people to take part in their decisions."
)
_LAW_CY = (
    "Adran 39 a Rhan 2 o Ddeddf Llywodraeth Leol ac Etholiadau (Cymru) 2021: mae cynghorau yn"
    " annog pobl leol i gymryd rhan yn eu penderfyniadau."
)

SAID: dict[str, Said] = {
    "account": Said(
        _LAW_EN,
        _LAW_CY,
        retention_en="Until you leave, or 24 months after you last used it. We warn you first.",
        retention_cy="Nes i chi adael, neu 24 mis ar ôl i chi ei ddefnyddio ddiwethaf. Byddwn yn"
        " eich rhybuddio yn gyntaf.",
    ),
    "taking-part": Said(
        _LAW_EN,
        _LAW_CY,
        condition_en="Substantial public interest: article 9(2)(g) of the UK GDPR, and paragraph 6"
        " of Schedule 1 to the Data Protection Act 2018.",
        condition_cy="Budd sylweddol i'r cyhoedd: erthygl 9(2)(g) o GDPR y DU, a pharagraff 6 o"
        " Atodlen 1 i Ddeddf Diogelu Data 2018.",
        policy="Appropriate policy document, kept by the data protection officer",
        retention_en="Your words stay as part of the public record. Your name goes from them two"
        " years after the outcome. Your answers stay as long as your account.",
        retention_cy="Mae'ch geiriau yn aros fel rhan o'r cofnod cyhoeddus. Mae'ch enw yn mynd"
        " oddi arnyn nhw ddwy flynedd ar ôl y canlyniad. Mae'ch atebion yn aros cyhyd â'ch cyfrif.",
    ),
    "news": Said(
        _LAW_EN,
        _LAW_CY,
        retention_en="Copies of e-mails: 30 days at most. Your choice stays as long as your"
        " account.",
        retention_cy="Copïau o negeseuon e-bost: 30 diwrnod ar y mwyaf. Mae'ch dewis yn aros cyhyd"
        " â'ch cyfrif.",
    ),
    "safety": Said(
        _LAW_EN,
        _LAW_CY,
        retention_en="Reports: 12 months after they are closed. Internet addresses: 30 days at"
        " most, and scrambled.",
        retention_cy="Adroddiadau: 12 mis ar ôl eu cau. Cyfeiriadau rhyngrwyd: 30 diwrnod ar y"
        " mwyaf, a'r rheini wedi'u cymysgu.",
    ),
    "accountability": Said(
        "Articles 5(2), 7(1) and 12 of the UK GDPR: we have to be able to show what we did.",
        "Erthyglau 5(2), 7(1) a 12 o GDPR y DU: rhaid i ni allu dangos beth wnaethon ni.",
        retention_en="Requests and complaints about your information: what names you goes 12 months"
        " after they are closed.",
        retention_cy="Ceisiadau a chwynion am eich gwybodaeth: mae'r hyn sy'n eich enwi yn mynd 12"
        " mis ar ôl eu cau.",
    ),
    "newsletter": Said(
        retention_en="Until you stop it, or your account goes.",
        retention_cy="Nes i chi ei stopio, neu nes i'ch cyfrif fynd.",
    ),
    "research": Said(
        retention_en="Until you stop it, or your account goes.",
        retention_cy="Nes i chi ei stopio, neu nes i'ch cyfrif fynd.",
    ),
}
