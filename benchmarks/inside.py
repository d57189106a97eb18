"""Measurements from inside: what needs the site's own functions, in a process of their own.

``python -m benchmarks.inside TASK '{"argument": …}'`` works on the installation that the
environment names, and prints what it found as a line of JSON.
"""

import importlib
import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from benchmarks.drive import Failed
from benchmarks.servers import environment
from citizen_voice.paths import ROOT

TASKS = {
    "seed": "benchmarks.seed:fill",
    "orders": "benchmarks.lists:orders",
    "page": "benchmarks.lists:page_in_process",
    "statements": "benchmarks.lists:statements",
    "statements-openly": "benchmarks.lists:statements_openly",
    "search": "benchmarks.searching:measure",
    "alike": "benchmarks.searching:likeness",
    "import": "benchmarks.importing:measure",
    "queue": "benchmarks.moderating:measure",
    "mail": "benchmarks.mailing:measure",
    "retention-fill": "benchmarks.retaining:fill",
    "retention": "benchmarks.retaining:measure",
    "growth": "benchmarks.growth:measure",
}


def ask(
    task: str, settings: Mapping[str, str], *, seconds: float = 1_800, **arguments: Any
) -> dict[str, Any]:
    """Have a task done in a process of its own. Raises ``Failed`` with the end of its words."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.inside", task, json.dumps(arguments)],
            cwd=ROOT,
            env=environment(settings),
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        raise Failed(f"{task}: not done in {seconds:.0f} s") from None
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no word"]
        raise Failed(f"{task}: {said[-1]}")
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def main() -> None:
    """Do the task that the arguments name."""
    from citizen_voice import create_app  # noqa: PLC0415  # not needed by whoever asks

    task, arguments = sys.argv[1], json.loads(sys.argv[2])
    module, _, name = TASKS[task].partition(":")
    measure = getattr(importlib.import_module(module), name)
    app = create_app()
    with app.app_context():
        print(json.dumps(measure(app, **arguments)))


if __name__ == "__main__":
    main()
