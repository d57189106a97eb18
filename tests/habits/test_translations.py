"""Every sentence goes through gettext, and every sentence has its Welsh."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from flask import Flask
from jinja2 import Environment, nodes

from citizen_voice import errors
from citizen_voice.paths import ROOT, TRANSLATIONS
from tests.habits import repository
from tests.habits.marks import once
from tests.habits.template_source import sources, without_jinja

WELSH = TRANSLATIONS / "cy" / "LC_MESSAGES" / "messages.po"
MEND = (
    "run `make messages`, then translate in citizen_voice/translations/cy/LC_MESSAGES/messages.po"
)

NOT_WORDS = {
    "English",
    "Cymraeg",
    "/challenges/",
    "/challenges/,",
    "CV-",
    "CV-1042",
    "SHA-256:",
    "mcmw.abilitynet.org.uk",
    "www.equalityadvisoryservice.com",
    "List-Unsubscribe:",
    "GET",
    "curl -i ''",
    "_GB",
    "Ctrl",
    "Enter",
    "citizen-voice staff reset",
    'aria-describedby="" aria-invalid="true"',  # what a macro gives to put into a tag
}
"""Text of templates that is the same in every language: names, units, brands."""

SPOKEN = {"aria-label", "aria-description", "title", "alt", "placeholder", "content", "label"}
SPOKEN |= {"data-announce", "data-copied", "data-failed", "data-label"}
META = {"viewport", "color-scheme", "theme-color", "htmx-config"}
META |= {"robots", "twitter:card", "og:locale"}
"""Names (or properties) of <meta> whose content is for machines."""

COMMANDS = ("citizen_voice/cli/", "citizen_voice/backups/")
"""What only the command line says."""

SILENT = {"script", "style", "path", "svg"}
GETTEXT = {"_", "gettext", "ngettext", "pgettext", "npgettext", "lazy", "lazy_gettext"}
PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[#0\- +]?\d*(?:\.\d+)?[sdfi]")
LETTERS = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"[A-Z][a-z]+([ ,.?!’'].*)?|.*[a-z] [a-z]+ [a-z]+.*")


@cache
def collected(folder: Path) -> Catalog:
    """Every sentence of code and templates, collected as ``make messages`` does."""
    file = folder / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"]
    command += ["--mapping-file=pyproject.toml", "--keyword=lazy", "--output-file", str(file)]
    done = subprocess.run(
        [*command, "citizen_voice", "templates"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"[tool.babel] of pyproject.toml says what to read: {done.stderr}"
    with file.open("rb") as opened:
        return read_po(opened)


@pytest.fixture(scope="session")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> list[Message]:
    """The sentences of the whole site."""
    folder = tmp_path_factory.getbasetemp() / "messages"
    folder.mkdir(exist_ok=True)
    found = [message for message in collected(folder) if message.id]
    assert len(found) > 100, "pybabel finds too little: see [tool.babel] in pyproject.toml"
    return found


@cache
def welsh() -> Catalog:
    """The translations."""
    with WELSH.open("rb") as opened:
        return read_po(opened)


def first(message: Message) -> str:
    """The sentence (of several forms the first)."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """The forms of its translation."""
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def test_every_sentence_has_its_welsh(sentences: list[Message]) -> None:
    missing = []
    for sentence in sentences:
        known = welsh().get(first(sentence), sentence.context)
        if known is None or known.fuzzy or not all(form.strip() for form in forms(known)):
            missing.append(first(sentence))
    assert not missing, f"{len(missing)} sentences have no Welsh: {MEND}: {missing[:20]}"


def test_translations_keep_the_placeholders(sentences: list[Message]) -> None:
    wrong = []
    for sentence in sentences:
        known = welsh().get(first(sentence), sentence.context)
        english = (sentence.id,) if isinstance(sentence.id, str) else tuple(sentence.id)
        allowed = {placeholders(form) for form in english}
        wrong += [
            f"{first(sentence)!r} → {form!r}"
            for form in (() if known is None else forms(known))
            if form and placeholders(form) not in allowed
        ]
    assert not wrong, f"The Welsh has to have the same %(…)s: {wrong}"


def test_no_translation_is_of_a_sentence_that_is_gone(sentences: list[Message]) -> None:
    known = {first(sentence) for sentence in sentences}
    gone = [first(message) for message in welsh() if message.id and first(message) not in known]
    assert not gone, f"{MEND}: nobody says {gone[:20]} any more"


def test_welsh_has_its_plural_forms(sentences: list[Message]) -> None:
    several = [sentence for sentence in sentences if not isinstance(sentence.id, str)]
    few = [
        first(sentence)
        for sentence in several
        if (known := welsh().get(first(sentence), sentence.context)) is not None
        and len(forms(known)) != welsh().num_plurals
    ]
    assert several
    assert not few, f"Each of {welsh().num_plurals} forms has to be there: {few}"


def placeholders(form: str) -> frozenset[str]:
    """The names of what is put into a sentence."""
    return frozenset(found[1] or "" for found in PLACEHOLDER.finditer(form.replace("%%", "")))


@pytest.mark.parametrize("name", sources())
def test_no_english_stands_in_a_template_outside_gettext(name: str) -> None:
    found = Spoken(without_jinja(sources()[name])).found + literals(sources()[name])
    assert not found, f"templates/{name}: put into _('…'), or into NOT_WORDS here: {found}"


class Spoken(HTMLParser):
    """Text that a reader sees or hears, in HTML without its Jinja parts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        given = dict(attrs)
        meta = given.get("name") or given.get("property")
        for name, value in attrs:
            if name in SPOKEN and not (tag == "meta" and meta in META):
                self._note(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent and not data.startswith("data:"):
            self._note(data)

    def _note(self, text: str) -> None:
        text = " ".join(text.split())
        if LETTERS.search(text) and text not in NOT_WORDS:
            self.found.append(f"line {self.getpos()[0]}: {text}")


def literals(source: str) -> list[str]:
    """Sentences in a template's expressions that no gettext call is around."""
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(source)  # never rendered
    said = {
        id(inner)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in GETTEXT
        for inner in call.find_all(nodes.Const)
    }
    return [
        f"line {constant.lineno}: {constant.value}"
        for constant in tree.find_all(nodes.Const)
        if isinstance(constant.value, str)
        and id(constant) not in said
        and SENTENCE.fullmatch(constant.value)
        and constant.value not in NOT_WORDS
    ]


def refusals() -> set[str]:
    """The names of everything that refuses in words for a resident."""
    found, todo = set(), [errors.Refusal]
    while todo:
        kind = todo.pop()
        found.add(kind.__name__)
        todo += kind.__subclasses__()
    return found


@once
def test_code_says_nothing_to_residents_outside_gettext(app: Flask) -> None:
    known = refusals()  # after the app has imported every feature
    found = []
    for name, text in repository.texts().items():
        if not name.startswith("citizen_voice/") or name.startswith(COMMANDS):
            continue  # the command line speaks English, to who runs the place
        if name.endswith(".py"):
            speaks = speaks_in_forms if name.endswith("forms.py") else known.__contains__
            found += [f"{name}:{line}" for line in said_in_english(text, speaks)]
    assert not found, f"Put into _('…') of citizen_voice.words: {found}"


def speaks_in_forms(called: str) -> bool:
    """In forms: fields, validators and errors, which all begin with a capital."""
    return called[:1].isupper()


def said_in_english(source: str, speaks: Callable[[str], bool]) -> list[str]:
    """What is handed as it stands to something that speaks to residents."""
    return [
        f"{call.lineno}: {said.value}"
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and speaks(ast.unparse(call.func).rpartition(".")[2])
        for said in [*call.args[:1], *(k.value for k in call.keywords if k.arg == "message")]
        if isinstance(said, ast.Constant)
        and isinstance(said.value, str)
        and LETTERS.search(said.value)
    ]


def test_english_is_seen_where_it_stands() -> None:
    assert Spoken("<p>Hello</p>").found
    assert Spoken('<p aria-label="Go on">·</p>').found
    assert not Spoken('<p class="lede">: · 1 –</p><meta name="viewport" content="width=1">').found
    assert literals("{{ 'Send it again' }}")
    assert not literals("{{ _('Send it again') }}")
    assert not literals("{{ icon('back', 18) }} {{ x('button button--small') }}")
    assert said_in_english("raise Refusal('No.')", {"Refusal"}.__contains__)
    assert not said_in_english("raise Refusal(_('No.'))", {"Refusal"}.__contains__)
