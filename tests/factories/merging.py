"""Joined ideas."""

from citizen_voice.db import write
from citizen_voice.merging import services
from tests.factories.team import colleague


def joined(from_id: int, into_id: int) -> int:
    """The key of the merge by which one idea became part of another."""
    actor = colleague()
    with write():
        return services.merge(from_id, into_id, actor=actor, reason="They say the same.")


def parted(merge_id: int) -> None:
    """Take them apart again."""
    actor = colleague()
    with write():
        services.unmerge(merge_id, actor=actor)
