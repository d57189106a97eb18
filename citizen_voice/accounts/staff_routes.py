"""From which age people take part in what: the privacy officer's screen."""

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from citizen_voice import clock
from citizen_voice.accounts import ages as rules
from citizen_voice.accounts.forms import AgeRuleForm
from citizen_voice.db import write
from citizen_voice.errors import NotHere, Refusal
from citizen_voice.team.models import ADMINISTRATOR, PRIVACY_OFFICER
from citizen_voice.web.access import role
from citizen_voice.web.htmx import go, page

bp = Blueprint("accounts_staff", __name__)

MOST_DIGITS = 9


@bp.route("/staff/privacy/ages", methods=["GET", "POST"])
@role(PRIVACY_OFFICER, ADMINISTRATOR)
def ages() -> Response:
    """The ages of today, those to come and those before; and the form for another one."""
    form = AgeRuleForm()
    if form.validate_on_submit():
        try:
            with write():
                rules.set_rule(
                    form.feature.data or "",
                    int(form.minimum.data or 0),
                    form.day,
                    actor=current_user.id,
                )
            return go(url_for("accounts_staff.ages", done="age-set"))
        except Refusal as refusal:
            form.refuse(refusal)
    return _shown(form)


@bp.post("/staff/privacy/ages/back")
@role(PRIVACY_OFFICER, ADMINISTRATOR)
def take_back() -> Response:
    """Take back a rule whose day has not come."""
    number = request.form.get("rule", "")
    if not number.isascii() or not number.isdecimal() or len(number) > MOST_DIGITS:
        raise NotHere
    form = AgeRuleForm(formdata=None)
    try:
        with write():
            rules.take_back(int(number), actor=current_user.id)
        return go(url_for("accounts_staff.ages", done="age-back"))
    except NotHere:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
    return _shown(form)


def _shown(form: AgeRuleForm) -> Response:
    return page(
        "accounts/ages.html",
        status=422 if form.errors else 200,
        form=form,
        today=clock.today(),
        now=[(feature.name, rules.minimum(key)) for key, feature in rules.FEATURES.items()],
        names={key: feature.name for key, feature in rules.FEATURES.items()},
        history=rules.history(),
    )
