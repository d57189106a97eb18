"""Deciding many cases at once: a look at whom it touches first, then all of them or none."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import Response, request, url_for
from flask_login import current_user

from citizen_voice.db import write
from citizen_voice.errors import Refusal
from citizen_voice.moderation import grounds, services
from citizen_voice.moderation.acts import ACTS
from citizen_voice.moderation.bulk import MOST, Chosen
from citizen_voice.moderation.models import KEEP
from citizen_voice.moderation.services import Ruling
from citizen_voice.moderation.staff_routes.blueprint import bp
from citizen_voice.moderation.staff_routes.narrowing import of_queue
from citizen_voice.moderation.staff_routes.queue import BULK, key
from citizen_voice.moderation.waiting import ACT_WORDS, LANGUAGE_WORDS
from citizen_voice.team.models import MODERATOR
from citizen_voice.web.access import role
from citizen_voice.web.filters import say
from citizen_voice.web.htmx import go, page
from citizen_voice.words import LANGUAGES, _


@bp.route("/staff/queue/bulk", methods=["GET", "POST"])
@role(MODERATOR)
def bulk() -> Response:
    """Whom it touches; and, confirmed, all of it."""
    chosen = of_queue(request.args).chosen()
    marks = _ticked()
    act = request.form.get("act", "")
    if act not in ACTS or act not in BULK or not marks:
        missing = "act" if marks else "ticks"
        query: dict[str, Any] = {"missing": missing} if request.method == "POST" else {}
        return go(url_for("moderation_staff.queue", **chosen, **query))
    found = Chosen(marks, act, current_user.id)
    fields = Fields(act, found)
    if "confirm" in request.form and found.cases:
        made = fields.decide(found, marks)
        if made is not None:
            one, several = {"decided": str(made.id)}, {"batch": str(made.batch_id)}
            further: dict[str, Any] = one if made.batch_id is None else several
            return go(url_for("moderation_staff.queue", **chosen, **further))
        found = Chosen(marks, act, current_user.id)  # what has changed meanwhile
    return page(
        "moderation/bulk.html",
        status=fields.status,
        found=found,
        fields=fields,
        errors=fields.errors,
        act=act,
        act_words=ACT_WORDS[act],
        marks=marks,
        chosen=chosen,
        grounds=[(row.id, say(row, "name").text) for row in grounds.grounds()],
        language_words=LANGUAGE_WORDS,
        with_letter=act != KEEP,
    )


def _ticked() -> dict[UUID, str]:
    """The cases that were ticked, with the marks of their words."""
    found = {}
    for value in request.form.getlist("case")[:MOST]:
        name, _bar, mark = value.partition("|")
        case_id = key(name)
        if case_id is not None:
            found[case_id] = mark
    return found


class Fields:
    """The ground and the letters, a language each, as they were sent."""

    def __init__(self, act: str, found: Chosen) -> None:
        self.act = act
        self.errors: dict[str, Any] = {}
        self.status = 200
        sent = request.form.get("ground", "")
        known = {str(row.id): row for row in grounds.grounds()}
        self._ground = known.get(sent) or (next(iter(known.values())) if len(known) == 1 else None)
        self.words = {code: request.form.get(f"words_{code}", "") for code in LANGUAGES}
        self.words = {code: text.replace("\r\n", "\n") for code, text in self.words.items()}
        if "confirm" not in request.form and self._ground is not None:
            self._begin(known.get(request.form.get("begun", "")), found)

    @property
    def ground(self) -> int | None:
        """The ground that was chosen."""
        return None if self._ground is None else self._ground.id

    def _begin(self, before: Any, found: Chosen) -> None:
        """Begin the letters from the ground, but for those that the moderator has changed."""
        for code in found.languages:
            written = self.words[code].strip()
            if not written or (before is not None and written == _template(before, code)):
                self.words[code] = _template(self._ground, code)

    def decide(self, found: Chosen, marks: dict[UUID, str]) -> Any:
        """Decide all of them; gives one of the decisions, or ``None`` and what is wrong."""
        keys = [each.id for each in found.cases]
        ruling = Ruling(
            self.act,
            ground_id=self.ground,
            seen=marks,
            letters=None if self.act == KEEP else found.letters(self.words, self._ground),
        )
        try:
            with write():
                made = services.decide(keys, ruling, actor=current_user.id)[0]
                return SimpleNamespace(id=made.id, batch_id=made.batch_id)
        except Refusal as refusal:
            self.errors[refusal.field or "form"] = refusal.words
            self.status = refusal.status
            if refusal.field is None:
                self.errors["form"] = f"{_('Nothing was decided.')} {refusal.words}"
        return None


def _template(ground: Any, code: str) -> str:
    text: str = ground.letter_cy if code == "cy" else ground.letter_en
    return (text or ground.letter_en).strip()
