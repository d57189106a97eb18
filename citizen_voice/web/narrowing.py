"""What lists are narrowed to."""

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filters of a list are the fields of a class of its own; ``None`` is no narrowing."""

    def chosen(self) -> dict[str, Any]:
        """What it is narrowed to: the name of a filter → its value."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in values if value is not None}
