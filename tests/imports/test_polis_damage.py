"""However a file is damaged, the folder is either read whole or refused: nothing else happens."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from citizen_voice.imports.polis import FolderRefused, read

NOW = datetime(2018, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("file", ["comments.csv", "participants-votes.csv", "votes.csv"])
def test_a_file_cut_anywhere_inside_a_row_is_refused(folder: Path, file: str) -> None:
    path = folder / file
    whole = path.read_bytes()
    passed = []
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        try:
            read(folder, NOW)
        except FolderRefused as refused:
            assert refused.problems
        else:
            passed.append(length)
    assert all(whole[length - 1 : length] == b"\n" for length in passed)


@pytest.mark.parametrize(
    "file", ["summary.csv", "comments.csv", "participants-votes.csv", "votes.csv"]
)
def test_random_damage_ends_in_a_conversation_or_a_refusal(folder: Path, file: str) -> None:
    random = Random(file)
    path = folder / file
    whole = path.read_bytes()
    for _round in range(300):
        damaged = bytearray(whole)
        for _change in range(random.randint(1, 3)):
            at = random.randrange(len(damaged))
            piece = random.choice(
                [b'"', b",", b"\n", b"\r", b"\0", b"-", b"9", b"\xff", b"\xc3", b""]
            )
            damaged[at : at + random.randint(0, 4)] = piece
        path.write_bytes(damaged)
        try:
            conversation = read(folder, NOW)
        except FolderRefused as refused:
            assert str(refused).replace("\n", "").isprintable()
        else:
            assert len(list(conversation.answers())) == conversation.counts.answers
