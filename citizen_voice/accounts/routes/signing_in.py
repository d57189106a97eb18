"""Signing in: address, code or link, and the first time the age question."""

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Response, current_app, g, request, url_for
from flask_login import current_user

from citizen_voice import limits
from citizen_voice.accounts import ages, devices, intents, pending, queries, services, sessions
from citizen_voice.accounts.forms import YOUNGER, AgeForm, CodeForm, EmailForm
from citizen_voice.accounts.limits import CODES, CODES_HERE, GUESSES
from citizen_voice.accounts.routes import bp
from citizen_voice.consent import queries as notices
from citizen_voice.consent import services as consent
from citizen_voice.db import AnyRow, write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.site import storage
from citizen_voice.web import cookies
from citizen_voice.web.access import everyone, members
from citizen_voice.web.filters import say
from citizen_voice.web.headers import never_store
from citizen_voice.web.htmx import go, page
from citizen_voice.words import language

VERSION = re.compile(r"[0-9]{1,6}")
WITHIN = re.compile(r"/(?!/)[^\\\x00-\x1f\x7f]*")  # browsers take \ for / and leave out controls


@bp.before_request
def private() -> None:
    """Nothing here is for a cache."""
    never_store()


@bp.route("/sign-in", methods=["GET", "POST"])
@everyone
def sign_in() -> Response:
    """Step 1: the address that the code goes to."""
    if current_user.is_authenticated:
        return go(local(request.args.get("next")))
    form = EmailForm(notice=str(notices.current_version(notices.PRIVACY)))
    under_way = pending.current()
    if form.validate_on_submit():
        try:
            email = services.normalise_email(form.email.data or "")
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _send(under_way, email, shared=form.shared.data, notice=form.notice.data)
    return page(
        "accounts/sign_in.html",
        form=form,
        intent_words=intents.words(under_way.intent) if under_way else None,
    )


def _send(under_way: AnyRow | None, email: str, *, shared: bool, notice: str | None) -> Response:
    network = limits.network_of(request.remote_addr)
    limits.hit(CODES, network)
    limits.hit(CODES_HERE, f"{network} {email}")
    response = go(url_for("accounts.code"))
    token = pending.token()
    if under_way is None or token is None or under_way.person_id is not None:
        token = pending.start(response, next_address=local(request.args.get("next")), intent=None)
    send_code_to(token, email, shared=shared, notice=notice)
    return response


def send_code_to(token: str, email: str, *, shared: bool, notice: str | None) -> None:
    """Send the code of the sign-in under way, with a link to this site's own address."""
    base = current_app.config["BASE_URL"]
    with write():
        services.send_code(
            token,
            email=email,
            shared=shared,
            notice_version=int(notice) if notice and VERSION.fullmatch(notice) else 0,
            site_name=say(g.site, "name").text,
            language=language(),
            link=lambda link: base + url_for("accounts.link", token=link),
        )


@bp.route("/sign-in/code", methods=["GET", "POST"])
@everyone
def code() -> Response:
    """Step 2: the code."""
    under_way = pending.current()
    if under_way is None or under_way.email is None:
        return go(url_for("accounts.sign_in"))
    if under_way.verified_at is not None:  # a double click, or back from the age question
        return go(url_for("accounts.age"))
    form = CodeForm()
    tries_left = None
    run_out = not services.still_good(under_way) or under_way.tries >= services.MOST_TRIES
    if form.validate_on_submit():
        limits.hit(GUESSES, limits.network_of(request.remote_addr))
        try:
            with write():
                tries = services.count_try(under_way.id)
            services.check_code(under_way, form.code.data or "", tries)
            return confirmed(under_way)
        except Refusal as refusal:
            form.refuse(refusal)
            tries_left = refusal.left if isinstance(refusal, services.WrongCode) else None
            run_out = isinstance(refusal, services.CodeRunOut)
    return page(
        "accounts/code.html",
        form=form,
        masked_email=masked(under_way.email),
        tries_left=tries_left,
        has_intent=under_way.intent is not None,
        run_out=run_out,
    )


@bp.post("/sign-in/code/again")
@everyone
def resend() -> Response:
    """Another code to the same address."""
    under_way, token = pending.current(), pending.token()
    if under_way is None or under_way.email is None or token is None:
        return go(url_for("accounts.sign_in"))
    network = limits.network_of(request.remote_addr)
    limits.hit(CODES, network)
    limits.hit(CODES_HERE, f"{network} {under_way.email}")
    send_code_to(
        token, under_way.email, shared=under_way.shared, notice=str(under_way.notice_version)
    )
    return go(url_for("accounts.code"))


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@everyone
def link(token: str) -> Response:
    """The link in the letter. Opening it does nothing: mail scanners open links; a button does.

    In the browser that asked, the button signs in. In another it shows the code to enter where one
    began, or lets the person begin here, without what the other browser wanted to do.
    """
    asked = queries.pending_by_link(token)
    here = pending.current()
    same_browser = asked is not None and here is not None and here.id == asked.id
    good = asked is not None and services.still_good(asked) and (asked.tries < services.MOST_TRIES)
    if request.method == "POST" and asked is not None and good:
        if not same_browser and asked.person_id is not None:
            raise NotHere  # a change of address is confirmed where it was begun
        return confirmed(asked, with_intent=same_browser)
    return page(
        "accounts/link.html",
        status=200 if good else 410,
        good=good,
        same_browser=same_browser,
        changing=asked is not None and asked.person_id is not None,
        code=token[-6:] if good else None,
    )


def confirmed(under_way: AnyRow, *, with_intent: bool = True) -> Response:
    """The address is theirs: sign in, or ask the age the first time."""
    if under_way.person_id is not None:
        return _address_confirmed(under_way)
    if queries.person_id(under_way.email) is not None:
        return welcome(under_way, with_intent=with_intent)
    ends_at = services.bar_ends(under_way.email)
    if ends_at is not None:
        return _turned_away(under_way, "accounts/shut.html", status=403, ends_at=ends_at)
    response = go(url_for("accounts.age"))
    with write():
        services.mark_verified(under_way.id)
        if not with_intent:
            token = services.rebind(under_way.id)
    if not with_intent:
        cookies.put(response, storage.PENDING, token, int(services.PENDING_LASTS.total_seconds()))
    return response


def _address_confirmed(under_way: AnyRow) -> Response:
    if not current_user.is_authenticated or current_user.id != under_way.person_id:
        raise NotHere
    proving = under_way.email == current_user.email  # their own address: who they are, once more
    with write():
        services.finish(under_way.id)
        if proving:
            services.confirm_session(current_user.session_id, staff=False)
        else:
            services.change_email(
                under_way.person_id,
                under_way.email,
                site_name=say(g.site, "name").text,
                language=language(),
            )
    me = url_for("accounts.me", done="email-changed")
    response = go(with_done(local(under_way.next), "proved") if proving else me)
    cookies.drop(response, storage.PENDING)
    return response


@bp.route("/sign-in/age", methods=["GET", "POST"])
@everyone
def age() -> Response:
    """Step 3, the first time: one question."""
    under_way = pending.current()
    if under_way is None or under_way.verified_at is None:
        return go(url_for("accounts.sign_in"))
    form = AgeForm(ages.minimum(ages.TAKING_PART))
    if form.validate_on_submit():
        if form.age.data == YOUNGER:
            return _turned_away(
                under_way, "accounts/too_young.html", age=ages.minimum(ages.TAKING_PART)
            )
        try:
            return welcome(under_way, age=form.age.data)
        except services.CodeRunOut:  # a double click: the first one signed in
            return go(url_for("accounts.sign_in"))
    return page("accounts/age.html", form=form)


def _turned_away(under_way: AnyRow, template: str, **context: Any) -> Response:
    """Who can't join: address and intent go in this same request, and no age is stored."""
    with write():
        services.turn_away(under_way.id)
    response = page(template, **context)
    cookies.drop(response, storage.PENDING)
    return response


def welcome(under_way: AnyRow, *, age: str | None = None, with_intent: bool = True) -> Response:
    """Open the session, record the notice they were shown, and do what they came for."""
    with write():
        services.finish(under_way.id)
        person_id = services.join(under_way.email, age, under_way.language)
        services.address_works(person_id)  # the code arrived
        consent.record_served(
            person_id,
            name=notices.PRIVACY,
            version=under_way.notice_version,
            language=under_way.language,
            place="sign-in",
        )
        opened = services.open_session(
            person_id,
            device=devices.describe(request.user_agent.string),
            shared=under_way.shared,
        )
    sessions.enter(person_id, opened, shared=under_way.shared)
    if under_way.intent is not None and with_intent:
        response = intents.replay(under_way.intent)
    else:
        response = go(with_done(local(under_way.next if with_intent else None), "signed-in"))
    cookies.drop(response, storage.PENDING)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/sign-out")
@members
def sign_out() -> Response:
    """Sign this browser out."""
    with write():
        services.end_session(current_user.id, current_user.session_id)
    sessions.depart()
    return go(url_for("site.home", done="signed-out"))


def masked(email: str) -> str:
    """``s••@example.org``: enough to see a slip of the finger, too little for who looks on."""
    name, _at, domain = email.rpartition("@")
    return f"{name[0]}{'•' * min(len(name) - 1, 6)}@{domain}"


def local(address: str | None) -> str:
    """An address within this site; the home page for anything else."""
    return address if address and WITHIN.fullmatch(address) else url_for("site.home")


def with_done(address: str, word: str) -> str:
    """The address with a word of thanks, in place of one that stood there."""
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "done"]
    return parts._replace(query=urlencode([*query, ("done", word)])).geturl()
