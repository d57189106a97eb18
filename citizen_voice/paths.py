"""Where the parts of the project that are not Python stand."""

from pathlib import Path

from flask import current_app

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
MIGRATIONS = ROOT / "migrations"
TRANSLATIONS = Path(__file__).resolve().parent / "translations"


def erasure_journal() -> Path:
    """The file of the app at hand that says who was erased."""
    return Path(current_app.config["ERASURE_JOURNAL"])


def instance() -> Path:
    """The instance folder of the app at hand: embedded database, keys, the journal's head."""
    return Path(current_app.config["INSTANCE"])
