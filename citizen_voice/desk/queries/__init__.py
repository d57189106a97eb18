"""What is asked and due now."""

from citizen_voice.desk.queries.listed import (
    counts,
    every_request,
    listed,
    of_person,
    urgent,
)
from citizen_voice.desk.queries.one import (
    address_of,
    by_receipt,
    events_of,
    letter,
    letters_of,
    one,
    pauses_of,
    restriction_of,
)
from citizen_voice.desk.queries.settings import holidays, nation, runs_out

__all__ = [
    "address_of",
    "by_receipt",
    "counts",
    "events_of",
    "every_request",
    "holidays",
    "letter",
    "letters_of",
    "listed",
    "nation",
    "of_person",
    "one",
    "pauses_of",
    "restriction_of",
    "runs_out",
    "urgent",
]
