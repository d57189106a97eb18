"""The command line, ``citizen-voice``.

Exit codes: 0 done, 1 differences or a refusal, 2 wrong use.
"""

import sys

import click

from citizen_voice.cli import (
    backup,
    challenge,
    check,
    consents,
    demo,
    erasures,
    import_polis,
    journal,
    migrate,
    restore,
    retention,
    serve,
    site,
    staff,
    tidy,
    worker,
)
from citizen_voice.config import BadSettings
from citizen_voice.errors import Refusal


class Commands(click.Group):
    """Says refusals in one line instead of a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except BadSettings as error:
            click.echo(f"Setting: {error}", err=True)
        except Refusal as refusal:
            click.echo(str(refusal), err=True)
        sys.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="citizen-voice")
def main() -> None:
    """Citizen Voice: residents propose ideas for public services, and the council replies."""


for _module in (
    serve,
    worker,
    migrate,
    demo,
    site,
    staff,
    challenge,
    import_polis,
    check,
    journal,
    consents,
    erasures,
    backup,
    restore,
    tidy,
    retention,
):
    main.add_command(_module.command)
