"""How a pilot is cited: ``CVT-12``, its number with three letters before it."""

PREFIX = "CVT-"


def pilot_ref(number: int) -> str:
    """12 → CVT-12."""
    return f"{PREFIX}{number}"
