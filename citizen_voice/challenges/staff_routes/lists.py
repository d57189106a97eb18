"""The list of challenges, and one with what can be done with it."""

from collections import Counter
from typing import Any

from flask import Response, request

from citizen_voice import clock
from citizen_voice.challenges import policies, queries
from citizen_voice.challenges.cards import ChallengeCard
from citizen_voice.challenges.models import CLOSED, OPEN, UPCOMING
from citizen_voice.challenges.staff_routes.blueprint import bp
from citizen_voice.challenges.staff_routes.forms import BALLOTS, MODERATIONS
from citizen_voice.ideas import queries as ideas
from citizen_voice.team.models import ADMINISTRATOR
from citizen_voice.web.access import role
from citizen_voice.web.htmx import page
from citizen_voice.words import _

STANDINGS = {
    policies.DRAFT: _("Drafts"),
    OPEN: _("Open"),
    UPCOMING: _("Opens soon"),
    CLOSED: _("Closed"),
    policies.CANCELLED: _("Cancelled"),
    policies.ARCHIVED: _("Archived"),
}
STANDING_OF_ONE = {
    policies.DRAFT: _("Draft"),
    OPEN: _("Open now"),
    UPCOMING: _("Opens soon"),
    CLOSED: _("Closed"),
    policies.CANCELLED: _("Cancelled"),
    policies.ARCHIVED: _("Archived"),
}
WANTED = {f"{name}_en": words for name, words in policies.WANTED.items()}
WORDS = ("question", "background", *policies.WANTED)


class StaffCard(ChallengeCard):
    """A challenge for the council's people: also where it stands, drafts and archived ones, too."""

    def __init__(self, row: Any, *, ideas: int = 0, answers: int = 0) -> None:
        super().__init__(row, ideas=ideas, answers=answers)
        self.standing = policies.standing(row, clock.now())
        self.standing_words = STANDING_OF_ONE[self.standing]

    @property
    def without_welsh(self) -> list[str]:
        """The words that are there in English alone."""
        return [
            name
            for name in WORDS
            if getattr(self._row, f"{name}_en") and not getattr(self._row, f"{name}_cy")
        ]


@bp.get("")
@role(ADMINISTRATOR)
def index() -> Response:
    """Every challenge; ``?standing=`` narrows the list."""
    totals = ideas.totals_by_challenge()
    cards = [
        StaffCard(row, ideas=sums.ideas, answers=sums.answers)
        for row in queries.all_of_them()
        for sums in (totals.get(row.id) or ideas.Totals(0, 0, 0, 0),)
    ]
    chosen = request.args.get("standing")
    counts = Counter(card.standing for card in cards)
    return page(
        "challenges/staff_index.html",
        cards=[card for card in cards if chosen not in STANDINGS or card.standing == chosen],
        all=len(cards),
        chosen=chosen if chosen in STANDINGS else None,
        standings=[(key, words, counts[key]) for key, words in STANDINGS.items()],
    )


@bp.get("/<int:challenge_id>")
@role(ADMINISTRATOR)
def detail(challenge_id: int) -> Response:
    """One challenge: where it stands, what is missing, and what can be done with it."""
    row = queries.for_staff(challenge_id)
    totals = ideas.totals(row.id)
    return page(
        "challenges/staff_detail.html",
        challenge=StaffCard(row, ideas=totals.ideas, answers=totals.answers),
        topics=ideas.choices(row.id).topics,
        former=queries.former_slugs(row.id),
        missing=policies.missing(row),
        wanted=WANTED,
        ballots=dict(BALLOTS),
        moderations=dict(MODERATIONS),
        late=row.replies_by is not None and row.replies_by < row.closes_on,
    )
