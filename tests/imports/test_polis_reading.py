"""A well-formed folder becomes ideas, participants and answers."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from citizen_voice.imports.polis import Answer, Difference, Participant, TimeFigures, read
from citizen_voice.imports.polis.statements import titled

NOW = datetime(2018, 3, 1, tzinfo=UTC)


def edit(path: Path, old: str, new: str) -> None:
    """Replace text that stands in a file exactly once."""
    text = path.read_bytes().decode()
    assert text.count(old) == 1
    path.write_bytes(text.replace(old, new).encode())


def test_statements_become_titles_with_a_visibility_and_a_time(folder: Path) -> None:
    conversation = read(folder, NOW)
    assert [(one.id, one.author, one.title, one.visibility) for one in conversation.statements] == [
        (0, 7, "Open the library until nine", "published"),
        (1, 2, "Light the canal path", "published"),
        (2, 7, "A second, longer evening market", "hidden"),
        (3, 7, "Late swimming", "held"),
    ]
    assert [one.body for one in conversation.statements] == ["", "", "", ""]
    assert [one.line for one in conversation.statements] == [6, 5, 3, 2]
    written = conversation.statements[0].written_at
    assert written == datetime(2018, 2, 13, 5, 53, 16, 471000, tzinfo=UTC)


def test_the_summary_gives_the_challenge_its_words(folder: Path) -> None:
    summary = read(folder, NOW).summary
    assert summary.topic == "Better evenings"
    assert summary.description == "What should there be\nto do after dark?"
    assert summary.url == "https://polis.invalid/2evenings"
    assert summary.totals["voters-in-conv"] == 3


def test_answers_take_their_value_from_the_matrix_and_the_time_of_the_latest_row(
    folder: Path,
) -> None:
    start = datetime(2018, 2, 13, 5, 58, 20, tzinfo=UTC)
    conversation = read(folder, NOW)
    assert list(conversation.answers()) == [
        Answer(0, 2, -1, None),
        Answer(1, 2, 1, start + timedelta(seconds=300, milliseconds=1)),
        Answer(3, 2, -1, None),
        Answer(0, 5, -1, start + timedelta(seconds=400)),
        Answer(1, 5, 1, None),
        Answer(2, 5, 0, None),
        Answer(0, 7, 1, start + timedelta(seconds=100)),
        Answer(2, 7, -1, start + timedelta(seconds=200)),
    ]
    assert conversation.times == TimeFigures(
        rows=5, replaced=1, of_another_value=0, without_answer=0
    )
    assert conversation.counts.timed == 4


def test_the_latest_row_is_the_latest_by_time_wherever_it_stands(folder: Path) -> None:
    votes = folder / "votes.csv"
    edit(votes, "1518501600000,Tue Feb 13 2018,0,7,1", "1518501400000,Tue Feb 13 2018,0,7,1")
    conversation = read(folder, NOW)
    assert conversation.times == TimeFigures(
        rows=5, replaced=1, of_another_value=1, without_answer=0
    )
    answers = {(one.statement, one.participant): one for one in conversation.answers()}
    assert answers[0, 7] == Answer(0, 7, 1, datetime(2018, 2, 13, 5, 58, 20, tzinfo=UTC))


def test_a_vote_that_the_matrix_has_no_answer_for_is_counted_and_makes_none(folder: Path) -> None:
    edit(folder / "votes.csv", "2018,0,5,-1", "2018,3,5,-1")
    conversation = read(folder, NOW)
    assert conversation.times is not None
    assert conversation.times.without_answer == 1
    assert conversation.counts.answers == 8
    assert conversation.counts.timed == 3


def test_without_votes_no_answer_has_a_time(folder: Path) -> None:
    (folder / "votes.csv").unlink()
    conversation = read(folder, NOW)
    assert conversation.times is None
    assert conversation.counts.timed == 0
    assert {answer.answered_at for answer in conversation.answers()} == {None}


def test_participants_keep_their_group_and_authors_are_people_too(folder: Path) -> None:
    edit(folder / "comments.csv", "2018,1,2,2,0", "2018,1,9,2,0")
    conversation = read(folder, NOW)
    assert conversation.participants == (
        Participant(2, None, (1, 3, 1, 2), range(2, 5), 3),
        Participant(5, 0, (0, 3, 1, 1), range(5, 8), 4),
        Participant(7, 1, (3, 2, 1, 1), range(2), 2),
    )
    assert conversation.people == (2, 5, 7, 9)


def test_differences_from_polis_totals_are_listed_and_not_adjusted(folder: Path) -> None:
    edit(folder / "summary.csv", "voters,3", "voters,4")
    edit(folder / "comments.csv", "0,7,1,2,1,Open", "0,7,5,2,1,Open")
    edit(folder / "participants-votes.csv", "2,,1,3,1,2", "2,,1,3,1,9")
    conversation = read(folder, NOW)
    assert conversation.differences == (
        Difference("summary.csv", None, "voters", 4, 3),
        Difference("comments.csv", 0, "agrees", 5, 1),
        Difference("comments.csv", 3, "disagrees", 0, 1),
        Difference("participants-votes.csv", 2, "n-disagree", 9, 2),
    )
    assert conversation.counts.answers == 8


def test_a_well_formed_folder_has_one_difference_of_its_own(folder: Path) -> None:
    assert read(folder, NOW).differences == (Difference("comments.csv", 3, "disagrees", 0, 1),)


def test_a_statement_that_nobody_was_asked_about_has_no_answers(folder: Path) -> None:
    matrix = folder / "participants-votes.csv"
    lines = [line.rsplit(",", 1)[0] for line in matrix.read_text().splitlines()]
    matrix.write_text("\n".join(lines) + "\n")
    conversation = read(folder, NOW)
    assert conversation.unasked == (3,)
    assert conversation.counts.statements == 4


def test_the_digest_changes_with_any_byte_of_any_file(folder: Path) -> None:
    digests = [read(folder, NOW).digest]
    for file in ("summary.csv", "comments.csv", "participants-votes.csv", "votes.csv"):
        path = folder / file
        path.write_bytes(path.read_bytes() + b"\r\n")
        digests.append(read(folder, NOW).digest)
    (folder / "votes.csv").unlink()
    digests.append(read(folder, NOW).digest)
    assert len(set(digests)) == 6
    assert digests[-1] == read(folder, NOW).digest


@pytest.mark.parametrize("file", ["summary.csv", "comments.csv", "participants-votes.csv"])
def test_a_utf8_mark_and_windows_line_breaks_are_welcome(folder: Path, file: str) -> None:
    before = list(read(folder, NOW).answers())
    path = folder / file
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert list(read(folder, NOW).answers()) == before


def test_a_summary_may_lack_its_last_line_break_as_polis_writes_it(folder: Path) -> None:
    path = folder / "summary.csv"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert read(folder, NOW).summary.topic == "Better evenings"


def test_columns_are_found_by_name_and_further_ones_left_alone(folder: Path) -> None:
    path = folder / "votes.csv"
    lines = path.read_text().splitlines()
    path.write_text("".join(f"{'important' if not at else 1},{x}\n" for at, x in enumerate(lines)))
    assert read(folder, NOW).counts.timed == 4


def test_a_conversation_read_does_not_change_when_its_files_do(folder: Path) -> None:
    conversation = read(folder, NOW)
    before = list(conversation.answers())
    for path in folder.iterdir():
        path.write_bytes(b"")
    assert list(conversation.answers()) == before


def test_white_space_is_folded_and_up_to_400_characters_are_a_title() -> None:
    assert titled("  One\r\n\ttwo\u2003three\x07 ") == ("One two three", "")
    text = "w" * 400
    assert titled(text) == (text, "")


def test_a_longer_statement_is_cut_at_a_word_and_kept_whole() -> None:
    text = "Some words\n" * 50
    title, body = titled(text)
    assert body == text.strip()
    assert len(title) <= 400
    assert title.endswith((" Some…", " words…"))
    assert body.replace("\n", " ").startswith(title[:-1])
    endless = "w" * 401
    assert titled(endless) == ("w" * 399 + "…", endless)


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\u200b", "\u2060 \x07"])
def test_a_text_with_nothing_to_see_is_no_title(text: str) -> None:
    assert titled(text) == ("", "")
