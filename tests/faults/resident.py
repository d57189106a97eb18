"""A program: one signed-in resident who answers ideas as fast as the site lets them.

Run it as ``python -m tests.faults.resident`` with who they are as a line of JSON on standard input.
Each further line is a number of seconds to go on answering for. For each it prints an empty object
once the site has acknowledged something, and at the end, as a line of JSON, what came of it.
It knows no code of the site's: HTTP is all it speaks.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import sys
import time
from collections.abc import Callable
from typing import Any, TypedDict
from urllib.parse import urlencode

VALUES = ("support", "oppose", "skip", "none")
LOST = (OSError, http.client.HTTPException)


class Spell(TypedDict):
    """What came of one spell of answering."""

    last: dict[str, str]
    """For each idea the answer that the site acknowledged last."""
    under_way: list[str] | None
    """The idea and answer of the one request that was never acknowledged: the line was lost."""
    acknowledged: int
    read: int
    problems: list[str]


class Resident:
    """A browser of theirs, with one connection that is kept."""

    def __init__(self, who: dict[str, Any]) -> None:
        self.host, self.port = str(who["host"]), int(who["port"])
        self.ideas: list[str] = who["ideas"]
        self.csrf = ""
        self.htmx = bool(who["htmx"])
        self.answers = bool(who["answers"])
        self.reads: list[str] = who["reads"]
        self.headers = {"Sec-Fetch-Site": "same-origin"}
        if who["token"]:
            self.headers["Cookie"] = f"session={who['token']}"
        self.chance = random.Random(who["seed"])
        self.connection: http.client.HTTPConnection | None = None

    def connect(self) -> None:
        """Take a connection, which opens with the first request."""
        self.connection = http.client.HTTPConnection(self.host, self.port, timeout=30)

    def close(self) -> None:
        """Hang up."""
        if self.connection is not None:
            self.connection.close()

    def go_on(self, seconds: float, begun: Callable[[], None]) -> Spell:
        """Answer until the time is over or the line is lost; ``begun`` is called with the first."""
        spell: Spell = {
            "last": {},
            "under_way": None,
            "acknowledged": 0,
            "read": 0,
            "problems": [],
        }
        self.connect()
        until = time.monotonic() + seconds
        while time.monotonic() < until and not spell["problems"]:
            idea, value = self.chance.choice(self.ideas), self.chance.choice(VALUES)
            try:
                if not self.answers:
                    self._read(self.chance.choice(self.reads), spell)
                    continue
                if not self.csrf and not self._found_token(spell):
                    break
                spell["under_way"] = [idea, value]
                if self._answer(idea, value, spell):
                    spell["last"][idea] = value
                    spell["under_way"] = None
                    spell["acknowledged"] += 1
                    if spell["acknowledged"] == 1:
                        begun()
                    if self.chance.random() < 0.03:
                        self._read(self.chance.choice(self.reads), spell)
            except LOST as error:
                spell["problems"].append(f"line lost: {error!r}")
        self.close()
        if not spell["acknowledged"]:
            begun()
        return spell

    def _answer(self, idea: str, value: str, spell: Spell) -> bool:
        """Send one answer; gives whether the site said that it counts."""
        origin = self.chance.choice(("page", "list"))
        form = {"value": value, "from": origin}
        headers = self.headers | {"Content-Type": "application/x-www-form-urlencoded"}
        if self.htmx:
            headers |= {
                "HX-Request": "true",
                "HX-Request-Type": "partial",
                "X-CSRFToken": self.csrf,
            }
        else:
            form["csrf_token"] = self.csrf
        status, place, body = self.ask("POST", f"/ideas/{idea}/answer", urlencode(form), headers)
        if self.htmx:
            # the button that takes the answer back is there when there is one to take back
            there = value == "support" if origin == "list" else value != "none"
            fine = status == 200 and ('value="none"' in body) == there and "<html" not in body
        else:
            done = "taken-back" if value == "none" else "answered"
            fine = status == 303 and place == f"/ideas/{idea}?done={done}#answer"
        if not fine:
            spell["problems"].append(f"{value} from the {origin}: {status} {place} {body[:2000]}")
        return fine

    def _found_token(self, spell: Spell) -> bool:
        """The token stands in every form of a page."""
        body = self._read(f"/ideas/{self.ideas[0]}", spell)
        found = re.search(r'name="csrf_token" value="([^"]+)"', body)
        self.csrf = found[1] if found else ""
        if not found and not spell["problems"]:
            spell["problems"].append(f"no token: {body[:2000]}")
        return found is not None

    def _read(self, address: str, spell: Spell) -> str:
        status, _place, body = self.ask("GET", address, None, self.headers)
        spell["read"] += 1
        if status != 200 or "</html>" not in body:
            spell["problems"].append(f"{address}: {status} {body[:2000]}")
        return body

    def ask(
        self, method: str, address: str, form: str | None, headers: dict[str, str]
    ) -> tuple[int, str | None, str]:
        """One request: its status, its Location, and its body."""
        assert self.connection is not None
        self.connection.request(method, address, body=form, headers=headers)
        answer = self.connection.getresponse()
        return answer.status, answer.headers["Location"], answer.read().decode()


def main() -> None:
    """Do as standard input says until it ends."""
    resident = Resident(json.loads(sys.stdin.readline()))
    say({})  # ready
    for line in sys.stdin:
        say(resident.go_on(float(line), lambda: say({})))


def say(what: object) -> None:
    """Tell whoever started this."""
    print(json.dumps(what), flush=True)  # noqa: T201  # they read it


if __name__ == "__main__":
    main()
