"""The project speaks of itself alone, and its files are where one looks for them."""

import ast
import re
import tomllib

from citizen_voice import config
from citizen_voice.paths import ROOT
from tests.habits import repository

# The brackets keep these lines from finding themselves.
MACHINE_PATHS = re.compile(r"/[w]ork/|/[r]oot/|/[h]ome/[a-z]|/[U]sers/[A-Za-z]|[C]:\\\\?Users")
REGISTRIES = re.compile(
    r"[p]ypi\.org|[r]egistry\.npmjs\.org|[r]egistry\.yarnpkg\.com"
    r"|[f]iles\.pythonhosted\.org|[d]eb\.debian\.org"
)
AUTHORSHIP = re.compile(
    r"\b(?:A[I]|A\.I\.|LL[M]s?|GP[T](?:-\d\w*)?|(?i:chatgp[t]|claud[e]|anthropi[c]|opena[i]"
    r"|copilo[t]|assistan[t]s?|chatbo[t]s?|generated b[y]|written by a mode[l]"
    r"|language mode[l]s?|co-authored-b[y]))\b"
)
SHELVES = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "lib", "tools"}
ALLOWED_SHELVES = {"tools"}
"""``tools/`` at the top holds what makes the project, and is no package."""

LONGEST = 300
REASON = re.compile(r"#\s*(?!noqa)(?!type:)\S|#.*#\s*\S")


def places(pattern: re.Pattern[str], skip: tuple[str, ...] = ()) -> list[str]:
    """Where a pattern stands in our files: ``name:line: what``."""
    return [
        f"{name}:{text.count(chr(10), 0, found.start()) + 1}: {found[0]}"
        for name, text in repository.texts().items()
        if name not in skip
        for found in pattern.finditer(text)
    ]


def code(*folders: str) -> dict[str, str]:
    """Python files: name → source."""
    return {
        name: text
        for name, text in repository.texts().items()
        if name.endswith(".py") and name.startswith(folders)
    }


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = places(MACHINE_PATHS)
    assert not found, f"Say it relative to the repository, or by a setting: {found}"


def test_no_file_names_a_registry() -> None:
    found = places(REGISTRIES, skip=repository.LOCKS)
    assert not found, f"Where packages come from is the installer's business: {found}"


def test_no_file_says_who_or_what_wrote_it() -> None:
    found = places(AUTHORSHIP, skip=repository.LOCKS)
    assert not found, f"The history says who changed what; say what the thing is: {found}"


def test_the_words_are_seen_where_they_stand() -> None:
    for words in ("by an A" + "I", "L" + "LM", "Generated " + "by x", "an assis" + "tant"):
        assert AUTHORSHIP.search(words), words
    for words in ("ai peidio", "AIR", "regenerated", "said", "assistance", "generates"):
        assert not AUTHORSHIP.search(words), words
    assert MACHINE_PATHS.search("/ho" + "me/sam/site")
    assert not MACHINE_PATHS.search("/homes/x")


def test_no_shelf_for_what_has_no_name() -> None:
    found = [
        name
        for name in repository.names()
        for part in name.split("/")
        if part.split(".")[0] in SHELVES
        and not name.startswith((*repository.VENDORED, *(f"{s}/" for s in ALLOWED_SHELVES)))
    ]
    assert not found, f"Name the file for its subject (ARCHITECTURE.md): {found}"


def test_no_file_of_code_is_long() -> None:
    long = {
        name: lines
        for name, text in code("citizen_voice/").items()
        if (lines := len(text.splitlines())) > LONGEST
    }
    assert not long, (
        f"Over {LONGEST} lines a file becomes a package named for its nouns, or gives a subject of "
        f"its own to another file: {long}"
    )


def test_imports_stand_at_the_top_or_say_why_not() -> None:
    found = [
        f"{name}:{line}"
        for name, source in code("citizen_voice/", "migrations/", "benchmarks/").items()
        for line in inner_imports(source)
    ]
    assert not found, (
        f"An import inside a function is a sign of a circle. Move it to the top, or end the line "
        f"with its reason, `import flask_migrate  # takes a second`: {found}"
    )


def inner_imports(source: str) -> list[int]:
    """The lines of imports inside functions that give no reason."""
    lines = source.splitlines()
    return sorted(
        {
            inner.lineno
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for inner in ast.walk(node)
            if isinstance(inner, ast.Import | ast.ImportFrom)
            and not REASON.search(lines[(inner.end_lineno or inner.lineno) - 1])
        }
    )


def test_a_reason_for_an_inner_import_is_more_than_a_noqa() -> None:
    bare = "def f():\n    import os{}\n"
    for comment in ("", "  # noqa: PLC0415", "  # type: ignore[x]"):
        assert inner_imports(bare.format(comment)) == [2], comment
    for comment in ("  # takes a second", "  # noqa: PLC0415  # takes a second"):
        assert inner_imports(bare.format(comment)) == [], comment


def test_the_readme_names_every_setting_and_the_two_commands() -> None:
    readme = repository.texts()["README.md"]
    missing = [
        name for name in config.NAMES if not re.search(rf"\b{config.PREFIX}{name}\b", readme)
    ]
    assert not missing, f"Add to the README's table of settings: {missing}"
    for command in ("make run", "make test"):
        assert f"{command}" in readme, f"The README says how: {command}"


def test_the_readme_names_no_setting_that_does_not_exist() -> None:
    named = re.findall(rf"\b{config.PREFIX}([A-Z_]+)\b", repository.texts()["README.md"])
    unknown = sorted(set(named) - set(config.NAMES) - {"TEST_POSTGRES"})
    assert not unknown, f"config.NAMES does not have {unknown}"


def test_what_the_readme_links_to_is_there() -> None:
    for name, text in repository.texts().items():
        if not name.endswith(".md"):
            continue
        folder = (ROOT / name).parent
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text):
            if name.startswith("citizen_voice/") and "/words/" in name:
                continue  # an address of the site
            assert (folder / target).exists(), f"{name} links to {target}, which is not there"


def test_layers_are_written_down() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    contracts = tools.get("importlinter", {}).get("contracts", [])
    kinds = {contract["type"] for contract in contracts}
    assert {"layers", "forbidden"} <= kinds, (
        "Write the contracts of ARCHITECTURE.md into [tool.importlinter] of pyproject.toml: layers "
        "(exhaustive), and no Flask in models, queries, services, policies."
    )
    assert all(
        contract.get("exhaustive") is True for contract in contracts if contract["type"] == "layers"
    ), "Make the layers exhaustive, so that a new package has to find its place."
