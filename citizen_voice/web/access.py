"""Who may open an address: the mark that stands under every route.

A test lists every address and names each without a mark. What somebody may do to a particular
thing is for the feature's ``policies.py``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Response, current_app, redirect, request, url_for
from flask_login import current_user

from citizen_voice.errors import NotAllowed
from citizen_voice.web.headers import never_store
from citizen_voice.words import _

View = TypeVar("View", bound=Callable[..., Any])
Describe = Callable[..., str]


class StaffSessionEnded(NotAllowed):
    """Something was sent by who has to sign in as staff first."""


SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def mark_of(view: Callable[..., Any]) -> str | None:
    """The mark of a view (``everyone``, ``members``, …); ``None`` where it has none."""
    mark: str | None = getattr(view, "access_mark", None)
    return mark


def everyone(view: View) -> View:
    """Anybody may open it, signed in or not."""
    view.access_mark = "everyone"  # type: ignore[attr-defined]  # a function's own attribute
    return view


def machine(view: View) -> View:
    """For machines: carries a signed token of its own, so the forgery checks leave it alone."""
    view.access_mark = "machine"  # type: ignore[attr-defined]  # a function's own attribute
    return view


def development_only(view: View) -> View:
    """Exists in development alone, and answers only to this machine."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        from_here = request.remote_addr in ("127.0.0.1", "::1")
        if not current_app.config["DEVELOPMENT"] or not from_here:
            current_app.aborter(404)
        return view(*args, **kwargs)

    guarded.access_mark = "development"  # type: ignore[attr-defined]  # a function's own attribute
    return guarded  # type: ignore[return-value]  # the same signature


def described(describe: Describe) -> Callable[[View], View]:
    """Says in words what the view does, for the sign-in page of who comes there as a visitor.

    What they sent is kept, and done once they are signed in.

    ``describe`` takes the form and the view's arguments ("Support ‘Safer crossing’").
    """

    def mark(view: View) -> View:
        view.describe_intent = describe  # type: ignore[attr-defined]  # a function's own attribute
        return view

    return mark


def ask_to_sign_in() -> Response:
    """The answer to a visitor who has to sign in first."""
    response: Response = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    return response


def members(view: View) -> View:
    """For who is signed in."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return ask_to_sign_in()
        return view(*args, **kwargs)

    guarded.access_mark = "members"  # type: ignore[attr-defined]  # a function's own attribute
    return guarded  # type: ignore[return-value]  # the same signature


ANY_ROLE = "any"


def role(*names: str) -> Callable[[View], View]:
    """For colleagues in a staff session who have one of these roles now; ``ANY_ROLE``: any at all.

    Who signed in with a code has none, whoever they are. No cache may keep what they are shown.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            never_store()
            if not (current_user.is_authenticated and current_user.staff):
                return ask_staff_to_sign_in()
            if not has_role(current_user, *names):
                raise NotAllowed(_("Your role does not let you do that."))
            return view(*args, **kwargs)

        guarded.access_mark = "role"  # type: ignore[attr-defined]  # a function's own attribute
        guarded.access_roles = frozenset(names)  # type: ignore[attr-defined]  # likewise
        return guarded  # type: ignore[return-value]  # the same signature

    return mark


def has_role(person: Any, *names: str) -> bool:
    """Whether who is signed in has one of these roles now."""
    if not (person.is_authenticated and person.staff):
        return False
    return bool(person.roles) if ANY_ROLE in names else not person.roles.isdisjoint(names)


def ask_staff_to_sign_in() -> Response:
    """The answer to who has to sign in as staff first: what was sent is refused, and given back."""
    if request.method not in SAFE_METHODS:
        raise StaffSessionEnded(
            _("Your staff session has ended. Sign in as staff again, then send this once more.")
        )
    there = request.full_path.rstrip("?")
    return redirect(url_for("team.sign_in", next=there), 303)  # type: ignore[return-value]
