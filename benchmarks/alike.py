"""How often the same wish in other words is among the look-alikes that are shown."""

import tomllib
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask

from citizen_voice import clock, config, create_app
from citizen_voice.accounts import services as accounts
from citizen_voice.answers import queries as answers
from citizen_voice.challenges import services as challenges
from citizen_voice.cli import schema
from citizen_voice.db import db, write
from citizen_voice.ideas import alike
from citizen_voice.ideas import services as ideas
from citizen_voice.ideas.queries import Filters
from tests.factories.challenges import PROMISE

TUNED, HELD_OUT = "tuned on", "held out"
TEXTS = {TUNED: "paraphrases.toml", HELD_OUT: "held_out.toml"}


def measure(database_url: str | None = None) -> dict[str, Any]:
    """R@1 and R@3 of the pairs, by language: of those tuned on, and of those held out.

    Each set is put into a database of its own; ``database_url`` is an empty one for those tuned on
    (and the other set is left out). ``shown`` counts what residents would see: those among three
    that are alike enough. ``strangers`` is how many titles that are like no other idea are shown
    something all the same. Which pairs are ``missed`` is told of those tuned on alone.
    """
    if database_url is not None:
        return {TUNED: _of(TUNED, database_url)}
    return {name: _of(name, None) for name in TEXTS}


def _of(name: str, database_url: str | None) -> dict[str, Any]:
    texts = tomllib.loads(Path(__file__).with_name(TEXTS[name]).read_text(encoding="utf-8"))
    with TemporaryDirectory() as folder:
        values = {"ENV": "development", "INSTANCE": folder, "SECRET_KEY": "a" * 64}
        if database_url is not None:
            values["DATABASE_URL"] = database_url
        app = create_app(
            config.load({config.PREFIX + name: value for name, value in values.items()})
        )
        with app.app_context():
            try:
                figures = _measured(app, texts)
            finally:
                db.session.remove()
                for engine in db.engines.values():
                    engine.dispose()
                app.extensions["citizen_voice.jobs"].close()
    if name == HELD_OUT:
        del figures["missed"]
    return figures


def _measured(app: Flask, texts: dict[str, Any]) -> dict[str, Any]:
    schema.bring_up_to_date(app)
    pairs = texts["pair"]
    numbers = _fill(texts)
    nobody = answers.mine(None)
    ranks: dict[str, list[int | None]] = {"en": [], "cy": []}
    shown: dict[str, int] = {"en": 0, "cy": 0}
    missed: list[str] = []
    for pair, number in zip(pairs, numbers, strict=True):
        language = pair.get("language", "en")
        found = [one.row.id for one in alike.ranked(pair["again"], Filters(), nobody)]
        ranks[language].append(found.index(number) if number in found else None)
        seen = [one.row.id for one in alike.find(pair["again"], Filters(), nobody)]
        shown[language] += number in seen
        if number not in found[:3]:
            missed.append(pair["again"])
    strangers = [
        bool(_others(title, nobody)) for title in (*texts["distractor"], *texts["gwahanol"])
    ]
    figures: dict[str, Any] = {}
    for language, places in ranks.items():
        figures[language] = {
            "pairs": len(places),
            "R@1": _share(place == 0 for place in places),
            "R@3": _share(place is not None and place < 3 for place in places),
            "found": _share(place is not None for place in places),
            "shown": round(shown[language] / len(places), 3),
        }
    return figures | {"strangers": _share(strangers), "missed": missed}


def _others(title: str, nobody: Any) -> list[alike.Alike]:
    """What is shown for the title of an idea that is there, but itself."""
    return [one for one in alike.find(title, Filters(), nobody) if one.row.title != title]


def _share(hits: Any) -> float:
    counted = [bool(hit) for hit in hits]
    return round(sum(counted) / len(counted), 3)


def _fill(texts: dict[str, Any]) -> list[int]:
    today = clock.today()
    with write():
        challenge = challenges.create(
            slug="measured",
            question_en="What should change?",
            opens_on=today - timedelta(days=1),
            closes_on=today + timedelta(days=9),
            **PROMISE,
        )
        challenges.publish(challenge)
        author = accounts.join("author@example.org", "adult", "en")

        def propose(title: str, body: str, language: str) -> int:
            return ideas.propose(
                author,
                challenge.id,
                title=title,
                body=body,
                language=language,
                topic_id=None,
                ward_id=None,
            ).id

        numbers = [
            propose(pair["idea"], pair["why"], pair.get("language", "en")) for pair in texts["pair"]
        ]
        for language, name in (("en", "distractor"), ("cy", "gwahanol")):
            for title in texts[name]:
                propose(title, "", language)
    return numbers


if __name__ == "__main__":
    for which, figures in measure().items():
        print(which)
        for name, figure in figures.items():
            print(f"  {name}: {figure}")
