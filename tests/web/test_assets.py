"""What browsers get of our scripts and styles: no comments, and nothing but comments taken out."""

from pathlib import Path

import pytest

from citizen_voice.paths import STATIC
from citizen_voice.web import assets

OURS = sorted([*STATIC.glob("js/*.js"), *STATIC.glob("css/*.css")])


@pytest.mark.parametrize(
    "kept",
    [
        "const address = 'https://example.org'\n",
        "go() // at the end of a line\n",
        "go() /* beside code */\n",
        "/* beside code */ go()\n",
        "/* one */ a /* two\n */\n",
        "/*! a licence\n */\n",
        "a = b\n  / c / d\n",
        "const all = '/*'\nconst end = '*/'\n",
    ],
)
def test_what_stands_beside_code_stays(kept: str) -> None:
    assert assets.without_comments(kept) == kept


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("// first\na()\n  // second\nb()\n", "a()\nb()\n"),
        ("/* one\n   two */\na()\n", "a()\n"),
        ("a()\n  /* one */  \n  /* two\n\n*/\n  b()\n", "a()\n  b()\n"),
        ("/* one */\n/* two */ a()\n", "/* two */ a()\n"),
        ("a()\n// the end", "a()\n"),
        ("/**/\n/***/\na()", "a()"),
    ],
)
def test_lines_of_comment_are_left_out(source: str, left: str) -> None:
    assert assets.without_comments(source) == left


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_no_string_of_ours_goes_over_the_end_of_a_line(path: Path) -> None:
    for line in assets.without_comments(path.read_text(encoding="utf-8")).splitlines():
        assert line.count("`") % 2 == 0, line
        assert not line.endswith("\\"), line
        assert not line.lstrip().startswith("//"), line


def test_what_is_served_has_what_is_vendored_whole_and_no_comments_of_ours(tmp_path: Path) -> None:
    names = assets.build(tmp_path)
    script = (tmp_path / names["site.js"]).read_text(encoding="utf-8")
    style = (tmp_path / names["site.css"]).read_text(encoding="utf-8")
    for path in OURS:
        source = path.read_text(encoding="utf-8")
        served = script if path.suffix == ".js" else style
        assert assets.without_comments(source) in served
        begins = source.lstrip().splitlines()[0]
        assert not begins.startswith("/*") or begins not in served, path.name
    for vendored in (STATIC / "vendor").glob("*/*.js"):
        assert vendored.read_text(encoding="utf-8") in script
