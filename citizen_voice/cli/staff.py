"""``citizen-voice staff``: the first administrator, and the way back in when nobody is left."""

from datetime import date, datetime

import click

from citizen_voice.accounts import services as accounts
from citizen_voice.cli.apps import with_app
from citizen_voice.db import write
from citizen_voice.team import links, queries, services
from citizen_voice.team.models import ROLES
from citizen_voice.team.names import ROLE_NAMES
from citizen_voice.words import LANGUAGES


@click.group("staff")
def command() -> None:
    """Invite colleagues, list them, and help one who can't sign in."""


@command.command("invite")
@click.argument("email")
@click.option(
    "--role",
    "roles",
    type=click.Choice(ROLES),
    multiple=True,
    required=True,
    help="What they do here; may be given several times.",
)
@click.option("--ends-on", type=click.DateTime(["%Y-%m-%d"]), help="The last day of the roles.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
@with_app()
def invite(email: str, roles: tuple[str, ...], ends_on: datetime | None, language: str) -> None:
    """Print a link with which somebody becomes a colleague. It works once, for seven days.

    \b
    Examples:
      citizen-voice staff invite ann@example.org --role administrator
      citizen-voice staff invite bo@example.org --role moderator --ends-on 2027-03-31
    """
    last_day: date | None = None if ends_on is None else ends_on.date()
    address = accounts.normalise_email(email)
    with write():
        token = services.invite(address, roles, actor=None, ends_on=last_day, language=language)
    _print_link(token, language)


@command.command("reset")
@click.argument("email")
@with_app()
def reset(email: str) -> None:
    """Print a link with which a colleague chooses another password and sets up another device.

    Their old ones stop working at once, and they are signed out as staff. Where there are two other
    administrators, they can do this on the screen.

    \b
    Examples:
      citizen-voice staff reset ann@example.org
    """
    address = accounts.normalise_email(email)
    with write():
        token, language = services.reset(address)
    _print_link(token, language)


@command.command("list")
@with_app()
def list_() -> None:
    """List the colleagues: address, roles, whether they can sign in.

    \b
    Examples:
      citizen-voice staff list
    """
    for fellow in queries.colleagues():
        roles = ", ".join(str(ROLE_NAMES[each.name]) for each in fellow.roles if not each.over)
        state = "can sign in" if fellow.ready else "has not set up the sign-in"
        click.echo(f"{fellow.row.email or '(no address)'}  {roles or 'no role now'}  {state}")


def _print_link(token: str, language: str) -> None:
    click.echo("This link works once, for 7 days. Give it to nobody else:")
    click.echo(links.to_invitation(token, language))
