"""``citizen-voice import-polis``."""

import click


@click.command("import-polis")
def command() -> None:
    """Placeholder until the writer lands."""
