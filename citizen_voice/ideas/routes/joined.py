"""The addresses of an idea that was joined with another one: they lead there."""

from typing import Any

from flask import abort, redirect, request, url_for

from citizen_voice.db import AnyRow
from citizen_voice.ideas.models import MERGED, PUBLISHED
from citizen_voice.merging import queries as merging
from citizen_voice.web.access import SAFE_METHODS
from citizen_voice.web.filters import reference


def is_joined(row: AnyRow) -> bool:
    """Whether readers of this idea are led to another one. A hidden one leads nowhere."""
    return bool(row.stage == MERGED and row.visibility == PUBLISHED)


def lead_on(row: AnyRow, endpoint: str | None = None, **further: Any) -> None:
    """Send who opens an address of a joined idea to the one that it is part of now.

    That is the same address of the other idea, or ``endpoint``'s, with ``further`` as its query.
    What somebody sends is for the view to answer, so that nothing typed is lost.
    """
    if is_joined(row) and request.method in SAFE_METHODS:
        ref = reference(merging.survivor(row.id))
        abort(redirect(url_for(endpoint or str(request.endpoint), ref=ref, **further), 302))
