"""What a file of wards would change."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from citizen_voice.db import AnyRow
from citizen_voice.places.wardfile import Row


@dataclass(frozen=True, slots=True)
class Change:
    """A ward that gets other names (or its code in other letters): as it is, and as it will be."""

    before: AnyRow
    after: Row

    @property
    def name_cy(self) -> str:
        """The Welsh name that it will have."""
        return self.before.name_cy if self.after.name_cy is None else self.after.name_cy


@dataclass(slots=True)
class Plan:
    """What would be done with each ward; ``same`` are those that stay as they are."""

    added: list[Row] = field(default_factory=list)
    renamed: list[Change] = field(default_factory=list)
    brought_back: list[Change] = field(default_factory=list)
    retired: list[AnyRow] = field(default_factory=list)
    same: int = 0

    @property
    def changes(self) -> int:
        """How many wards would change."""
        return len(self.added) + len(self.renamed) + len(self.brought_back) + len(self.retired)

    @property
    def mark(self) -> str:
        """The same for the same changes to the same wards: what was seen is what is done."""
        told = (
            [(row.code, row.name_en, row.name_cy) for row in self.added],
            [_told(change) for change in self.renamed],
            [_told(change) for change in self.brought_back],
            [ward.id for ward in self.retired],
        )
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _told(change: Change) -> tuple[str | int, ...]:
    before = change.before
    return before.id, before.name_en, before.name_cy, change.after.name_en, change.name_cy


def plan(known: Sequence[AnyRow], rows: Sequence[Row], *, retire_others: bool) -> Plan:
    """Compare the wards that there are with those of a file, by their codes.

    ``retire_others``: those that the file has not are to be retired.
    """
    found = Plan()
    by_code = {ward.code.casefold(): ward for ward in known}
    for row in rows:
        before = by_code.pop(row.code.casefold(), None)
        if before is None:
            found.added.append(row)
            continue
        change = Change(before, row)
        if before.retired_at is not None:
            found.brought_back.append(change)
        elif (before.name_en, before.name_cy) != (row.name_en, change.name_cy):
            found.renamed.append(change)
        else:
            found.same += 1
    others = [ward for ward in by_code.values() if ward.retired_at is None]
    if retire_others:
        found.retired = others
    else:
        found.same += len(others)
    return found
