"""What holds when, in plain dictionaries: written from PRODUCT's table, not from the services.

It knows of people's answers, what counts without a person, comments, stages and merges, and says
before each act whether it is allowed, and after it what every figure is.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

Given = tuple[str, datetime | None]
"""An answer and when it was given; an import may not know when."""

ANSWERABLE = ("open", "shortlisted")
TALKED_ABOUT = ("open", "shortlisted", "adopted")


@dataclass
class Kept:
    """An answer that was moved, as it was; ``own`` is what the person had said of the other."""

    was: Given
    own: Given | None
    became: str
    void: bool = False


@dataclass
class Merge:
    """One idea became part of another."""

    source: Any
    into: Any
    at: datetime
    stage: str
    standing: bool = True
    kept: dict[Any, Kept] = field(default_factory=dict)


@dataclass
class Said:
    """A comment; ``about`` is the idea it was written on, once that is part of another."""

    idea: Any
    parent: Any
    about: Any = None
    readable: bool = True


@dataclass
class Place:
    """Everything there is. Ideas, challenges, people and comments are named by their keys."""

    ballot: dict[Any, str] = field(default_factory=dict)
    open: dict[Any, bool] = field(default_factory=dict)
    where: dict[Any, Any] = field(default_factory=dict)
    stage: dict[Any, str] = field(default_factory=dict)
    hidden: set[Any] = field(default_factory=set)
    withdrawn_at: dict[Any, datetime] = field(default_factory=dict)
    live: dict[tuple[Any, Any], Given] = field(default_factory=dict)
    void: dict[tuple[Any, Any], Given] = field(default_factory=dict)
    detached: Counter[tuple[Any, str]] = field(default_factory=Counter)
    left: set[Any] = field(default_factory=set)
    merges: dict[int, Merge] = field(default_factory=dict)
    said: dict[Any, Said] = field(default_factory=dict)

    # What is true

    def figures(self, idea: Any) -> tuple[int, int, int]:
        """Live answers, and those whose people left after the closing: each person once."""
        counted = Counter(value for (on, _who), (value, _at) in self.live.items() if on == idea)
        support, oppose, skip = (
            counted[value] + self.detached[idea, value] for value in ("support", "oppose", "skip")
        )
        return support, oppose, skip

    def comments(self, idea: Any) -> int:
        """How many comments everybody can read there."""
        return sum(said.readable for said in self.said.values() if said.idea == idea)

    def listed(self, idea: Any) -> bool:
        """Whether it is in the challenge's totals."""
        return idea not in self.hidden and self.stage[idea] in TALKED_ABOUT

    def totals(self, challenge: Any) -> tuple[int, int, int, int]:
        """How many ideas a challenge shows, and their figures."""
        shown = [idea for idea in self.where if self.where[idea] == challenge and self.listed(idea)]
        sums = [sum(figures) for figures in zip(*map(self.figures, shown), strict=True)]
        support, oppose, skip = sums or (0, 0, 0)
        return len(shown), support, oppose, skip

    def answerable(self, idea: Any) -> bool:
        """open, shortlisted + published + challenge open."""
        return (
            idea not in self.hidden
            and self.stage[idea] in ANSWERABLE
            and self.open[self.where[idea]]
        )

    # Residents

    def answer(self, who: Any, idea: Any, value: str, now: datetime) -> bool:
        """Give, change or take back."""
        if not self.answerable(idea):
            return False
        if value == "none":
            self.live.pop((idea, who), None)
            return True
        if who in self.left:
            return False
        if self.ballot[self.where[idea]] == "support" and value != "support":
            return False
        self.live[idea, who] = (value, now)
        return True

    def talks(self, who: Any, idea: Any) -> bool:
        """Whether this person can comment there."""
        return (
            who not in self.left
            and idea not in self.hidden
            and self.stage[idea] in TALKED_ABOUT
            and self.open[self.where[idea]]
        )

    def withdraw(self, idea: Any, now: datetime) -> bool:
        """By the author while open."""
        if self.stage[idea] != "open" or not self.open[self.where[idea]]:
            return False
        self.stage[idea], self.withdrawn_at[idea] = "withdrawn", now
        return True

    def bring_back(self, idea: Any, now: datetime) -> bool:
        """Within the hour. An open one is back already."""
        if self.stage[idea] == "open":
            return True
        late = now >= self.withdrawn_at.get(idea, now) + timedelta(hours=1)
        if self.stage[idea] != "withdrawn" or late or not self.open[self.where[idea]]:
            return False
        self.stage[idea] = "open"
        return True

    def leave(self, who: Any) -> None:
        """Open: row gone and figure falls. Closed: row gone, and the detached count rises."""
        for idea, whose in [key for key in self.live if key[1] == who]:
            value, _at = self.live.pop((idea, whose))
            if not self.open[self.where[idea]]:
                self.detached[idea, value] += 1
        self.void = {key: given for key, given in self.void.items() if key[1] != who}
        for merge in self.merges.values():
            merge.kept.pop(who, None)
        self.left.add(who)

    def not_mine(self, who: Any, key: int, now: datetime) -> bool:
        """For 14 days it takes the moved answer out; what had lost comes back."""
        merge = self.merges[key]
        kept = merge.kept.get(who)
        if who in self.left or merge.into in self.hidden or kept is None or kept.void:
            return False
        if now >= merge.at + timedelta(days=14) or not merge.standing:
            return False
        if kept.became != "moved" or self.live.get((merge.into, who)) != kept.was:
            return False
        kept.became = "not mine"
        self._put(self.live, (merge.into, who), kept.own)
        return True

    # Staff

    def stages(self, idea: Any, stage: str) -> bool:
        """Shortlisted, adopted or reopened by staff; only what everybody sees moves on."""
        now = self.stage[idea]
        ways: dict[str, tuple[str, ...]] = {
            "open": ("shortlisted", "adopted"),
            "shortlisted": ("adopted", "open"),
        }
        ways["adopted"] = ("open",)
        if idea in self.hidden or stage not in ways.get(now, ()):
            return False
        self.stage[idea] = stage
        return True

    def move(self, idea: Any, challenge: Any) -> bool:
        """Same ballot only."""
        if self.stage[idea] in ("merged", "withdrawn") or self.where[idea] == challenge:
            return False
        if self.ballot[challenge] != self.ballot[self.where[idea]]:
            return False
        self.where[idea] = challenge
        return True

    def can_merge(self, source: Any, into: Any) -> bool:
        """Both published, of one ballot; the first open or shortlisted, the other not gone."""
        return (
            source != into
            and not self.hidden & {source, into}
            and self.stage[source] in ANSWERABLE
            and self.stage[into] not in ("merged", "withdrawn")
            and self.ballot[self.where[source]] == self.ballot[self.where[into]]
        )

    def merge(self, key: int, source: Any, into: Any, now: datetime) -> None:
        """The latest of a person's two answers wins; comments come along, marked."""
        merge = self.merges[key] = Merge(source, into, now, self.stage[source])
        for idea, who in list(self.live):
            if idea == source:
                self._carry(merge, who)
        for said in self.said.values():
            if said.idea == source:
                said.idea, said.about = into, said.about or source
        self.stage[source] = "merged"

    def _carry(self, merge: Merge, who: Any) -> None:
        was, own = self.live.pop((merge.source, who)), self.live.get((merge.into, who))
        timed = was[1] is not None
        wins = own is None or (timed and (own[1] is None or was[1] > own[1]))  # type: ignore[operator]  # both timed
        merge.kept[who] = Kept(was, own, "moved" if wins else "lost")
        if wins:
            self.live[merge.into, who] = was

    def can_unmerge(self, key: int, now: datetime) -> bool:
        """For six months, the newest of an idea's merges first."""
        merge = self.merges[key]
        pair = {merge.source, merge.into}
        newer = (self.merges[other] for other in self.merges if other > key)
        covered = any(other.standing and pair & {other.source, other.into} for other in newer)
        return merge.standing and not covered and now < merge.at + timedelta(days=183)

    def unmerge(self, key: int) -> None:
        """Moved answers return as they were; those changed since stay, and also return."""
        merge = self.merges[key]
        merge.standing = False
        for who, kept in merge.kept.items():
            rows = self.void if kept.void else self.live
            if kept.became == "moved" and rows.get((merge.into, who)) == kept.was:
                self._put(rows, (merge.into, who), kept.own)
            rows[merge.source, who] = kept.was
        merge.kept = {}
        about = self._part_of(merge.source)
        home = {name for name, said in self.said.items() if said.about in about}
        for name, said in self.said.items():
            if said.idea == merge.into and (name in home or said.parent in home):
                said.idea = merge.source
                said.about = None if said.about == merge.source else said.about
        self.stage[merge.source] = merge.stage

    def _part_of(self, idea: Any) -> set[Any]:
        found = {idea}
        for merge in self.merges.values():
            if merge.standing and merge.into == idea:
                found |= self._part_of(merge.source)
        return found

    def voided(self, who: Any) -> bool:
        """Void, not counted, reversible."""
        if who in self.left:
            return False
        for key in [key for key in self.live if key[1] == who]:
            self.void[key] = self.live.pop(key)
        for merge in self.merges.values():
            if who in merge.kept:
                merge.kept[who].void = True
        return True

    def counted_again(self, who: Any) -> bool:
        """What was given since stays; what was joined meanwhile counts once."""
        if who in self.left:
            return False
        for key in [key for key in self.void if key[1] == who]:
            self.live.setdefault(key, self.void.pop(key))
        for merge in self.merges.values():
            if who in merge.kept:
                merge.kept[who].void = False
        for _key, merge in sorted(self.merges.items()):
            if merge.standing and (merge.source, who) in self.live:
                if who in merge.kept:
                    del self.live[merge.source, who]
                else:
                    self._carry(merge, who)
        return True

    @staticmethod
    def _put(rows: dict[Any, Given], key: Any, given: Given | None) -> None:
        if given is None:
            del rows[key]
        else:
            rows[key] = given
