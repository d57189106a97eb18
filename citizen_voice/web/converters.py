"""What stands in addresses."""

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1
"""No key is larger: PostgreSQL's integers have 31 bits."""


class Number(IntegerConverter):
    """A key that a row can have; an address with another number leads nowhere."""

    def __init__(self, map: Map) -> None:  # noqa: A002  # as Werkzeug names it
        super().__init__(map, max=LARGEST)
