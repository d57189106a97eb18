"""Words as they are looked for: stems, accents, queries, marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from citizen_voice.search.marks import marked, snippet
from citizen_voice.search.query import MOST_TERMS, parse
from citizen_voice.search.stems import stem
from citizen_voice.search.tokens import tokens

PORTER = {
    "caresses": "caress",
    "ponies": "poni",
    "ties": "ti",
    "cats": "cat",
    "feed": "feed",
    "agreed": "agre",
    "plastered": "plaster",
    "motoring": "motor",
    "sing": "sing",
    "conflated": "conflat",
    "troubled": "troubl",
    "sized": "size",
    "hopping": "hop",
    "tanned": "tan",
    "falling": "fall",
    "hissing": "hiss",
    "failing": "fail",
    "filing": "file",
    "happy": "happi",
    "sky": "sky",
    "relational": "relat",
    "conditional": "condit",
    "rational": "ration",
    "digitizer": "digit",
    "vietnamization": "vietnam",
    "predication": "predic",
    "operator": "oper",
    "decisiveness": "decis",
    "hopefulness": "hope",
    "callousness": "callous",
    "formaliti": "formal",
    "triplicate": "triplic",
    "formative": "form",
    "formalize": "formal",
    "electrical": "electr",
    "goodness": "good",
    "revival": "reviv",
    "allowance": "allow",
    "inference": "infer",
    "airliner": "airlin",
    "adjustable": "adjust",
    "replacement": "replac",
    "adoption": "adopt",
    "probate": "probat",
    "rate": "rate",
    "cease": "ceas",
    "roll": "roll",
    "yellow": "yellow",
}
"""Words and their stems, as the rules' author gives them."""


@pytest.mark.parametrize(("word", "root"), PORTER.items())
def test_stems_are_those_of_the_published_rules(word: str, root: str) -> None:
    assert stem(word) == root


@given(st.text())
def test_every_text_has_tokens_that_no_database_could_misread(text: str) -> None:
    for language in ("en", "cy"):
        assert all(token.isalnum() for token in tokens(text, language))


@given(st.text(max_size=300))
def test_every_text_is_a_query(text: str) -> None:
    query = parse(text)
    assert len(query.terms) <= MOST_TERMS
    assert all(form.isalnum() for term in query.terms for form in term.forms)


def test_words_that_say_nothing_are_looked_for_only_alone() -> None:
    assert [term.word for term in parse("a bench by the river").terms] == ["bench", "river"]
    assert [term.word for term in parse("to be or").terms] == ["to", "be", "or"]


@pytest.mark.parametrize("word", ["tŷ", "TŶ", "ty", "ty\u0302"])
def test_accents_and_capitals_do_not_matter(word: str) -> None:
    assert tokens(word, "cy") == ["ty"]
    assert parse(word).means("Tŷ")


@pytest.mark.parametrize("word", ["Crossings", "cross", "crossed"])
def test_every_form_of_an_english_word_is_meant(word: str) -> None:
    assert parse("crossing road").means(word)
    assert not parse("crossing road").means("crosswind")


def test_a_word_that_is_being_typed_means_what_begins_with_it() -> None:
    assert parse("safer cro").means("crossing")
    assert not parse("safer cro ", typing=False).means("crossing")
    assert not parse("cr").means("crossing"), "two letters begin too much"


@given(st.text(max_size=200), st.text(max_size=50))
def test_marks_change_nothing_but_add_marks(text: str, asked: str) -> None:
    shown = str(marked(text, parse(asked)))
    assert shown.replace("<mark>", "").replace("</mark>", "") == str(escape(text))


def test_marks_stand_around_the_words_alone_and_the_rest_is_escaped() -> None:
    shown = marked("<b>Safe</b> crossings & more", parse("safe crossing"))
    assert shown == ("&lt;b&gt;<mark>Safe</mark>&lt;/b&gt; <mark>crossings</mark> &amp; more")


def test_a_snippet_shows_what_is_around_the_first_word() -> None:
    body = (
        "First words. " * 20 + "Then a **bench** by [the river](https://example.org). " + "x " * 99
    )
    shown = snippet(body, parse("bench"))
    assert shown is not None
    assert "a <mark>bench</mark> by the river." in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 260
    assert snippet(body, parse("library")) is None


@given(st.text(max_size=400), st.sampled_from(["a", "the", "bench <mark>", "é"]))
def test_a_snippet_never_holds_markup_of_the_text(text: str, asked: str) -> None:
    shown = snippet(text + " <script>a</script> bench", parse(asked))
    if shown is not None:
        plain = shown.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in plain
        assert ">" not in plain
