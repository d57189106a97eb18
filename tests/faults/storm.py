"""Residents in processes of their own, what the site told them, and what its rows may then say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select

from citizen_voice.accounts import services as accounts
from citizen_voice.answers.models import NAMES, Answer
from citizen_voice.db import db, write
from citizen_voice.ideas.models import IdeaListing
from tests.faults.resident import Spell
from tests.servers.site import LiveSite

ROOT = Path(__file__).parents[2]
READS = ("/", "/ideas", "/ideas?order=supported", "/ideas?order=newest", "/cy/ideas", "/challenges")

Rows = dict[tuple[UUID, int], str]


def who(
    site: LiveSite,
    person: UUID | None,
    ideas: Sequence[int],
    *,
    htmx: bool = False,
    seed: int = 0,
) -> dict[str, Any]:
    """Who a ``Resident`` is: a person, who is signed in with it, or a visitor (``None``)."""
    references = [f"CV-{number}" for number in ideas]
    token = ""
    if person is not None:
        with write():
            token = accounts.open_session(person, device="Firefox, Linux", shared=False).token
    address = urlsplit(site.base_url)
    return {
        "host": address.hostname,
        "port": address.port,
        "token": token,
        "ideas": references,
        "reads": [*READS, *(f"/ideas/{reference}" for reference in references)],
        "answers": person is not None,
        "htmx": htmx,
        "seed": seed,
    }


class Talker:
    """One process: a resident who answers (``person``), or a visitor who only reads (``None``)."""

    def __init__(
        self, site: LiveSite, person: UUID | None, ideas: Sequence[int], *, htmx: bool, seed: int
    ) -> None:
        self.person = person
        self._said = who(site, person, ideas, htmx=htmx, seed=seed)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Their process runs inside the block."""
        with subprocess.Popen(
            [sys.executable, "-m", "tests.faults.resident"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as self._process:
            try:
                self._tell(json.dumps(self._said))
                self._hear()
                yield
            finally:
                self._process.kill()

    def set_off(self, seconds: float) -> None:
        """Have them begin."""
        self._tell(str(seconds))

    def begun(self) -> None:
        """Wait until the site has acknowledged an answer of theirs."""
        self._hear()

    def spell(self) -> Spell:
        """After ``begun``: wait until they are done; gives what came of it."""
        heard: Spell = self._hear()
        return heard

    def _tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _hear(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


@contextmanager
def talkers(
    site: LiveSite, persons: Sequence[UUID], ideas: Sequence[int], *, readers: int = 1
) -> Iterator[list[Talker]]:
    """A process for each of ``persons`` (every other one with htmx), and some for visitors."""
    everybody = [
        *(
            Talker(site, person, ideas, htmx=bool(place % 2), seed=place)
            for place, person in enumerate(persons)
        ),
        *(Talker(site, None, ideas, htmx=False, seed=1_000 + place) for place in range(readers)),
    ]
    with ExitStack() as stack:
        for each in everybody:
            stack.enter_context(each.at_work())
        yield everybody


class Ledger:
    """What each row may say after all that was acknowledged: one value, or one of two."""

    def __init__(self) -> None:
        self._allowed: dict[tuple[UUID, int], set[str]] = {}

    def note(self, person: UUID, spell: Spell) -> None:
        """A spell is over. What was under way may have been done, or not."""
        for reference, value in spell["last"].items():
            self._allowed[person, int(reference.removeprefix("CV-"))] = {value}
        if spell["under_way"]:
            reference, value = spell["under_way"]
            self._allowed.setdefault((person, int(reference.removeprefix("CV-"))), {"none"}).add(
                value
            )

    def hold_against(self, rows: Rows) -> list[str]:
        """Say where the rows are not as acknowledged; what they say counts from here on."""
        wrong = [
            f"{person} on {number}: {rows.get((person, number), 'none')}, not {allowed}"
            for (person, number), allowed in self._allowed.items()
            if rows.get((person, number), "none") not in allowed
        ]
        wrong += [
            f"{key}: {rows[key]}, never asked for" for key in rows if key not in self._allowed
        ]
        self._allowed = {key: {rows.get(key, "none")} for key in self._allowed}
        return wrong


def rows() -> Rows:
    """Every answer in the database: (person, idea) → what they said."""
    db.session.rollback()
    found = db.session.execute(select(Answer.person_id, Answer.idea_id, Answer.value)).all()
    assert len({(row.person_id, row.idea_id) for row in found}) == len(found)
    return {(row.person_id, row.idea_id): NAMES[row.value] for row in found}


def counted(answers: Rows) -> dict[int, Counter[str]]:
    """The same by idea: how many said what."""
    figures: dict[int, Counter[str]] = {}
    for (_person, number), value in answers.items():
        figures.setdefault(number, Counter())[value] += 1
    return figures


def listed() -> dict[int, Counter[str]]:
    """The figures that lists are made from."""
    db.session.rollback()
    found = db.session.execute(
        select(IdeaListing.idea_id, IdeaListing.support, IdeaListing.oppose, IdeaListing.skip)
    ).all()
    return {
        row.idea_id: +Counter(support=row.support, oppose=row.oppose, skip=row.skip)
        for row in found
    }
