"""News that goes upward: a feature publishes what happened, features above it listen.

Handlers run at once, in the same transaction as what they hear of, and never refuse.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")

_handlers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[Event], handler: Callable[[Event], None]) -> None:
    """Have ``handler`` called with every event of this kind. Subscribing twice counts once."""
    if handler not in _handlers[kind]:
        _handlers[kind].append(handler)


def publish(event: object) -> None:
    """Tell everyone who listens, in the order in which they subscribed."""
    for handler in _handlers[type(event)]:
        handler(event)
