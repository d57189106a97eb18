"""What the demonstration council's privacy officer has written, by the services."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.desk import services as desk
from citizen_voice.desk.models import GRANTED, IN_DOUBT, NOT_NEEDED, PAPER
from citizen_voice.records import asked
from citizen_voice.records.fields import Kind
from citizen_voice.records.models import GROUPS
from citizen_voice.records.services import assessments, breaches, controller, processors, safety

OFFICER = "Aisha Khan, data protection officer"
AGO = timedelta(days=120)
"""When the registers were begun."""


def keep(told: dict[str, Any], *, officer: UUID) -> None:
    """Fill the registers with some content."""
    with clock.at(clock.now() - AGO):
        with write():
            controller.settle(told["controller"], actor=officer)
            for each in told["processors"]:
                processors.add(_processor(each), actor=officer)
        _assess(told["assessment"], officer)
        _look_at_safety(told["safety"], officer)
    _breach(told["breach"], officer)
    for each in told["requests"]:
        _request(each, officer)


def _processor(told: dict[str, Any]) -> dict[str, Any]:
    today = clock.today()
    empty: dict[Kind, Any] = {Kind.DAY: None, Kind.MANY: []}
    return (
        {each.name: empty.get(each.kind, "") for each in asked.processor()}
        | told
        | {"contract_on": today - timedelta(days=30), "review_on": today + timedelta(days=365)}
    )


def _assess(told: dict[str, Any], officer: UUID) -> None:
    with write():
        key = assessments.begin(GROUPS, actor=officer)
    with write():
        for step in ("asking", "necessity"):
            values = {each.name: told[each.name] for each in asked.STEPS[step][1]}
            assessments.write(key, step, values, seen=None, actor=officer)
        for risk in told["risks"]:
            assessments.add_risk(
                key,
                {"what": risk["what"], "measure": risk["measure"]},
                likelihood=risk["likelihood"],
                severity=risk["severity"],
                left=risk["left"],
                actor=officer,
            )
    days = {"signed_on": clock.today(), "review_on": clock.today() + timedelta(days=365)}
    words = {name: told[name] for name in ("advice", "followed", "signed_by")}
    with write():
        assessments.sign(key, {**words, **days, "advice_by": OFFICER}, actor=officer)


def _look_at_safety(told: dict[str, Any], officer: UUID) -> None:
    signed = {"signed_by": told["signed_by"], "signed_on": clock.today()}
    with write():
        safety.sign_scope({**told["scope"], **signed}, actor=officer)
        for kind, words in told["risks"].items():
            values = {**words, "assessed_by": OFFICER, "assessed_on": clock.today()}
            safety.assess(kind, values, actor=officer)


def _breach(told: dict[str, Any], officer: UUID) -> None:
    known_at = clock.now() - timedelta(days=told.pop("days_ago"))
    empty: dict[Kind, Any] = {Kind.MOMENT: None, Kind.NUMBER: None}
    values = {each.name: empty.get(each.kind, "") for each in asked.BREACH}
    with clock.at(known_at + timedelta(hours=2)):
        with write():
            key = breaches.begin(values | told | {"known_at": known_at}, actor=officer)
        with write():
            breaches.close(key, actor=officer)


def _request(told: dict[str, Any], officer: UUID) -> None:
    asking = desk.Asking(
        told["kind"], "en", words=told["words"], name=told["name"], address=told["address"]
    )
    with clock.at(clock.now() - timedelta(days=told["days_ago"])), write():
        key = desk.enter(
            asking,
            channel=told["channel"],
            received_on=clock.today(),
            identity=IN_DOUBT if told.get("in_doubt") else NOT_NEEDED,
            actor=officer,
        )
    if "closed_days_ago" in told:
        letter = desk.Draft(told["subject"], told["body"], "en", PAPER)
        with clock.at(clock.now() - timedelta(days=told["closed_days_ago"])), write():
            desk.decide(key, GRANTED, "", letter, actor=officer)
