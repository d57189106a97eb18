"""Lighthouse's judgement of a page on a phone, from npm into a folder that is thrown away."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from benchmarks.drive import Failed

VERSION = "12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PATIENCE = 180
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def install(folder: Path) -> Path:
    """Install it; gives the program. Raises ``Failed`` where that can't be done here."""
    for needed in ("npm", "node", "chromium"):
        if shutil.which(needed) is None:
            raise Failed(f"{needed} is not installed")
    done = subprocess.run(
        [
            *("npm", "install", "--no-audit", "--no-fund", "--silent"),
            *("--prefix", str(folder), f"lighthouse@{VERSION}"),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if done.returncode or not program.exists():
        raise Failed("npm could not install lighthouse")
    return program


def measure(program: Path, url: str, folder: Path) -> dict[str, float]:
    """Judge a page: each category out of 100, blocking time in milliseconds, layout shift.

    As Lighthouse does by itself: a middling phone on a slow connection, simulated.
    """
    report = folder / "lighthouse.json"
    report.unlink(missing_ok=True)
    command = [
        *(str(program), url, "--quiet", "--output=json", f"--output-path={report}"),
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={' '.join(FLAGS)}",
    ]
    chromium = {"CHROME_PATH": shutil.which("chromium") or ""}
    try:
        done = subprocess.run(
            command,
            env=os.environ | chromium,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise Failed(f"lighthouse did not end in {PATIENCE} s") from None
    if not report.exists():
        said = done.stderr.strip().splitlines() or ["no word"]
        raise Failed(f"lighthouse: {said[-1]}")
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    if found.get("runtimeError"):
        raise Failed(f"lighthouse: {found['runtimeError'].get('message')}")
    scores = {
        name: round(100 * (found["categories"][name]["score"] or 0), 1) for name in CATEGORIES
    }
    audits = found["audits"]
    return scores | {
        "blocking": float(audits["total-blocking-time"]["numericValue"]),
        "shift": float(audits["cumulative-layout-shift"]["numericValue"]),
    }


def faults(report: Path) -> list[str]:
    """The audits that cost something, in words."""
    audits = json.loads(report.read_text(encoding="utf-8"))["audits"].values()
    return sorted(
        audit["title"] for audit in audits if audit["score"] is not None and audit["score"] < 0.9
    )
