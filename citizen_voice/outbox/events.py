"""What the outbox tells the features above."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddressRefused:
    """The mail server said for good that there is no such mailbox; ``words`` are the server's."""

    address: str
    words: str
