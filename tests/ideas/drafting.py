"""Hands of somebody who saves drafts: the form, the script that saves, the rows."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from citizen_voice.challenges.models import Challenge
from citizen_voice.db import db
from citizen_voice.ideas.models import Draft, Idea
from tests.client import HTMX, Client, FormFinder

TITLE, BODY = "A bench at the bus stop", "So that people can rest."


def words(**changed: Any) -> dict[str, Any]:
    """What stands in the form."""
    return {"title": TITLE, "body": BODY, "lang": "en", "place": ""} | changed


def where(asked: Challenge) -> str:
    """The address of the form."""
    return f"/challenges/{asked.slug}/suggest"


def fields_of(page: str) -> dict[str, Any]:
    """The fields of the form of an idea, with what stands in them (of a long one: the name)."""
    forms = FormFinder(page).forms
    return next(form["fields"] for form in forms if "draft_form" in form["fields"])


def hidden(page: str) -> dict[str, str]:
    """What a form sends along about its draft."""
    given = fields_of(page)
    return {name: given[name] for name in ("draft", "draft_form", "draft_seen", "draft_was")}


def line(html: str) -> dict[str, str]:
    """The same in the answer to a script."""
    fields: dict[str, str] = FormFinder(f"<form>{html}</form>").forms[0]["fields"]
    return fields


def autosave(client: Client, address: str, fields: dict[str, Any]) -> Any:
    """What the script sends."""
    return client.send(address, fields | {"_draft": "1"}, headers=HTMX)


def rows() -> list[Draft]:
    """Every draft there is, the first made first."""
    db.session.rollback()
    return list(
        db.session.scalars(
            select(Draft).order_by(Draft.created_at, Draft.id),
            execution_options={"populate_existing": True},
        )
    )


def rows_person() -> UUID:
    """Whose the one draft is, read inside the transaction at hand."""
    return db.session.execute(select(Draft.person_id)).scalar_one()


def ideas_there_are() -> int:
    db.session.rollback()
    return int(db.session.execute(select(func.count()).select_from(Idea)).scalar_one())
