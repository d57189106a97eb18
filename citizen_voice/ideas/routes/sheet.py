"""The form of an idea, made ready: what it offers, what stands in it, which draft is its own."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import request
from flask_login import current_user

from citizen_voice.accounts.forms import ease_name
from citizen_voice.challenges import queries as challenges
from citizen_voice.db import AnyRow
from citizen_voice.ideas import queries, services
from citizen_voice.ideas.cards import EVERYWHERE
from citizen_voice.ideas.drafts import DraftCard, DraftLine
from citizen_voice.ideas.forms import EditForm, NewForm
from citizen_voice.ideas.lists import by_name
from citizen_voice.ideas.routes.alike import typed_title
from citizen_voice.web.filters import say
from citizen_voice.web.forms import choices as offered
from citizen_voice.words import LANGUAGES, _, language


class Sheet:
    """The form of an idea, made ready, and what stands around it."""

    def __init__(
        self,
        form: NewForm,
        overview: challenges.Overview,
        preset: AnyRow | None,
        line: DraftLine | None,
    ) -> None:
        _offer_challenges(form, list(overview.open), preset)
        self.form = form
        self.overview = overview
        self.preset = preset
        self.line = line
        self.warning: list[str] | None = None
        self.saved = False
        self.chosen = preset or next(
            (row for rows in overview for row in rows if str(row.id) == form.challenge.data), None
        )
        choices = queries.choices(self.chosen.id if self.chosen is not None else None)
        offer_places(form, choices)
        if current_user.is_authenticated and not current_user.display_name:
            form.name.description = _suggested_name(form, choices)
            if current_user.is_young:
                ease_name(form)
        else:
            del form.name

    def draft_words(self) -> services.DraftWords:
        """What stands in it, fit to be published or not."""
        form = self.form
        known = form.lang.data in LANGUAGES
        return services.DraftWords(
            title=form.title.data or "",
            body=form.body.data or "",
            language=form.lang.data if known else language(),
            challenge_id=self.chosen.id if self.chosen is not None else None,
            topic_id=_offered_key(form, "topic"),
            ward_id=_offered_key(form, "place"),
        )


def begun(draft: AnyRow | None) -> dict[str, Any]:
    """What stands in the form at first."""
    if draft is None:
        return {"lang": language(), "title": typed_title(request.args.get("title"))}
    closed = DraftCard(draft).closed
    return {
        "title": draft.title,
        "body": draft.body,
        "lang": draft.language,
        "challenge": "" if closed else draft.challenge_id and str(draft.challenge_id),
        "place": str(draft.ward_id or ""),
        "topic": "" if closed else str(draft.topic_id or ""),
    }


def _offer_challenges(form: NewForm, open_ones: list[AnyRow], preset: AnyRow | None) -> None:
    if preset is not None:
        del form.challenge
        return
    form.challenge.choices = offered((str(row.id), say(row, "question").text) for row in open_ones)
    if len(open_ones) == 1 and form.challenge.data is None:
        form.challenge.data = str(open_ones[0].id)


def offer_places(form: EditForm, choices: queries.Choices) -> None:
    """Put wards and topics into a form; it has no topics where its challenge has none."""
    form.place.choices = offered(
        [("", EVERYWHERE), *((str(key), name) for key, name in by_name(choices.wards))]
    )
    if choices.topics:
        form.topic.choices = offered([("", _("Something else")), *_named(choices.topics)])
    else:
        del form.topic


def _named(rows: Iterable[AnyRow]) -> Iterator[tuple[str, str]]:
    return ((str(row.id), say(row, "name").text) for row in rows)


def _suggested_name(form: NewForm, choices: queries.Choices) -> str:
    ward = next((row for row in choices.wards if str(row.id) == form.place.data), None)
    if ward is None:
        return str(_("For example: Resident. It need not be your real name."))
    place = say(ward, "name").text
    return str(_("For example: Resident in %(place)s. It need not be your real name.", place=place))


def _offered_key(form: EditForm, name: str) -> int | None:
    """The key that was chosen, where it is one of those on offer."""
    chosen: str = form[name].data or "" if name in form else ""
    known = chosen and any(choice.value == chosen for choice in form[name].choices)
    return int(chosen) if known else None
