"""Addresses of other features' screens, where they are there."""

from typing import Any

from flask import current_app

from citizen_voice.web.filters import reference
from citizen_voice.web.templates import url_for


def link(endpoint: str, **values: Any) -> str | None:
    """The address of an endpoint; ``None`` where there is none such."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None


def reply(idea_id: int) -> str | None:
    """Where a reply to an idea is written."""
    return link("replies_staff.new", idea=reference(idea_id))


def stage(idea_id: int) -> str | None:
    """Where an idea is shortlisted, adopted, declined or reopened."""
    return link("replies_staff.stage", ref=reference(idea_id))


def start_trial() -> str | None:
    """Where a trial is started with the ideas that are chosen."""
    return link("pilots_staff.new")


def trial(idea_id: int) -> str | None:
    """Where a trial is started with an idea."""
    return link("pilots_staff.new", idea=reference(idea_id))


def merge(from_id: int, into_id: int) -> str | None:
    """Where one idea is joined with another."""
    pair = {"from": reference(from_id), "into": reference(into_id)}
    return link("board.merge", **pair)
