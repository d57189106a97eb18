"""Pilots, and what changed, as the API says them."""

from collections.abc import Sequence
from typing import Any

from citizen_voice.api import pilot_schemas as schemas
from citizen_voice.api.schemas import Words
from citizen_voice.api.shown import address, both, if_any
from citizen_voice.pilots.becoming import Becoming, Event
from citizen_voice.pilots.cards import TrialCard
from citizen_voice.pilots.names import STATE_NAMES
from citizen_voice.pilots.queries import changed, public
from citizen_voice.pilots.refs import pilot_ref
from citizen_voice.replies.cards import SAID
from citizen_voice.web.filters import london, reference
from citizen_voice.words import language


def _trial(row: Any) -> dict[str, Any]:
    card = TrialCard(row)
    return {
        "ref": card.ref,
        "title": both(row, "title"),
        "team": both(row, "team"),
        "stage": card.stage,
        "decision": row.decision,
        "stage_words": card.words,
        "learned": if_any(row, "learned"),
        "ends_on": row.ends_on,
        "next_on": card.next_on,
        "api": address("api.pilot", pilot_ref=card.ref),
        "page": address("pilots.detail", pilot_ref=card.ref),
    }


def pilot_in_list(row: Any) -> schemas.PilotInList:
    """A trial of the list."""
    return schemas.PilotInList(**_trial(row))


def pilot(whole: public.Whole) -> schemas.Pilot:
    """One trial, but for its readings."""
    row, parts = whole.pilot, whole.parts
    evidence = {each.id: if_any(each, "a") for each in parts.get(public.EVIDENCE, ())}
    happens = if_any(row, "happens")
    return schemas.Pilot(
        **_trial(row),
        place=both(row, "place"),
        known=both(row, "known"),
        began_at=row.created_at,
        decided_at=row.confirmed_at,
        happens=None if happens is None else schemas.NextStep(words=happens, on=row.happens_on),
        measures=[_measure(each, evidence.get(each.id)) for each in _sorted(parts, public.MEASURE)],
        updates=[_update(each) for each in _sorted(parts, public.UPDATE)[::-1]],
        ideas=[_tried(each) for each in _sorted(parts, public.IDEA)],
        readings=address("api.readings", pilot_ref=pilot_ref(row.id)),
    )


def _sorted(parts: Any, kind: str) -> list[Any]:
    return sorted(parts.get(kind, ()), key=lambda row: row.id)


def _measure(row: Any, evidence: Words | None) -> schemas.Measure:
    return schemas.Measure(
        id=row.id,
        name=both(row, "a"),
        unit=if_any(row, "b"),
        source=if_any(row, "c"),
        better=row.key,
        baseline=row.one,
        target=row.two,
        first_on=row.on,
        evidence=evidence,
    )


def _update(row: Any) -> schemas.Update:
    return schemas.Update(
        state=row.key,
        state_words=str(STATE_NAMES[row.key]),
        words=both(row, "a"),
        written_at=row.at,
    )


def _tried(row: Any) -> schemas.TriedIdea:
    seen = bool(row.b_en)
    return schemas.TriedIdea(
        ref=reference(row.id) if seen else None,
        title=row.b_en if seen else None,
        language=row.further if seen else None,
        taken=if_any(row, "a"),
    )


def readings(rows: Sequence[Any], next_: str | None) -> schemas.ReadingPage:
    """A page of what was measured."""
    return schemas.ReadingPage(
        readings=[
            schemas.Reading(
                measure=row.measure_id, day=row.day, value=row.value, note=row.note or None
            )
            for row in rows
        ],
        next=next_,
    )


def changes(found: changed.Changed) -> schemas.Changes:
    """What changed, and how many replies came in time."""
    becoming = Becoming(found)
    return schemas.Changes(
        replies=becoming.all.replies,
        on_time_percent=becoming.all.share,
        late=becoming.late,
        latest_replies=[_latest(row) for row in found.latest],
        changes=[_change(each) for each in becoming.all.events],
    )


def _latest(row: Any) -> schemas.LatestReply:
    ref = reference(row.id)
    return schemas.LatestReply(
        ref=ref,
        title=row.title_en or None,
        language=row.language,
        outcome=row.key,
        outcome_words=str(SAID[row.key]),
        reason=both(row, "words"),
        day=london(row.at),
        page=address("ideas.detail", ref=ref),
    )


def _change(event: Event) -> schemas.Change:
    of_idea = event.kind == changed.HAPPENS
    page = (
        address("ideas.detail", ref=event.ref)
        if of_idea
        else address("pilots.detail", pilot_ref=event.ref)
    )
    said: dict[str, Any] = {
        "kind": event.kind,
        "language": event.title.lang or language(),
        "decision": event.key if event.kind == changed.DECIDED else None,
    }
    return schemas.Change(
        **said,
        day=event.day,
        ref=event.ref,
        title=event.title.text or None,
        words=event.words.text or None,
        page=page,
    )
