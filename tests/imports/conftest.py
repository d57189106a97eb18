"""A small made-up Polis export, and the real ones where they are at hand."""

from pathlib import Path

import pytest

SUMMARY = """\
topic,Better evenings
url,https://polis.invalid/2evenings
views,9
voters,3
voters-in-conv,3
commenters,2
comments,4
groups,2
conversation-description,"What should there be
to do after dark?"
"""
COMMENTS = """\
timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1518501496471,Tue Feb 13 2018,3,7,0,0,0,Late swimming
1518501396471,Tue Feb 13 2018,2,7,0,1,-1,"A second, longer
  evening market"
1518501296471,Tue Feb 13 2018,1,2,2,0,1,Light the canal path
1518501196471,Tue Feb 13 2018,0,7,1,2,1,Open the library until nine
"""
MATRIX = """\
participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2,3
7,1,3,2,1,1,1,,-1,
2,,1,3,1,2,-1,1,,-1
5,0,0,3,1,1,-1,1,0,
"""
VOTES = """\
timestamp,datetime,comment-id,voter-id,vote
1518501500000,Tue Feb 13 2018,0,7,-1
1518501600000,Tue Feb 13 2018,0,7,1
1518501700000,Tue Feb 13 2018,2,7,-1
1518501800001,Tue Feb 13 2018,1,2,1
1518501900000,Tue Feb 13 2018,0,5,-1
"""
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "polis"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A well-formed export: four statements, three participants, eight answers, five times."""
    (tmp_path / "summary.csv").write_text(SUMMARY, encoding="utf-8")
    (tmp_path / "comments.csv").write_text(COMMENTS, encoding="utf-8")
    (tmp_path / "participants-votes.csv").write_text(MATRIX, encoding="utf-8")
    (tmp_path / "votes.csv").write_text(VOTES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def bowling_green() -> Path:
    """The real conversation of a town, with 225,524 answers."""
    return _real("bowling-green")


@pytest.fixture
def seattle() -> Path:
    """A small real conversation, with a time for each answer."""
    return _real("15-per-hour-seattle")


def _real(name: str) -> Path:
    if not (REAL / name).is_dir():
        pytest.skip(f"the real export {name} is not beside the repository, in shared/data/polis")
    return REAL / name
