"""A malformed folder is refused as a whole, with file, line, and what was expected."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from citizen_voice.imports.polis import FolderRefused, Problem, read

NOW = datetime(2018, 3, 1, tzinfo=UTC)
SUMMARY, COMMENTS, MATRIX, VOTES = (
    "summary.csv",
    "comments.csv",
    "participants-votes.csv",
    "votes.csv",
)
DATE = "Tue Feb 13 2018"


def problems(folder: Path) -> tuple[Problem, ...]:
    """Why the folder is refused."""
    with pytest.raises(FolderRefused) as caught:
        read(folder, NOW)
    return caught.value.problems


class Case(NamedTuple):
    """In ``file``, ``old`` becomes ``new``; this is the one problem."""

    name: str
    file: str
    old: bytes
    new: bytes
    line: int | None
    found: str
    expected: str


CASES = [
    # The file as text
    Case("empty file", COMMENTS, b"*", b"", None, "an empty file", "at least one row"),
    Case("only empty lines", MATRIX, b"*", b"\n\n", None, "an empty file", "at least one row"),
    Case("latin-1", COMMENTS, b"canal", b"can\xe9l", 5, "byte 0xE9 at byte 54", "UTF-8"),
    Case("latin-1 in the summary", SUMMARY, b"Better", b"\x80", 1, "byte 0x80", "UTF-8"),
    Case("UTF-16", COMMENTS, b"*", "a,b\n".encode("utf-16"), 1, "UTF-16", "UTF-8"),
    Case("UTF-16, no mark", VOTES, b"*", "a,b\n".encode("utf-16-le"), 1, "NUL byte", "NUL"),
    Case("NUL", COMMENTS, b"Light", b"Li\0ght", 5, "a NUL byte at byte 43", "without NUL"),
    Case("lone CR", COMMENTS, b"Late sw", b"Late\rsw", 2, "lone carriage return", "LF or CR LF"),
    Case("cut in a quoted cell", COMMENTS, b'market"', b"market", 3, "never closed", "closing"),
    Case("text after a quote", COMMENTS, b'market"', b'"x', 3, "after a closing", "doubled"),
    Case("no last break", COMMENTS, b"until nine\n", b"unt", 6, "cut off", "export the file again"),
    Case("no last break", VOTES, b"0,5,-1\n", b"0,5,-1", 6, "cut off", "line break at the end"),
    Case("huge cell", COMMENTS, b"Late", b"x" * 70_000, 2, "70,009 characters (cell 8", "65,536"),
    Case("huger cell", MATRIX, b"7,1,3", b"x" * 200_000, 2, "more than 65,536", "65,536"),
    Case("huge header", COMMENTS, b"timestamp", b"x" * 70_000, 1, "70,000 characters", "65,536"),
    Case("huge row", COMMENTS, b"Late", b"x" * 2_000_000, 2, "more than 1,048,576", "65,536"),
    Case(
        "huge row in lines",
        COMMENTS,
        b"Late",
        b'"' + b"x\n" * 600_000,
        2,
        "more than 65,536 characters",
        "65,536",
    ),
    # summary.csv
    Case("a third cell", SUMMARY, b"views,9", b"views,9,9", 3, "3 cells", "a key and its value"),
    Case("no comma", SUMMARY, b"views,9", b"views", 3, "1 cell", "2 cells"),
    Case("key twice", SUMMARY, b"views,9", b"topic,9", 3, 'key "topic" twice', "was on line 1"),
    Case("no topic", SUMMARY, b"topic,", b"title,", None, "no row with the key topic", "topic,…"),
    Case("empty topic", SUMMARY, b"Better evenings", b" ", 1, "a topic without words", "words"),
    Case("no number", SUMMARY, b"voters,3", b"voters,many", 4, '"many"', "a whole number"),
    # comments.csv
    Case(
        "missing column",
        COMMENTS,
        b"disagrees,moderated,",
        b"disagrees,",
        1,
        "no column moderated",
        "a header with timestamp, datetime",
    ),
    Case(
        "semicolons",
        COMMENTS,
        b"timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body",
        b"timestamp;datetime;comment-id;author-id;agrees;disagrees;moderated;comment-body",
        1,
        "no column timestamp, datetime",
        "separated by commas",
    ),
    Case("a cell more", COMMENTS, b"Late", b"Late,", 2, "9 cells", "8 cells"),
    Case("a cell less", COMMENTS, b"0,Late swimming", b"0", 2, "7 cells", "8 cells"),
    Case("cut line", COMMENTS, b"2018,1,2,2,0,1,Light the canal path", b"2", 5, "2 cells", "8 "),
    Case("statement twice", COMMENTS, b"2018,1,2", b"2018,3,2", 5, "statement 3 twice", "line 2"),
    Case("statement no number", COMMENTS, b"2018,1,2", b"2018,a,2", 5, '"a"', "a whole number"),
    Case("statement negative", COMMENTS, b"2018,1,2", b"2018,-1,2", 5, '"-1"', "from 0 to"),
    Case("statement too large", COMMENTS, b"2018,1,2", b"2018,2147483648,2", 5, '"2147', "2,147"),
    Case("author no number", COMMENTS, b"2018,1,2", b"2018,1,", 5, "nothing", "a whole number"),
    Case("endless number", COMMENTS, b"2018,1,2", b"2018,1," + b"9" * 5000, 5, "…", "a whole"),
    Case("other digits", COMMENTS, b"2,0,1,L", "٢,0,1,L".encode(), 5, '"٢"', "a whole number"),
    Case("underscores", COMMENTS, b"2,0,1,Li", b"1_0,0,1,Li", 5, '"1_0"', "a whole number"),
    Case("a point", COMMENTS, b"2,0,1,Li", b"2.0,0,1,Li", 5, '"2.0"', "a whole number"),
    Case("moderated", COMMENTS, b"0,1,Light", b"0,2,Light", 5, '"2"', "1 or 0 or -1"),
    Case("empty text", COMMENTS, b"Late swimming", b" ", 2, "without words", "its text"),
    Case("invisible text", COMMENTS, b"Late swimming", b"\xe2\x80\x8b", 2, "without words", "text"),
    Case("time in seconds", COMMENTS, b"1518501496471", b"1518501496", 2, '"1518501496"', "milli"),
    Case("in microseconds", COMMENTS, b"1518501496471", b"1518501496471000", 2, "000", "2000-01-"),
    Case("in the future", COMMENTS, b"1518501496471", b"1520208000000", 2, '"15', "2018-03-02"),
    Case("negative time", COMMENTS, b"1518501496471", b"-5", 2, '"-5"', "between 2000-01-01"),
    Case("time in words", COMMENTS, b"1518501496471", b"today", 2, '"today"', "milliseconds"),
    Case("escape", COMMENTS, b"0,1,Light", b"0,\x1b[2J,Light", 5, r'"\x1b[2J"', "1 or 0 or -1"),
    # participants-votes.csv
    Case("no group", MATRIX, b"group-id", b"group", 1, "no column group-id", "a header with"),
    Case("column twice", MATRIX, b"0,1,2,3\n", b"0,1,2,2\n", 1, 'column "2" twice', "once"),
    Case("twice as a number", MATRIX, b"0,1,2,3\n", b"0,1,2,02\n", 1, "statement 2 twice", "once"),
    Case(
        "unknown statement", MATRIX, b"0,1,2,3\n", b"0,1,2,4\n", 1, "unknown statement 4", COMMENTS
    ),
    Case("unknown column", MATRIX, b"0,1,2,3\n", b"0,1,2,x\n", 1, 'unknown column "x"', "number"),
    Case("cut row", MATRIX, b"5,0,0,3,1,1,-1,1,0,\n", b"5,0,0,3\n", 4, "4 cells", "10 cells"),
    Case("a cell more", MATRIX, b"-1,1,0,\n", b"-1,1,0,,\n", 4, "11 cells", "10 cells"),
    Case("value 2", MATRIX, b"-1,1,0,\n", b"-1,2,0,\n", 4, '"2"', "1 (agree), -1 (disagree)"),
    Case("value as a word", MATRIX, b"-1,1,0,\n", b"-1,yes,0,\n", 4, '"yes"', "0 (pass)"),
    Case("value with a space", MATRIX, b"-1,1,0,\n", b"-1, 1,0,\n", 4, '" 1"', "0 (pass)"),
    Case("value cut", MATRIX, b"-1,1,0,\n", b"-,1,0,\n", 4, '"-"', "1 (agree)"),
    Case("participant twice", MATRIX, b"2,,1,3", b"7,,1,3", 3, "participant 7 twice", "on line 2"),
    Case("no participant", MATRIX, b"2,,1,3", b",,1,3", 3, "nothing", "a whole number"),
    Case("group no number", MATRIX, b"2,,1,3", b"2,A,1,3", 3, '"A"', "a whole number"),
    Case("total no number", MATRIX, b"2,,1,3", b"2,,1,x", 3, '"x"', "a whole number"),
    # votes.csv
    Case("missing column", VOTES, b"voter-id", b"voter", 1, "no column voter-id", "a header with"),
    Case("cut line", VOTES, b"2018,2,7,-1", b"2018,2", 4, "3 cells", "5 cells"),
    Case("vote", VOTES, b"2018,2,7,-1", b"2018,2,7,-2", 4, '"-2"', "1 or -1 or 0"),
    Case("empty vote", VOTES, b"2018,2,7,-1", b"2018,2,7,", 4, "nothing", "1 or -1 or 0"),
    Case("time", VOTES, b"1518501700000", b"0", 4, '"0"', "between 2000-01-01 and 2018-03-02"),
    Case("statement", VOTES, b"2018,2,7", b"2018,9,7", 4, "unknown statement 9", COMMENTS),
    Case("voter", VOTES, b"2018,2,7", b"2018,2,8", 4, "unknown participant 8", MATRIX),
]


@pytest.mark.parametrize("case", CASES, ids=[f"{case.file}: {case.name}" for case in CASES])
def test_malformed_input_is_refused_with_file_line_and_what_was_expected(
    folder: Path, case: Case
) -> None:
    path = folder / case.file
    whole = path.read_bytes()
    if case.old == b"*":
        path.write_bytes(case.new)
    else:
        assert whole.count(case.old) == 1
        path.write_bytes(whole.replace(case.old, case.new))
    found = problems(folder)
    assert len(found) == 1, [str(problem) for problem in found]
    problem = found[0]
    assert (problem.file, problem.line) == (case.file, case.line)
    assert case.found in problem.found
    assert case.expected in problem.expected
    assert str(problem).startswith(case.file)
    assert str(problem).isprintable()


@pytest.mark.parametrize("file", [SUMMARY, COMMENTS, MATRIX])
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert [str(one) for one in problems(folder)] == [
        f"{file}: found no such file; expected a file {file} in the folder."
    ]


@pytest.mark.parametrize("file", [SUMMARY, COMMENTS, MATRIX, VOTES])
def test_a_folder_in_the_place_of_a_file_is_no_file(folder: Path, file: str) -> None:
    (folder / file).unlink()
    (folder / file).mkdir()
    assert problems(folder)[0].found == "no such file"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path / "nowhere")
    assert problem.found == "no such folder"
    assert problem.file.endswith("nowhere")


def test_a_problem_reads_as_a_sentence(folder: Path) -> None:
    path = folder / MATRIX
    path.write_text(path.read_text().replace("-1,1,0,\n", "-1,1,7,\n"))
    assert [str(one) for one in problems(folder)] == [
        (
            'participants-votes.csv, line 4, column "2": found "7"; '
            "expected 1 (agree), -1 (disagree), 0 (pass) or nothing."
        )
    ]


def test_problems_of_all_files_are_told_at_once(folder: Path) -> None:
    for file, old, new in (
        (SUMMARY, "voters,3", "voters,three"),
        (COMMENTS, "0,1,Light", "0,accepted,Light"),
        (MATRIX, "-1,1,0,\n", "-1,1\n"),
        (VOTES, "2018,2,7,-1", "2018,2,7,disagree"),
    ):
        path = folder / file
        path.write_text(path.read_text().replace(old, new))
    assert [(one.file, one.line) for one in problems(folder)] == [
        (SUMMARY, 4),
        (COMMENTS, 5),
        (VOTES, 4),
        (MATRIX, 4),
    ]


def test_reading_stops_at_the_twentieth_problem_and_says_so(folder: Path) -> None:
    path = folder / VOTES
    path.write_text(path.read_text() + f"1518501900000,{DATE},0,5,maybe\n" * 1_000)
    with pytest.raises(FolderRefused) as caught:
        read(folder, NOW)
    assert len(caught.value.problems) == 20
    assert caught.value.more
    assert str(caught.value).endswith("stopped after 20 problems; there may be more.")


def test_several_problems_of_one_row_are_all_told(folder: Path) -> None:
    path = folder / COMMENTS
    path.write_text(path.read_text().replace("2018,1,2,2,0,1,Light the canal path", "2018,,x,,,,"))
    assert [one.column for one in problems(folder)] == [
        "comment-id",
        "author-id",
        "agrees",
        "disagrees",
        "moderated",
        "comment-body",
    ]


def test_a_gigabyte_without_a_line_break_is_refused_after_a_megabyte(folder: Path) -> None:
    path = folder / MATRIX
    with path.open("r+b") as file:
        file.seek(0, 2)
        file.write(b"8,")
        file.truncate(2**30)  # a sparse file: a gigabyte of NUL bytes
    (problem,) = problems(folder)
    assert (problem.file, problem.line) == (MATRIX, 5)
    assert problem.found == "a row of more than 1,048,576 bytes"
