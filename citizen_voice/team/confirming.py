"""Asking a colleague again who they are, before a dangerous act.

Put ``@require_confirmed`` under the route's mark::

    @bp.post("/staff/exports/people")
    @role(PRIVACY_OFFICER)
    @require_confirmed
    def export() -> Response: ...

Where who is signed in last gave password and code more than ten minutes ago, a form that is sent
there is answered with a page that asks for both, and that carries along every field they had typed;
once both are right, the view gets the form as if it had just been sent. Nothing is stored, nothing
typed is lost, and the view knows nothing of it. Files are not carried along.

A page that is read is let through, unless it is marked ``@require_confirmed(reading=True)``.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, overload

from flask import Response, request
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.db import write
from citizen_voice.errors import Refusal, TooMany
from citizen_voice.team import queries, services, trying
from citizen_voice.team.forms import ConfirmForm
from citizen_voice.web.access import SAFE_METHODS
from citizen_voice.web.forgery import FIELD
from citizen_voice.web.htmx import go, page, wants_fragment

View = TypeVar("View", bound=Callable[..., Any])

LASTS = timedelta(minutes=10)
READING = "confirm_reading"
OWN = frozenset({FIELD, READING, "confirm_password", "confirm_code"})


def is_confirmed() -> bool:
    """Whether who is signed in has proved who they are in the last ten minutes."""
    moment = current_user.confirmed_at
    return moment is not None and clock.now() - moment < LASTS


@overload
def require_confirmed(view: View) -> View: ...
@overload
def require_confirmed(*, reading: bool) -> Callable[[View], View]: ...
def require_confirmed(view: View | None = None, *, reading: bool = False) -> Any:
    """Have a view ask again who somebody is (see above). ``reading``: even to read it."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            safe = request.method in SAFE_METHODS
            if is_confirmed() or (safe and not reading):
                return view(*args, **kwargs)
            if safe or "confirm_password" not in request.form:
                return _ask(ConfirmForm(formdata=None))
            form = ConfirmForm()
            if not _proved(form):
                return _ask(form)
            if READING in request.form:
                return go(request.script_root + request.full_path.rstrip("?"))
            return view(*args, **kwargs)

        return guarded  # type: ignore[return-value]  # the same signature

    return mark if view is None else mark(view)


def _proved(form: ConfirmForm) -> bool:
    """Whether password and code are theirs; if so, that is noted."""
    if not form.validate():
        return False
    row = queries.credentials(person_id=current_user.id)
    try:
        proof = trying.prove(
            row,
            (row.email if row else None) or str(current_user.id),
            form.confirm_password.data or "",
            form.confirm_code.data or "",
        )
        with write():
            services.spend(proof)
            accounts.confirm_session(current_user.session_id)
    except Refusal as refusal:
        form.refuse(refusal)
        form.too_many = refusal if isinstance(refusal, TooMany) else None
        return False
    return True


def _ask(form: ConfirmForm) -> Response:
    """The page that asks. It is no answer to what was sent, which is done once both are right."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in OWN]
    if request.method in SAFE_METHODS or READING in request.form:
        fields.append((READING, "1"))
    response = page(
        "team/confirm.html",
        block="content",
        form=form,
        fields=fields,
        address=request.script_root + request.full_path.rstrip("?"),
    )
    too_many: TooMany | None = getattr(form, "too_many", None)
    if too_many is not None:
        response.status_code = too_many.status
        response.headers["Retry-After"] = str(too_many.retry_after)
    if wants_fragment():
        response.headers["HX-Retarget"] = "#main"
        response.headers["HX-Reswap"] = "innerHTML"
    return response
